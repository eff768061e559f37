/** Everybody of the house: as a strip above the conversations, and as a list. */

import { signal } from "@preact/signals-core";
import { useEffect } from "preact/hooks";
import { isBlocked } from "../state/blocks.js";
import { everyone, person, presence, watchPeople } from "../state/people.js";
import { session } from "../state/session.js";
import { apart, strings } from "../strings.js";
import { Avatar, dotOf } from "./parts/avatar.js";
import { html } from "./parts/html.js";
import { InviteButton } from "./parts/invite-button.js";
import { Mark } from "./parts/mark.js";
import { writeHref } from "./parts/route.js";
import { answersTo, Search } from "./parts/search.js";
import { lastSeen } from "./parts/time.js";

const query = signal("");
const WATCHED = 200; // people a page may watch at once (MAX_WATCH of the protocol)
const LEAST_IN_STRIP = 6;
const MOST_IN_STRIP = 30;

/** @typedef {import("../state/people.js").Person} Person */

/** Is everybody in the strip? */
export const inStrip = () => everyone.value.length >= LEAST_IN_STRIP;

/** Online ones first, else as they come. @param {Person[]} people */
function presentFirst(people) {
  const online = (/** @type {Person} */ person) => Number(presence(person.id).value.online);
  return people.toSorted((one, other) => online(other) - online(one));
}

/** "online", "busy · In class", "seen recently · On holiday", "" while unknown and of who was removed. @param {string} id */
export function presenceWords(id) {
  const { last_seen, known, text } = presence(id).value;
  if (!known || person(id).value.removed) return "";
  const kind = dotOf(id);
  const here = kind ? strings.status.dots[kind] : lastSeen(last_seen);
  return text ? `${here} · ${apart(text)}` : here;
}

/** Everybody at a glance, where they are too many to be seen in the list below. */
export function PeopleStrip() {
  if (!inStrip()) return null;
  const open = everyone.value.filter((one) => !isBlocked(one.id).value);
  const people = presentFirst(open).slice(0, MOST_IN_STRIP);
  return html`<ul class="strip" role="list" aria-label=${strings.people.label}>
    ${people.map(
      (person) => html`<li key=${person.id}>
        <a href=${writeHref(person.id)}>
          <${Avatar} person=${person} size="large" dot />
          <span class="strip-name" dir="auto">${person.name}</span>
        </a>
      </li>`,
    )}
  </ul>`;
}

/** @param {{people: Person[]}} props */
export function PeopleList({ people }) {
  return html`<ul class="list" role="list" aria-label=${strings.people.label}>
    ${people.map(
      (person) => html`<li key=${person.id}>
        <a class="row" href=${writeHref(person.id)}>
          <${Avatar} person=${person} dot />
          <span class="row-text">
            <span class="row-line"><span class="row-title" dir="auto">${person.name}</span>
              ${person.host && html`<span class="chip">${strings.people.host}</span>`}</span>
            <span class="preview" dir="auto">${presenceWords(person.id) || person.about}</span>
          </span>
        </a>
      </li>`,
    )}
  </ul>`;
}

/** Nobody else has joined yet: the host can change that. */
export function Nobody() {
  const { host } = session.value;
  return html`<div class="empty">
    <${Mark} />
    <h2>${strings.chats.alone}</h2>
    <p>${host ? strings.chats.aloneHost : strings.chats.aloneGuest}</p>
    ${host && html`<${InviteButton} primary />`}
  </div>`;
}

export function People() {
  const ids = everyone.value.slice(0, WATCHED).map((person) => person.id);
  useEffect(() => watchPeople(ids, { directory: true }), [ids.join()]);
  const found = everyone.value.filter((person) => answersTo(person.name, query.value));
  return html`
    <header class="side-head">
      <div class="head-line">
        <h1>${strings.people.label}</h1>
        ${session.value.host && html`<${InviteButton} />`}
      </div>
      <${Search} query=${query} />
    </header>
    <div class="scroll">
      ${everyone.value.length === 0 && html`<${Nobody} />`}
      ${everyone.value.length > 0 && found.length === 0 && html`<p class="note" role="status">${strings.chats.noMatch(query.value.trim())}</p>`}
      ${found.length > 0 && html`<${PeopleList} people=${presentFirst(found)} />`}
    </div>
  `;
}
