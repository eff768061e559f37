/** What narrows a search: who said it, when, and whether there are files. */

import { useState } from "preact/hooks";
import { dayStart, speakersIn } from "../state/search.js";
import { world } from "../state/world.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";

/** @typedef {import("../state/search.js").Filters} Filters */

/** @param {{filters: import("@preact/signals-core").Signal<Filters>, id?: string}} props */
export function SearchFilters({ filters, id = "" }) {
  const { author, has_file } = filters.value;
  const [days, setDays] = useState({ from: "", to: "" });
  const set = (/** @type {Partial<Filters>} */ change) => {
    filters.value = { ...filters.value, ...change };
  };
  const choose = (/** @type {Partial<typeof days>} */ change) => {
    const now = { ...days, ...change };
    setDays(now);
    set({ after: dayStart(now.from), before: dayStart(now.to, 1) });
  };
  const narrowed = Boolean(author || has_file || days.from || days.to);
  const clear = () => {
    setDays({ from: "", to: "" });
    set({ author: "", has_file: false, after: 0, before: 0 });
  };
  return html`<details class="filters" open=${narrowed}>
    <summary><${Icon} name="filter" small />${strings.search.filters}</summary>
    <div class="filter-fields">
      <label class="filter"><span>${strings.search.from}</span>
        <select value=${author} onChange=${(/** @type {Event & {currentTarget: HTMLSelectElement}} */ { currentTarget }) => set({ author: currentTarget.value })}>
          <option value="">${strings.search.anybody}</option>
          ${speakersIn(id).value.map((one) => html`<option value=${one.id} key=${one.id}>${one.id === world.value.me ? strings.search.you : one.name}</option>`)}
        </select>
      </label>
      <label class="filter"><span>${strings.search.since}</span>
        <input type="date" value=${days.from} max=${days.to} onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ { currentTarget }) => choose({ from: currentTarget.value })} />
      </label>
      <label class="filter"><span>${strings.search.until}</span>
        <input type="date" value=${days.to} min=${days.from} onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ { currentTarget }) => choose({ to: currentTarget.value })} />
      </label>
      <label class="filter check">
        <input type="checkbox" class="tick" checked=${has_file} onChange=${() => set({ has_file: !has_file })} />
        <span>${strings.search.hasFile}</span>
      </label>
      ${narrowed && html`<button type="button" class="button quiet" onClick=${clear}>${strings.search.clearFilters}</button>`}
    </div>
  </details>`;
}
