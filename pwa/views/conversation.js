/** One conversation: who it is with, what was said, and where one writes. */

import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { isBlocked } from "../state/blocks.js";
import { startCall } from "../state/calls.js";
import { connection } from "../state/connection.js";
import { conversation, hide, show } from "../state/conversations.js";
import { jump } from "../state/history.js";
import { EVERYONE } from "../state/members.js";
import { person, watchPeople } from "../state/people.js";
import { isHushed, mayWrite, memberCount } from "../state/rooms.js";
import { me } from "../state/session.js";
import { conversationIn } from "../state/world.js";
import { apart, strings } from "../strings.js";
import { ThreadBar } from "./answers.js";
import { BlockedNote } from "./blocks.js";
import { Composer } from "./composer.js";
import { Gate, isGone } from "./gate.js";
import { Hushed } from "./hushed.js";
import { Messages } from "./messages.js";
import { Avatar } from "./parts/avatar.js";
import { carriesFiles, droppedFiles } from "./parts/dropped.js";
import { html } from "./parts/html.js";
import { Hush } from "./parts/hush.js";
import { Icon } from "./parts/icon.js";
import { later } from "./parts/later.js";
import { RoomAvatar, titleOf } from "./parts/room.js";
import { back, main, peerHref } from "./parts/route.js";
import { presenceWords } from "./people.js";
import { PinBar } from "./pins.js";
import { addFiles, trayOf } from "./tray.js";

const FEW = 6; // names in the line under a room's name

/** Who writes in a room. @param {import("../state/people.js").Person[]} typing */
function writers(typing) {
  const [one, other, ...more] = typing.map(({ name }) => name);
  if (more.length) return strings.rooms.severalWriting(typing.length);
  return strings.rooms.writing(other ? strings.rooms.and(one, other) : one);
}

/** Who is in a room, as far as they fit in a line. @param {string} id */
function membersOf(id) {
  const count = memberCount(id).value;
  const { members = [] } = conversationIn(id).value ?? {};
  const others = members.filter((one) => one !== me.value.id);
  if (others.length === 0 || others.length > FEW) return strings.rooms.members(count);
  return html`<bdi>${[strings.rooms.you, ...others.map((one) => apart(person(one).value.name))].join(", ")}</bdi>`;
}

const ConversationSearch = later(
  async () => (await import("./search.js")).ConversationSearch,
  "search",
);

const BeginGathering = later(
  async () => (await import("./gathering-begin.js")).BeginGathering,
  "gathering-bar",
);
const GatheringBar = later(
  async () => (await import("./gathering-bar.js")).GatheringBar,
  "gathering-bar",
);

/** @param {{row: import("../state/conversations.js").Row, search: () => void}} props */
export function Head({ row, search }) {
  const { peer } = row;
  const call = (/** @type {boolean} */ video) => () => startCall(row.id, { video });
  const status = row.typing.length
    ? html`<span class="writing" dir="auto">${peer ? strings.chats.writing : writers(row.typing)}</span>`
    : peer
      ? presenceWords(peer.id)
      : membersOf(row.id);
  return html`<header class="bar">
    <button type="button" class="icon-button back" aria-label=${strings.back} onClick=${() => back()}>
      <${Icon} name="back" />
    </button>
    <a class="whom" href=${peerHref(row.id)}>
      ${peer && html`<${Avatar} person=${peer} size="medium" dot />`}
      ${row.room && html`<${RoomAvatar} room=${row.room} size="medium" />`}
      <span class="whom-text">
        <span class="whom-name">
          <h1 dir="auto">${titleOf(row)}</h1>
          <${Hush} id=${row.id} />
        </span>
        <span class="status" dir="auto">${connection.value.state === "online" ? status : ""}</span>
      </span>
    </a>
    <button type="button" class="icon-button" aria-label=${strings.search.open} onClick=${search}><${Icon} name="search" /></button>
    ${
      peer &&
      !peer.removed &&
      !isBlocked(peer.id).value &&
      html`<button type="button" class="icon-button" aria-label=${strings.messages.voiceCall} onClick=${call(false)}>
          <${Icon} name="phone" />
        </button>
        <button type="button" class="icon-button" aria-label=${strings.messages.videoCall} onClick=${call(true)}>
          <${Icon} name="video" />
        </button>`
    }
    ${row.room && html`<${BeginGathering} id=${row.id} />`}
  </header>`;
}

/** Files may be dropped anywhere on the page: elsewhere the browser would leave the app for them. @param {string} id */
function useDrop(id) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const drag = (/** @type {DragEvent} */ event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (/** @type {DragEvent} */ event) => {
      if (!event.relatedTarget) setOver(false);
    };
    const drop = async (/** @type {DragEvent} */ event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      addFiles(trayOf(id), await droppedFiles(event.dataTransfer));
    };
    window.addEventListener("dragover", drag, { signal });
    window.addEventListener("dragleave", leave, { signal });
    window.addEventListener("drop", drop, { signal });
    return () => ended.abort();
  }, [id]);
  return over;
}

/** Where one writes, or why one cannot. @param {{id: string, peer: import("../state/people.js").Person|null}} props */
function Foot({ id, peer }) {
  if (isHushed(id).value) return html`<${Hushed} id=${id} />`;
  if (!mayWrite(id).value)
    return html`<p class="note closed">${id === EVERYONE ? strings.rooms.onlyHosts : strings.rooms.onlyLeaders}</p>`;
  if (peer?.removed) return html`<p class="note closed">${strings.messages.removed}</p>`;
  if (peer && isBlocked(peer.id).value) return html`<${BlockedNote} who=${peer} />`;
  return html`<${Composer} id=${id} />`;
}

/** @param {{id: string}} props */
export function Conversation({ id }) {
  const row = conversation(id).value;
  const peer = row.peer?.id ?? "";
  const over = useDrop(id);
  const [searching, setSearching] = useState(false);
  useMemo(() => show(id), [id]); // before it is drawn: where what is new begins has to be known
  useLayoutEffect(() => () => hide(id), [id]);
  const { name, seq = 0 } = main.value;
  useEffect(() => {
    if (seq > 0 && name === "conversation") jump(id, { seq }); // a link to a message
  }, [id, seq]);
  useEffect(() => (peer ? watchPeople([peer], { directory: true }) : undefined), [peer]);
  if (isGone(id)) return html`<main class="pane main conversation"><${Gate} id=${id} /></main>`;
  return html`<main class="pane main conversation">
    <${Head} row=${row} search=${() => setSearching(!searching)} />
    ${searching && html`<${ConversationSearch} id=${id} close=${() => setSearching(false)} />`}
    ${conversationIn(id).value?.gathering && html`<${GatheringBar} id=${id} />`}
    ${!searching && html`<${PinBar} id=${id} /><${ThreadBar} id=${id} />`}
    <${Messages} id=${id} row=${row} />
    <${Foot} id=${id} peer=${row.peer} />
    ${over && html`<div class="drop" aria-hidden="true"><${Icon} name="clip" />${strings.messages.drop}</div>`}
  </main>`;
}
