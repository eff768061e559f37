/** Choosing an emoji: by looking, by a word, in a skin tone of one's own. Its data come when it is first opened. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { bringEmojis, emojis, found, GROUPS, toned } from "../state/emoji.js";
import { noteUse, recent, setTone, setToneOf, tone, toneOf } from "../state/favourites.js";
import { strings } from "../strings.js";
import { Dialog } from "./parts/dialog.js";
import { drawable } from "./parts/drawable.js";
import { firstIn, walkGrid } from "./parts/grid.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { usePlace } from "./parts/place.js";
import { usePress } from "./parts/press.js";
import { hasKeyboard } from "./parts/wide.js"; // without one, a field that takes the focus brings up a keyboard

/** @typedef {import("../state/emoji.js").Emoji} Emoji */

const MOST_FOUND = 72;
const FACES = { 0: "😀", 1: "👋", 3: "🐻", 4: "🍎", 5: "🚗", 6: "⚽", 7: "💡", 8: "❤️", 9: "🏁" };
const HAND = "✋"; // stands for all that have a tone
const TONES = [0, 1, 2, 3, 4, 5];

/** @param {{one: Emoji}} props */
function Cell({ one }) {
  const emoji = toned(one, toneOf(one.emoji));
  return html`<button type="button" class="emoji" tabindex="-1" data-emoji=${emoji} data-base=${one.skins.length ? one.emoji : undefined}
    aria-label=${one.label} title=${one.label}>${emoji}</button>`;
}

/** @param {{name: string, group: string, list: readonly Emoji[]}} props */
function Section({ name, group, list }) {
  return html`<section aria-label=${name} data-group=${group}>
    <h3>${name}</h3>
    <div class="picker-grid">${list.map((one) => html`<${Cell} one=${one} key=${one.emoji} />`)}</div>
  </section>`;
}

/** Everything, group after group; the far ones are drawn a moment later. */
function All() {
  const [drawn, setDrawn] = useState(2);
  useEffect(() => {
    if (drawn >= GROUPS.length) return undefined;
    const next = requestAnimationFrame(() => setDrawn(drawn + 1));
    return () => cancelAnimationFrame(next);
  }, [drawn]);
  const byEmoji = useMemo(
    () =>
      new Map(emojis.value.flatMap((one) => [one.emoji, ...one.skins].map((form) => [form, one]))),
    [emojis.value],
  );
  const [lately] = useState(recent.peek()); // it does not move under the finger
  const mine = lately.flatMap((form) => {
    const one = byEmoji.get(form);
    return one ? [{ ...one, emoji: form, skins: [] }] : [];
  });
  return html`
    ${mine.length > 0 && html`<${Section} name=${strings.emoji.recent} group="recent" list=${mine} />`}
    ${GROUPS.slice(0, drawn).map(
      (group) => html`<${Section} key=${group} group=${group} name=${strings.emoji.groups[group]}
        list=${drawable.value.filter((one) => one.group === group)} />`,
    )}
  `;
}

/** @param {{query: string}} props */
function Found({ query }) {
  const list = found(drawable.value, query, MOST_FOUND);
  return html`
    <p class="unseen" role="status">${strings.emoji.found(list.length)}</p>
    ${
      list.length
        ? html`<${Section} name=${strings.emoji.results} group="found" list=${list} />`
        : html`<p class="note">${strings.emoji.none(query.trim())}</p>`
    }
  `;
}

/** The six tones of one emoji. @param {{base: string, choose: (tone: number) => void, close: () => void}} props */
function Tones({ base, choose, close }) {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  useEffect(() => firstIn(box.current)?.focus(), []);
  const one = emojis.value.find(({ emoji }) => emoji === base);
  const leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return html`<div ref=${box} class="picker-tones" role="group" aria-label=${strings.emoji.tone} onKeyDown=${leave}>
    ${TONES.map(
      (
        at,
      ) => html`<button type="button" class="emoji" key=${at} aria-label=${strings.emoji.tones[at]} title=${strings.emoji.tones[at]}
        onClick=${() => choose(at)}>${one ? toned(one, at) : base}</button>`,
    )}
  </div>`;
}

/** Gets the data, and says how that went. */
function useEmojis() {
  const [failed, setFailed] = useState(false);
  const bring = () => {
    setFailed(false);
    bringEmojis(strings.language).catch(() => setFailed(true));
  };
  useEffect(bring, []);
  return { failed, bring };
}

/**
 * @param {{at: import("./parts/place.js").At, pick: (emoji: string) => void, close: () => void}} props
 * `pick` may be called often; the caller closes when it has enough.
 */
export function EmojiPicker({ at, pick, close }) {
  const box = usePlace(at);
  const body = useRef(/** @type {HTMLDivElement|null} */ (null));
  const [query, setQuery] = useState("");
  const [toning, setToning] = useState(/** @type {string|null} */ (null));
  const { failed, bring } = useEmojis();
  const held = useRef(false);
  useEffect(() => {
    const first = firstIn(body.current);
    if (first) first.tabIndex = 0; // by Tab one comes to it, by arrows further
  }, [emojis.value, query]);
  const take = (/** @type {string} */ emoji) => {
    noteUse(emoji);
    pick(emoji);
  };
  const press = usePress((x, y) => {
    const base = document.elementFromPoint(x, y)?.closest("[data-base]")?.getAttribute("data-base");
    held.current = Boolean(base);
    if (base) setToning(base);
  });
  const down = (/** @type {PointerEvent} */ event) => {
    held.current = false;
    press.onPointerDown(event);
  };
  const click = (/** @type {MouseEvent} */ event) => {
    const emoji = /** @type {Element} */ (event.target)
      .closest("[data-emoji]")
      ?.getAttribute("data-emoji");
    if (emoji && !held.current) take(emoji);
    held.current = false;
  };
  const choose = (/** @type {number} */ chosen) => {
    const one = emojis.value.find(({ emoji }) => emoji === toning);
    setToning(null);
    if (!one || toning === HAND) return setTone(chosen);
    setToneOf(one.emoji, chosen);
    return take(toned(one, chosen));
  };
  const key = (/** @type {KeyboardEvent & {currentTarget: HTMLElement}} */ event) => {
    held.current = false;
    const isField = event.target instanceof HTMLInputElement;
    if (isField && event.key === "Enter") firstIn(body.current)?.click();
    else if (isField && event.key === "ArrowDown") firstIn(body.current)?.focus();
    else if (isField || !walkGrid(event, body.current)) return;
    event.preventDefault();
  };
  const show = (/** @type {string} */ group) =>
    body.current?.querySelector(`[data-group="${group}"]`)?.scrollIntoView({ block: "start" });
  return html`<${Dialog} label=${strings.emoji.label} kind="menu-layer picker-layer" close=${close}>
    <div ref=${box} class="picker" onKeyDown=${key}>
      <div class="picker-head">
        <div class="search"><${Icon} name="search" small />
          <input type="search" aria-label=${strings.emoji.search} placeholder=${strings.emoji.search} autocomplete="off" autofocus=${hasKeyboard()}
            value=${query} onInput=${(/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ { currentTarget }) => setQuery(currentTarget.value)} />
        </div>
        <button type="button" class="icon-button emoji" aria-label=${strings.emoji.tone} title=${strings.emoji.tone} aria-expanded=${toning === HAND}
          onClick=${() => setToning(toning === null ? HAND : null)}>${tone.value ? `${HAND}${String.fromCodePoint(0x1f3fa + tone.value)}` : HAND}</button>
      </div>
      ${toning !== null && html`<${Tones} base=${toning} choose=${choose} close=${() => setToning(null)} />`}
      <div ref=${body} class="picker-body scroll" tabindex="-1" autofocus=${!hasKeyboard()} aria-busy=${!emojis.value.length} ...${press} onPointerDown=${down} onClick=${click}>
        ${failed && html`<p class="note" role="alert">${strings.emoji.failed} <button type="button" class="button quiet" onClick=${bring}>${strings.tryAgain}</button></p>`}
        ${!failed && !emojis.value.length && html`<p class="note" role="status"><span class="spinner"></span><span class="unseen">${strings.emoji.loading}</span></p>`}
        ${emojis.value.length > 0 && (query.trim() ? html`<${Found} query=${query} />` : html`<${All} />`)}
      </div>
      ${
        !query.trim() &&
        html`<div class="picker-groups" role="toolbar" aria-label=${strings.emoji.jump}>
        ${GROUPS.map(
          (
            group,
          ) => html`<button type="button" class="emoji" key=${group} aria-label=${strings.emoji.groups[group]} title=${strings.emoji.groups[group]}
            onClick=${() => show(`${group}`)}>${FACES[/** @type {keyof typeof FACES} */ (group)]}</button>`,
        )}
      </div>`
      }
    </div>
  <//>`;
}
