/** The box that one searches in. */

import { MAX_SOUGHT } from "../../protocol/limits.js";
import { strings } from "../../strings.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";

/** @param {{query: import("@preact/signals-core").Signal<string>, label?: string}} props */
export function Search({ query, label = strings.chats.search }) {
  const type = (/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) => {
    query.value = event.currentTarget.value;
  };
  const leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && query.value) {
      event.stopPropagation();
      query.value = "";
    }
  };
  return html`<div class="search">
    <${Icon} name="search" small />
    <input
      type="search"
      aria-label=${label}
      placeholder=${label}
      autocomplete="off"
      maxlength=${MAX_SOUGHT}
      dir="auto"
      enterkeyhint="search"
      value=${query.value}
      onInput=${type}
      onKeyDown=${leave}
    />
    ${
      query.value &&
      html`<button type="button" class="icon-button" aria-label=${strings.chats.clear} onClick=${() => {
        query.value = "";
      }}><${Icon} name="close" small /></button>`
    }
  </div>`;
}

/** Does a name answer to what was typed? Accents and case do not matter. @param {string} name @param {string} query */
export function answersTo(name, query) {
  const plain = (/** @type {string} */ text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  return plain(name).includes(plain(query));
}
