/** The box that narrows a list by name. */

import { strings } from "../../strings.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";

/** @param {{query: import("@preact/signals-core").Signal<string>}} props */
export function Search({ query }) {
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
      aria-label=${strings.chats.search}
      placeholder=${strings.chats.search}
      autocomplete="off"
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
