/** Emoji under a message: who put which, one's own, and putting another. */

import { useRef, useState } from "preact/hooks";
import { noteUse, quick } from "../state/favourites.js";
import { person } from "../state/people.js";
import { react } from "../state/reacting.js";
import { world } from "../state/world.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { allOf, perLocale } from "./parts/locale.js";
import { usePress } from "./parts/press.js";

/** @typedef {import("../state/messages.js").MessageItem} MessageItem */
/** @typedef {import("../protocol/types.js").Reaction} Reaction */

const MOST_NAMES = 5;
const MOST_CHIPS = 12; // kinds of emoji under one message; forty of them are a wall
const SETTLED = 800; // ms after which what comes is news and may move

const brief = perLocale((tag) => new Intl.NumberFormat(tag, { notation: "compact" }));

/** Puts an emoji under it, or takes one's own away. @param {string} id @param {MessageItem} item @param {string} emoji */
export function put(id, item, emoji) {
  const on = !item.own.includes(emoji);
  if (on) noteUse(emoji);
  react(id, item.seq, emoji, on);
}

/** "You, Anna and 3 others". @param {Reaction} reaction @param {boolean} own */
function whose({ tally }, own) {
  const me = world.peek().me;
  const others = tally.people.filter((one) => one !== me).slice(0, MOST_NAMES);
  const names = [
    ...(own ? [strings.messages.youWrote] : []),
    ...others.map((one) => person(one).value.name),
  ];
  const rest = tally.count - names.length;
  return allOf(rest > 0 ? [...names, strings.reactions.others(rest)] : names);
}

/** @param {{id: string, item: MessageItem, reaction: Reaction, born: number}} props */
function Chip({ id, item, reaction, born }) {
  const { emoji, tally } = reaction;
  const own = item.own.includes(emoji);
  const [fresh] = useState(performance.now() - born > SETTLED);
  const names = whose(reaction, own);
  return html`<button type="button" class=${fresh ? "chip fresh" : "chip"} aria-pressed=${own} title=${names}
    aria-label=${strings.reactions.chip(emoji, tally.count, names)} onClick=${() => put(id, item, emoji)}>
    <span class="emoji">${emoji}</span> <span class="count">${brief().format(tally.count)}</span>
  </button>`;
}

/** @param {{id: string, item: MessageItem, born: number, open: (at: import("./messages.js").MenuAt) => void}} props */
export function Reactions({ id, item, born, open }) {
  const held = useRef(false);
  const press = usePress((x, y) => {
    held.current = true;
    open({ item, x, y, panel: "reactors" });
  });
  const once = (/** @type {Event} */ event) => {
    if (held.current) event.stopPropagation(); // the end of a long press is no press
    held.current = false;
  };
  const add = (/** @type {MouseEvent & {currentTarget: Element}} */ { currentTarget }) => {
    const { left, top, bottom } = currentTarget.getBoundingClientRect();
    open({ item, x: left, y: bottom, top, panel: "picker" });
  };
  const shown = item.reactions.filter(
    ({ emoji }, at) => at < MOST_CHIPS || item.own.includes(emoji),
  );
  const rest = item.reactions.length - shown.length;
  const all = (/** @type {MouseEvent} */ { clientX, clientY }) =>
    open({ item, x: clientX, y: clientY, panel: "reactors" });
  return html`<div class="reactions" role="group" aria-label=${strings.reactions.label} ...${press} onClickCapture=${once}>
    ${shown.map(
      (reaction) =>
        html`<${Chip} key=${reaction.emoji} id=${id} item=${item} reaction=${reaction} born=${born} />`,
    )}
    ${rest > 0 && html`<button type="button" class="chip" aria-label=${strings.reactions.rest(rest)} title=${strings.reactions.rest(rest)} onClick=${all}><span class="count">+${rest}</span></button>`}
    <button type="button" class="chip add" aria-label=${strings.reactions.add} title=${strings.reactions.add} onClick=${add}><${Icon} name="smile" small /></button>
  </div>`;
}

/** The six used most, and the way to all others. @param {{id: string, item: MessageItem, more: () => void, close: () => void}} props */
export function QuickRow({ id, item, more, close }) {
  const [six] = useState(quick.peek());
  const take = (/** @type {string} */ emoji) => {
    put(id, item, emoji);
    close();
  };
  const walk = (/** @type {KeyboardEvent & {currentTarget: HTMLElement}} */ event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...event.currentTarget.querySelectorAll("button")];
    const at = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const towards = document.dir === "rtl" ? -step : step;
    all.at((at + towards) % all.length)?.focus();
  };
  return html`<div class="quick-row" role="group" aria-label=${strings.reactions.react} onKeyDown=${walk}>
    ${six.map(
      (
        emoji,
      ) => html`<button type="button" class="emoji" key=${emoji} aria-label=${strings.reactions.with(emoji)}
        aria-pressed=${item.own.includes(emoji)} onClick=${() => take(emoji)}>${emoji}</button>`,
    )}
    <button type="button" class="icon-button" aria-label=${strings.reactions.more} title=${strings.reactions.more} onClick=${more}><${Icon} name="plus" /></button>
  </div>`;
}
