/** In place of a room one is not in: why, and the way in where there is one. */

import { useEffect, useState } from "preact/hooks";
import { listed, loadingOf } from "../state/loading.js";
import { joinRoom, lookAtRoom } from "../state/rooms.js";
import { outOf } from "../state/screen.js";
import { conversationIn } from "../state/world.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { RoomAvatar, roomTitle } from "./parts/room.js";
import { back } from "./parts/route.js";

/** @typedef {import("../protocol/types.js").LookedAt} LookedAt */

/**
 * A room nothing is known of, once it would be known.
 * @param {string} id
 * @param {string} [address] what is shown of it: a thread, or the room itself
 */
export function isGone(id, address = id) {
  if (!id.startsWith("room.") || conversationIn(id).value?.room) return false;
  const isRefused = listed.value && loadingOf(address).value.failed !== "";
  return isRefused || outOf.value.conversation === id;
}

/** @param {{seen: LookedAt}} props */
function Entrance({ seen }) {
  const [wrong, setWrong] = useState("");
  const { room, barred } = seen;
  const join = () =>
    joinRoom(room.conversation).catch((error) => setWrong(/** @type {Error} */ (error).message));
  return html`
    <${RoomAvatar} room=${room} size="huge" />
    <h2 dir="auto">${roomTitle(room)}</h2>
    ${room.topic && html`<p dir="auto">${room.topic}</p>`}
    <p>${strings.rooms.members(room.size)}</p>
    ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
    ${
      barred
        ? html`<p>${strings.rooms.barred}</p>`
        : html`<button type="button" class="button primary" onClick=${join}>${strings.rooms.joinRoom(roomTitle(room))}</button>`
    }
  `;
}

function Out() {
  const title = roomTitle(outOf.value);
  return html`
    <span class="avatar room huge" data-hue="0"><${Icon} name="leave" /></span>
    <h2>${strings.rooms.outOf(title)}</h2>
    <p>${strings.rooms.outOfHint}</p>
  `;
}

/** @param {{id: string}} props */
export function Gate({ id }) {
  const isOut = outOf.value.conversation === id;
  const [seen, setSeen] = useState(/** @type {LookedAt|null|undefined} */ (undefined));
  useEffect(() => {
    if (!isOut) lookAtRoom(id).then(setSeen, () => setSeen(null));
  }, [id, isOut]);
  return html`<header class="bar">
      <button type="button" class="icon-button back" aria-label=${strings.back} onClick=${() => back()}><${Icon} name="back" /></button>
    </header>
    <div class="empty gate" role="status">
      ${isOut && html`<${Out} />`}
      ${!isOut && seen && html`<${Entrance} seen=${seen} />`}
      ${!isOut && seen === null && html`<h2>${strings.rooms.notThere}</h2><p>${strings.rooms.notThereHint}</p>`}
      ${(isOut || seen !== undefined) && html`<a class="button" href="#/">${strings.rooms.backToChats}</a>`}
    </div>`;
}
