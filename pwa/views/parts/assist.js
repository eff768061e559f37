/** Help while one writes: names behind an @, emoji behind a colon, and marks for what is selected. */

import { useEffect, useState } from "preact/hooks";
import { EVERYBODY, everyoneIn } from "../../languages/known.js";
import { completed, isBegun, named, wantedAt } from "../../state/completion.js";
import { bringEmojis, found, toned } from "../../state/emoji.js";
import { noteUse, toneOf } from "../../state/favourites.js";
import { lined, marked } from "../../state/marking.js";
import { mayNameEveryone, membersOf } from "../../state/mentions.js";
import { strings } from "../../strings.js";
import { Avatar } from "./avatar.js";
import { drawable } from "./drawable.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";
import { replaceIn } from "./textarea.js";
import { hasKeyboard } from "./wide.js";

/** @typedef {{current: HTMLTextAreaElement|null}} Box */
/** @typedef {{key: string, insert: string, mark: any, text: string}} Option */

const MOST_EMOJI = 6; // as many as have room above a keyboard without scrolling
const LIST = "suggestions";
/** @type {Record<string, import("../../state/marking.js").MarkName>} */
const KEYS = { b: "bold", i: "italic", e: "code" };

/** Where the caret is in the box, or what is selected there. @param {Box} box @param {string} text */
function useSelection(box, text) {
  const [selection, setSelection] = useState({ start: 0, end: 0, here: false });
  useEffect(() => {
    const look = () => {
      const { selectionStart: start = 0, selectionEnd: end = 0 } = box.current ?? {};
      const here = document.activeElement === box.current;
      setSelection((now) =>
        now.start === start && now.end === end && now.here === here ? now : { start, end, here },
      );
    };
    look();
    document.addEventListener("selectionchange", look);
    document.addEventListener("focusin", look);
    document.addEventListener("focusout", look);
    return () => {
      document.removeEventListener("selectionchange", look);
      document.removeEventListener("focusin", look);
      document.removeEventListener("focusout", look);
    };
  }, [text]);
  return selection;
}

/** All who are in the room, by the word of the page's language. @returns {Option} */
function everybody() {
  const word = everyoneIn(strings.language);
  return {
    key: "everyone",
    insert: `@${word}`,
    mark: html`<span class="sign"><${Icon} name="people" /></span>`,
    text: strings.assist.everyone(word),
  };
}

/** @param {import("../../state/completion.js").Wanted|null} wanted @param {string} id @returns {Option[]} */
function optionsFor(wanted, id) {
  if (wanted?.kind === "mention") {
    const people = named(membersOf(id).value, wanted.query).map((one) => ({
      key: one.id,
      insert: `@${one.name}`,
      mark: html`<${Avatar} person=${one} size="small" />`,
      text: one.name,
    }));
    const all = mayNameEveryone(id).value && isBegun(EVERYBODY, wanted.query);
    return all ? [...people, everybody()] : people;
  }
  if (wanted?.kind !== "emoji") return [];
  bringEmojis(strings.language).catch(() => {}); // without a network there is no help
  return found(drawable.value, wanted.query, MOST_EMOJI).map((one) => {
    const emoji = toned(one, toneOf(one.emoji));
    return {
      key: one.emoji,
      insert: emoji,
      mark: html`<span class="emoji">${emoji}</span>`,
      text: `:${one.code}:`,
    };
  });
}

/** @param {{options: Option[], at: number, choose: (at: number) => void}} props */
function Suggestions({ options, at, choose }) {
  const keepKeyboard = (/** @type {Event} */ event) => event.preventDefault();
  return html`<ul id=${LIST} class="suggestions" role="listbox" aria-label=${strings.assist.label} onPointerDown=${keepKeyboard}>
    ${options.map(
      ({ key, mark, text }, index) => html`<li key=${key} id=${`${LIST}-${index}`} role="option"
        aria-selected=${index === at} onClick=${() => choose(index)}>${mark}<span dir="auto">${text}</span></li>`,
    )}
  </ul>`;
}

/** @param {{mark: (name: any) => void}} props */
function FormatBar({ mark }) {
  const keepSelection = (/** @type {Event} */ event) => event.preventDefault();
  const { format } = strings;
  const buttons = [
    ["bold", html`<b>B</b>`, format.bold],
    ["italic", html`<i>I</i>`, format.italic],
    ["strike", html`<s>S</s>`, format.strike],
    ["code", html`<code>${"<>"}</code>`, format.code],
    ["quote", html`<span>❝</span>`, format.quote],
    ["list", html`<span>•</span>`, format.list],
  ];
  return html`<div class="format-bar" role="toolbar" aria-label=${format.label} onPointerDown=${keepSelection}>
    ${buttons.map(
      ([
        name,
        face,
        title,
      ]) => html`<button type="button" key=${name} aria-label=${title} title=${title}
        onClick=${() => mark(name)}>${face}</button>`,
    )}
  </div>`;
}

/**
 * @param {string} id the conversation
 * @param {Box} box
 * @param {string} text what stands in it
 * @returns `key` says whether it took the key; `attributes` are the textbox's; `view` stands above it
 */
export function useAssist(id, box, text) {
  const { start, end, here } = useSelection(box, text);
  const [{ at, dismissed }, set] = useState({ at: 0, dismissed: -1 });
  const wanted = here && start === end && start <= text.length ? wantedAt(text, start) : null;
  const options = wanted && wanted.start !== dismissed ? optionsFor(wanted, id) : [];
  const active = Math.min(at, options.length - 1);
  useEffect(
    () =>
      set((now) => {
        const dismissed = wanted ? now.dismissed : -1;
        return now.at === 0 && now.dismissed === dismissed ? now : { at: 0, dismissed };
      }),
    [wanted?.start, wanted?.query],
  );

  const replace = (
    /** @type {number} */ from,
    /** @type {number} */ to,
    /** @type {string} */ insert,
  ) => box.current && replaceIn(box.current, from, to, insert);
  const choose = (/** @type {number} */ index) => {
    if (!wanted) return;
    const { insert, start, end, caret } = completed(text, wanted, options[index].insert);
    if (wanted.kind === "emoji") noteUse(options[index].insert);
    replace(start, end, insert);
    box.current?.setSelectionRange(caret, caret);
  };
  const mark = (/** @type {string} */ name) => {
    const { selectionStart: start = 0, selectionEnd: end = 0 } = box.current ?? {};
    const change =
      name === "quote" || name === "list"
        ? lined(text, start, end, name)
        : marked(text, start, end, /** @type {any} */ (name));
    replace(change.start, change.end, change.insert);
    box.current?.setSelectionRange(change.from, change.to);
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return false;
    const name = event.shiftKey
      ? event.code === "KeyX"
        ? "strike"
        : ""
      : KEYS[event.key.toLowerCase()];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const whole =
      event.key === ":" &&
      wanted?.kind === "emoji" &&
      options[active]?.text === `:${wanted.query}:`;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && name) mark(name);
    else if (!options.length) return false;
    else if (step) set({ at: (active + step + options.length) % options.length, dismissed });
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab" || whole)
      choose(active);
    else if (event.key === "Escape") set({ at: 0, dismissed: wanted?.start ?? -1 });
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const isOpen = options.length > 0;
  return {
    key,
    attributes: {
      "aria-autocomplete": "list",
      "aria-controls": isOpen ? LIST : undefined,
      "aria-activedescendant": isOpen ? `${LIST}-${active}` : undefined,
    },
    view: isOpen
      ? html`<${Suggestions} options=${options} at=${active} choose=${choose} />`
      : here && start < end && hasKeyboard() && html`<${FormatBar} mark=${mark} />`,
  };
}
