/** Messages that were found: beside the list for everywhere, and above the log of one conversation. */

import { signal } from "@preact/signals-core";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { connection } from "../state/connection.js";
import { conversation } from "../state/conversations.js";
import { person } from "../state/people.js";
import { asksForSomething, Finder, keyOf, NO_FILTERS } from "../state/search.js";
import { world } from "../state/world.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { goToMessage } from "./parts/going.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { titleOf } from "./parts/room.js";
import { Search } from "./parts/search.js";
import { brief, exactTime } from "./parts/time.js";
import { SearchFilters } from "./search-filters.js";

/** @typedef {import("../state/search.js").Hit} Hit */
/** @typedef {import("../state/search.js").Filters} Filters */

const everywhere = new Finder(); // what was found is still there when one comes back to the list
const filters = signal(NO_FILTERS);

/** Asks whenever the question changes, and once more when the network is back. @param {Finder} finder @param {import("../state/search.js").Question} question */
function useFinder(finder, question) {
  const online = connection.value.state === "online";
  useEffect(() => finder.ask(question), [finder, JSON.stringify(question)]);
  useEffect(() => {
    if (online) finder.again();
  }, [finder, online]);
  return finder.found.value;
}

/** Opens the conversation, or the thread, and in it the message. @param {Hit} hit */
const goTo = (hit) => goToMessage(hit.conversation, hit);

/** What a poll asks, above the options that were found. @param {{hit: Hit}} props */
function Question({ hit }) {
  if (!hit.question) return null;
  return html`<span class="hit-words hit-question" dir="auto"><${PollSign} />${hit.question}</span>`;
}

function PollSign() {
  return html`<${Icon} name="poll" small /><span class="unseen">${strings.search.poll} </span>`;
}

/** The words around the match. @param {{hit: Hit}} props */
function Pieces({ hit }) {
  const file = hit.in_file || hit.files.length > 0;
  return html`<span class="hit-words" dir="auto">
    ${hit.thread > 0 && html`<${Icon} name="thread" small /><span class="unseen">${strings.search.aside} </span>`}
    ${file && html`<${Icon} name="clip" small />`}
    ${hit.poll && !hit.question && html`<${PollSign} />`}
    ${hit.pieces.map((piece, at) => (at % 2 ? html`<mark key=${at}>${piece}</mark>` : piece))}
  </span>`;
}

/** Who said it, and where when that is not plain. @param {Hit} hit @param {boolean} placed */
function headingOf(hit, placed) {
  const who = hit.author === world.value.me ? strings.search.you : person(hit.author).value.name;
  const row = conversation(hit.conversation).value;
  if (placed || (row.peer && row.peer.id === hit.author)) return who;
  return strings.search.whoWhere(who, titleOf(row));
}

/** @param {{hit: Hit, placed?: boolean, here?: boolean, pick: (hit: Hit) => void}} props */
function HitRow({ hit, placed = false, here = false, pick }) {
  return html`<li>
    <button type="button" class="row hit" aria-current=${here ? "true" : undefined} onClick=${() => pick(hit)}>
      <${Avatar} person=${person(hit.author).value} size="small" />
      <span class="row-text">
        <span class="row-line">
          <span class="row-title" dir="auto">${headingOf(hit, placed)}</span>
          <time class="row-time" title=${exactTime(hit.at)}>${brief(hit.at)}</time>
        </span>
        <${Question} hit=${hit} />
        <${Pieces} hit=${hit} />
      </span>
    </button>
  </li>`;
}

/** What there is to say beside the hits. @param {{finder: Finder}} props */
function Remarks({ finder }) {
  const { state, hits, partial, ready, more, failed } = finder.found.value;
  const retry = html`<button type="button" class="button quiet" onClick=${() => finder.again()}>${strings.tryAgain}</button>`;
  if (state === "offline") return html`<p class="note" role="status">${strings.search.offline}</p>`;
  if (state === "failed") return html`<p class="note" role="alert">${failed} ${retry}</p>`;
  if (state === "looking" && !hits.length)
    return html`<p class="note" role="status"><span class="spinner"></span><span class="unseen">${strings.search.looking}</span></p>`;
  const nothing = state === "done" && !hits.length;
  return html`
    ${
      (nothing || partial || !ready) &&
      html`<p class="note" role="status">
      ${nothing && !partial && `${strings.search.none} `}
      ${partial && `${strings.search.partial} `}
      ${!ready && strings.search.notReady}
    </p>`
    }
    ${
      more &&
      html`<p class="hit-more"><button type="button" class="button quiet" disabled=${state === "going-on"} onClick=${() => finder.goOn()}>
      ${state === "going-on" ? html`<span class="spinner"></span>` : ""}${strings.search.more}
    </button></p>`
    }
  `;
}

/** Everywhere: below the people and conversations of that name. @param {{text: string}} props */
export function MessagesFound({ text }) {
  const asked = { ...filters.value, text, conversation: null };
  const { hits, state } = useFinder(everywhere, asked);
  return html`<section class="found-everywhere" aria-label=${strings.search.messages}>
    <h2 class="list-head">${strings.search.messages}</h2>
    <${SearchFilters} filters=${filters} />
    <ul class=${state === "looking" ? "list hits aging" : "list hits"} role="list" aria-label=${strings.search.messages}>
      ${hits.map((hit) => html`<${HitRow} hit=${hit} pick=${goTo} key=${keyOf(hit)} />`)}
    </ul>
    <${Remarks} finder=${everywhere} />
  </section>`;
}

/** Which hit is shown, of how many; pressing it shows the list again. @param {{at: number, count: number, more: boolean, list: boolean, toggle: () => void}} props */
function Count({ at, count, more, list, toggle }) {
  const all = more ? `${count}+` : `${count}`;
  const said = at < 0 ? strings.search.count(all) : strings.search.place(at + 1, all);
  return html`<button type="button" class="button quiet hit-count" aria-expanded=${list} hidden=${!count} onClick=${toggle}>
    <span role="status">${count > 0 && said}</span>
  </button>`;
}

/** One conversation: its bar, and what was found below it. @param {{id: string, close: () => void}} props */
export function ConversationSearch({ id, close }) {
  const finder = useMemo(() => new Finder(), [id]);
  const narrowed = useMemo(() => signal(NO_FILTERS), [id]);
  const query = useMemo(() => signal(""), [id]);
  const [at, setAt] = useState(-1);
  const [list, setList] = useState(true);
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const asked = { ...narrowed.value, text: query.value, conversation: id };
  const { hits, more } = useFinder(finder, asked);
  useEffect(() => {
    const from = /** @type {HTMLElement|null} */ (document.activeElement);
    box.current?.querySelector("input")?.focus();
    return () => {
      finder.clear();
      from?.focus(); // back to where it was opened
    };
  }, [finder]);
  useEffect(() => {
    setAt(-1);
    setList(true);
  }, [JSON.stringify(asked)]);
  const show = (/** @type {number} */ place) => {
    const hit = hits[place];
    if (!hit) return;
    setAt(place);
    setList(false);
    goTo(hit);
    if (place >= hits.length - 3) finder.goOn();
  };
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") close();
    else if (
      event.key === "Enter" &&
      /** @type {Element} */ (event.target).matches("[type=search]")
    )
      show(event.shiftKey ? at - 1 : at + 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<search class="finder" ref=${box} aria-label=${strings.search.here} onKeyDown=${keys}>
    <div class="finder-line">
      <${Search} query=${query} label=${strings.search.here} />
      <button type="button" class="icon-button" aria-label=${strings.search.close} onClick=${close}><${Icon} name="close" /></button>
    </div>
    <${SearchFilters} filters=${narrowed} id=${id} />
    <div class="finder-steps">
      <${Count} at=${at} count=${hits.length} more=${more !== null} list=${list} toggle=${() => setList(!list)} />
      <button type="button" class="icon-button" aria-label=${strings.search.older} disabled=${at + 1 >= hits.length} onClick=${() => show(at + 1)}>
        <${Icon} name="up" />
      </button>
      <button type="button" class="icon-button" aria-label=${strings.search.newer} disabled=${at < 1} onClick=${() => show(at - 1)}>
        <${Icon} name="down" />
      </button>
    </div>
    ${
      asksForSomething(asked) &&
      list &&
      html`<div class="finder-found scroll">
      <ul class="list hits" role="list" aria-label=${strings.search.messages}>
        ${hits.map((hit, place) => html`<${HitRow} hit=${hit} placed here=${place === at} pick=${() => show(place)} key=${keyOf(hit)} />`)}
      </ul>
      <${Remarks} finder=${finder} />
    </div>`
    }
  </search>`;
}
