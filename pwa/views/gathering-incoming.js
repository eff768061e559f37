/** The call of a room rings: the whole screen, which room and who began it, and the ways to answer. */

import { useState } from "preact/hooks";
import { declineRoom, doing } from "../state/gathering.js";
import { person } from "../state/people.js";
import { room } from "../state/rooms.js";
import { strings } from "../strings.js";
import { Preview } from "./gathering-bar.js";
import { LookFirst, Way } from "./incoming.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { nameOfRoom, RoomAvatar } from "./parts/room.js";
import { WriteInstead } from "./parts/write-instead.js";

const words = strings.call;

/** @param {{rings: import("../state/gathering-ring.js").Ringing}} props */
export function RoomIncoming({ rings: { conversation, by, named, video } }) {
  const [looks, setLooks] = useState(false);
  const card = room(conversation).value;
  const { name } = person(by).value;
  const everybody = video ? strings.gathering.ringsVideo : strings.gathering.rings;
  const join = (/** @type {boolean} */ camera) => () =>
    doing.start(conversation, { video: camera });
  return html`<${Dialog} label=${words.incoming} kind="call incoming">
    <div class="call-face">
      <span class="call-pulse room">${card && html`<${RoomAvatar} room=${card} size="huge" />`}</span>
      <h1 dir="auto">${nameOfRoom(conversation)}</h1>
      <p>${(named ? strings.gathering.ringsYou : everybody)(name)}</p>
    </div>
    <div class="call-ways">
      <${Way} name=${words.decline} kind="end" icon="end" act=${declineRoom} />
      ${video && html`<${Way} name=${words.acceptAudio} kind="" icon="phone" act=${join(false)} />`}
      <${Way} name=${words.accept} kind="answer" icon=${video ? "camera" : "phone"} act=${join(video)} first />
    </div>
    <div class="call-insteads">
      <${LookFirst} act=${() => setLooks(true)} />
      <${WriteInstead} conversation=${conversation} decline=${declineRoom} />
    </div>
  </${Dialog}>
  ${looks && html`<${Preview} id=${conversation} video=${video} on ring=${false} close=${() => setLooks(false)} />`}`;
}
