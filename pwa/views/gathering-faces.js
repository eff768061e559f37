/** A room's call before it has begun for oneself, and after it: a face, a sentence, and what can be done. */

import { doing } from "../state/gathering.js";
import { mayWrite, room } from "../state/rooms.js";
import { conversationIn } from "../state/world.js";
import { strings } from "../strings.js";
import { CallVideo } from "./parts/call-video.js";
import { html } from "./parts/html.js";
import { nameOfRoom, RoomAvatar } from "./parts/room.js";
import { length } from "./parts/time.js";

/** @typedef {import("../state/gathering.js").Gathering} Gathering */

const words = strings.gathering;

/** @param {{id: string}} props */
function Mark({ id }) {
  const card = room(id).value;
  return card && html`<${RoomAvatar} room=${card} size="huge" />`;
}

/** Before a closed door; one's own picture stands behind it as in a mirror. @param {{view: Gathering}} props */
export function GatheringLobby({ view }) {
  const own = view.camera && view.local;
  return html`<div class="gathering-wait">
    ${own && html`<${CallVideo} name="gathering-mirror" stream=${view.local} mirrored=${view.mirrored} />`}
    <div class="call-face">
      <span class="call-pulse room"><${Mark} id=${view.conversation} /></span>
      <h1 dir="auto">${nameOfRoom(view.conversation)}</h1>
      <p role="status">${words.lobby}</p>
      <p role="status">${view.words}</p>
    </div>
  </div>`;
}

/** @param {Gathering} view */
function endingOf({ reason, words: why }) {
  if (reason && reason !== "refused") return words.endings[reason];
  return why || words.endings.closed;
}

/** @param {{view: Gathering}} props */
export function GatheringEnd({ view }) {
  const on = conversationIn(view.conversation).value?.gathering?.call === view.call;
  const isBarred = view.reason === "out" || view.reason === "turnedAway";
  const over = view.reason === "left" || view.reason === "closed";
  const anew = !on && over && mayWrite(view.conversation).value;
  const again = () => {
    const { conversation, video } = view;
    doing.dismiss();
    doing.start(conversation, { video });
  };
  return html`<div class="call-face end">
    <${Mark} id=${view.conversation} />
    <h1 dir="auto">${nameOfRoom(view.conversation)}</h1>
    <p role="status">
      ${endingOf(view)}
      ${view.seconds > 0 && html`<span class="call-length">${length(view.seconds)}</span>`}
    </p>
    <div class="call-after">
      ${((on && !isBarred) || anew) && html`<button type="button" class="button again" onClick=${again}>${on ? words.again : words.anew}</button>`}
      <button type="button" class="button shut" onClick=${() => doing.dismiss()} autofocus>${strings.close}</button>
    </div>
  </div>`;
}
