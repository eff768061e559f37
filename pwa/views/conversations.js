/** The list of conversations, with everybody in reach above it. */

import { signal } from "@preact/signals-core";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { badgeText, threadsCalling } from "../state/badges.js";
import { conversationList, listed, loadMore } from "../state/conversations.js";
import { unreadMentions } from "../state/named.js";
import { everyone, watchPeople } from "../state/people.js";
import { quiet } from "../state/preferences.js";
import { byId, conversationIn } from "../state/world.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { CallMark } from "./parts/call-mark.js";
import { html } from "./parts/html.js";
import { Hush } from "./parts/hush.js";
import { Icon } from "./parts/icon.js";
import { later } from "./parts/later.js";
import { PreviewLine } from "./parts/preview.js";
import { RoomAvatar, titleOf } from "./parts/room.js";
import { conversationHref, main } from "./parts/route.js";
import { answersTo, Search } from "./parts/search.js";
import { Ticks } from "./parts/ticks.js";
import { brief } from "./parts/time.js";
import { wide } from "./parts/wide.js";
import { inStrip, Nobody, PeopleList, PeopleStrip } from "./people.js";

const InstallHint = later(async () => (await import("./install.js")).InstallHint, "panel");

const MessagesFound = later(async () => (await import("./search.js")).MessagesFound, "search");

const query = signal("");
const SKELETONS = [1, 2, 3, 4, 5];
const WATCHED = 200; // people a page may watch at once (MAX_WATCH of the protocol)

/** Whether something new in a thread names one. @param {import("../protocol/types.js").ThreadNews} news */
const names = ({ mentions }) => mentions?.length > 0;

/** That there is something new beside the conversation. @param {{id: string, threads: import("../protocol/types.js").ThreadNews[]}} props */
function ThreadNews({ id, threads }) {
  return html`<span class=${threadsCalling(id).value ? "badge aside" : "badge aside hushed"}>
    <${Icon} name="thread" small /><span class="unseen">${strings.threads.newIn(threads.length)}</span>
  </span>`;
}

/** Whether it stands beside the list. Asked for each, so that of all rows only two are drawn again when one goes to another. */
const isBeside = byId((id) => {
  const { name, id: open } = main.value;
  return wide.value && (name === "conversation" || name === "thread") && open === id;
});

/** @param {{row: import("../state/conversations.js").Row}} props */
function ConversationRow({ row }) {
  const unread = badgeText(row.unread);
  const threads = conversationIn(row.id).value?.threads ?? [];
  const isNamed = unreadMentions(row.id).value.length > 0 || threads.some(names);
  const named = row.kind === "room" && isNamed;
  return html`<li>
    <a class=${unread || threads.length ? "row unread" : "row"} href=${conversationHref(row.id)} aria-current=${isBeside(row.id).value ? "page" : undefined}>
      ${row.peer && html`<${Avatar} person=${row.peer} dot />`}
      ${row.room && html`<${RoomAvatar} room=${row.room} />`}
      <span class="row-text">
        <span class="row-line">
          <span class="row-title" dir="auto">${titleOf(row)}</span>
          <${Hush} id=${row.id} />
          <${CallMark} id=${row.id} />
          ${row.at > 0 && html`<time class="row-time">${brief(row.at)}</time>`}
        </span>
        <span class="row-line">
          <${PreviewLine} row=${row} />
          ${row.preview?.mine && !row.draft && html`<${Ticks} state=${row.preview.state} />`}
          ${threads.length > 0 && html`<${ThreadNews} id=${row.id} threads=${threads} />`}
          ${
            named &&
            html`<span class="badge"><span aria-hidden="true">@</span><span class="unseen">${strings.chats.named}</span></span>`
          }
          ${
            unread &&
            html`<span class=${quiet(row.id).value ? "badge hushed" : "badge"}>${unread}<span class="unseen"> ${strings.chats.unread("").trim()}</span></span>`
          }
        </span>
      </span>
    </a>
  </li>`;
}

function Skeletons() {
  return html`<div class="list" role="status" aria-label=${strings.chats.loading}>
    ${SKELETONS.map((at) => html`<div class="row skeleton" key=${at}><i></i><b></b></div>`)}
  </div>`;
}

function Found() {
  const people = everyone.value.filter((person) => answersTo(person.name, query.value));
  const written = conversationList.value.filter(
    (row) => row.written && answersTo(titleOf(row), query.value),
  );
  const met = new Set(written.map((row) => row.peer?.id));
  const others = people.filter((person) => !met.has(person.id));
  const nobody = !written.length && !others.length;
  return html`
    ${nobody && html`<p class="note" role="status">${strings.chats.noMatch(query.value.trim())}</p>`}
    ${written.length > 0 && html`<${List} rows=${written} />`}
    ${others.length > 0 && html`<${PeopleList} people=${others} />`}
    <${MessagesFound} text=${query.value} />
  `;
}

/** @param {{rows: import("../state/conversations.js").Row[]}} props */
function List({ rows }) {
  return html`<ul class="list" role="list" aria-label=${strings.chats.label}>
    ${rows.map((row) => html`<${ConversationRow} row=${row} key=${row.id} />`)}
  </ul>`;
}

function Everything() {
  const rows = conversationList.value.filter((row) => row.written);
  if (!listed.value && !rows.length) return html`<${Skeletons} />`;
  if (!everyone.value.length && !rows.some((row) => row.peer))
    return html`<${List} rows=${rows} /><${Nobody} />`;
  if (!rows.length)
    return html`
      <p class="note">${strings.chats.none}. ${strings.chats.choose}</p>
      <${PeopleList} people=${everyone.value} />
    `;
  const met = new Set(rows.map((row) => row.peer?.id));
  const others = inStrip() ? [] : everyone.value.filter((person) => !met.has(person.id));
  return html`
    <${PeopleStrip} />
    <${List} rows=${rows} />
    ${others.length > 0 && html`<h2 class="list-head">${strings.chats.others}</h2><${PeopleList} people=${others} />`}
    <${InstallHint} />
  `;
}

let scrolled = 0; // where the list was left, for coming back to it on a phone

/** Further pages when the end comes near. @param {Event & {currentTarget: HTMLElement}} event */
function follow({ currentTarget: box }) {
  scrolled = box.scrollTop;
  if (box.scrollHeight - box.scrollTop - box.clientHeight < 600) loadMore();
}

export function Conversations() {
  const ids = everyone.value.slice(0, WATCHED).map((person) => person.id);
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  useEffect(() => watchPeople(ids, { directory: true }), [ids.join()]);
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = scrolled;
    const left =
      wide.value || !main.value.id ? null : `a[href="${conversationHref(main.value.id)}"]`;
    if (left) box.current?.querySelector(/** @type {"a"} */ (left))?.focus({ preventScroll: true });
  }, []);
  return html`
    <header class="side-head">
      <div class="head-line">
        <h1>${strings.tabs.chats}</h1>
        <nav class="head-tools" aria-label=${strings.rooms.menu}>
          <a class="icon-button" href="#/rooms" aria-label=${strings.rooms.find} title=${strings.rooms.find}><${Icon} name="compass" /></a>
          <a class="icon-button" href="#/new-room" aria-label=${strings.rooms.start} title=${strings.rooms.start}><${Icon} name="plus" /></a>
        </nav>
      </div>
      <${Search} query=${query} />
    </header>
    <div class="scroll" ref=${box} onScroll=${follow}>
      ${query.value.trim() ? html`<${Found} />` : html`<${Everything} />`}
    </div>
  `;
}
