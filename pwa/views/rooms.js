/** The public rooms of the house, to be found and joined. */

import { useEffect, useState } from "preact/hooks";
import { findRooms, joinRoom, room } from "../state/rooms.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { RoomAvatar, roomTitle } from "./parts/room.js";
import { back, conversationHref, go } from "./parts/route.js";

/** @typedef {import("../state/world.js").RoomCard} RoomCard */

const PAUSE_MS = 200; // of typing, before the server is asked

/** @param {{card: RoomCard, tell: (wrong: string) => void}} props */
function FoundRoom({ card, tell }) {
  const [busy, setBusy] = useState(false);
  const title = roomTitle(card);
  const isIn = room(card.conversation).value !== null;
  const enter = async () => {
    setBusy(true);
    try {
      if (!isIn) await joinRoom(card.conversation);
      go(conversationHref(card.conversation));
    } catch (error) {
      tell(/** @type {Error} */ (error).message);
    }
    setBusy(false);
  };
  return html`<li class="row found">
    <${RoomAvatar} room=${card} />
    <span class="row-text">
      <span class="row-title" dir="auto">${title}</span>
      ${card.topic && html`<span class="preview" dir="auto">${card.topic}</span>`}
      <span class="hint">${strings.rooms.members(card.size)}</span>
    </span>
    <button type="button" class=${isIn ? "button" : "button primary"} disabled=${busy} onClick=${enter}
      aria-label=${isIn ? strings.rooms.openRoom(title) : strings.rooms.joinRoom(title)}>
      ${isIn ? strings.rooms.open : strings.rooms.join}
    </button>
  </li>`;
}

/** @param {{query: string, type: (query: string) => void}} props */
function SearchRooms({ query, type }) {
  return html`<div class="search">
    <${Icon} name="search" small />
    <input type="search" aria-label=${strings.chats.search} placeholder=${strings.chats.search} autocomplete="off" value=${query}
      onInput=${(/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) => type(event.currentTarget.value)} />
  </div>`;
}

/** What the server finds, page after page. @param {string} query @param {(wrong: string) => void} tell */
function useFound(query, tell) {
  const [found, setFound] = useState(/** @type {{rooms: RoomCard[], after: string}|null} */ (null));
  useEffect(() => {
    let stale = false;
    const timer = setTimeout(
      async () => {
        try {
          const answer = await findRooms(query);
          if (!stale) setFound(answer);
        } catch (error) {
          if (!stale) tell(/** @type {Error} */ (error).message);
        }
      },
      query ? PAUSE_MS : 0,
    );
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [query]);
  const more = async () => {
    const next = await findRooms(query, found?.after);
    setFound({ ...next, rooms: [...(found?.rooms ?? []), ...next.rooms] });
  };
  return { found, more };
}

export function Rooms() {
  const [query, setQuery] = useState("");
  const [wrong, tell] = useState("");
  const { found, more } = useFound(query.trim(), tell);
  const sorted = (found?.rooms ?? []).toSorted((one, other) =>
    roomTitle(one).localeCompare(roomTitle(other)),
  );
  return html`
    <header class="bar">
      <button type="button" class="icon-button" aria-label=${strings.back} onClick=${() => back("#/")}><${Icon} name="back" /></button>
      <h1>${strings.rooms.find}</h1>
    </header>
    <div class="scroll room-form">
      <p class="hint">${strings.rooms.findHint}</p>
      <${SearchRooms} query=${query} type=${setQuery} />
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
      ${
        sorted.length > 0 &&
        html`<ul class="list" role="list" aria-label=${strings.rooms.findLabel}>
        ${sorted.map((card) => html`<${FoundRoom} card=${card} tell=${tell} key=${card.conversation} />`)}
      </ul>`
      }
      ${
        found &&
        sorted.length === 0 &&
        html`<p class="note" role="status">${query.trim() ? strings.rooms.findNoMatch(query.trim()) : strings.rooms.findNone}</p>`
      }
      ${found?.after && html`<button type="button" class="button quiet" onClick=${more}>${strings.rooms.more}</button>`}
    </div>
  `;
}
