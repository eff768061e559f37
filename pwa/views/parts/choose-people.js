/** Choosing people of the house: a list to tick, with a search above it. */

import { signal } from "@preact/signals-core";
import { useMemo } from "preact/hooks";
import { strings } from "../../strings.js";
import { Avatar } from "./avatar.js";
import { html } from "./html.js";
import { answersTo, Search } from "./search.js";

const FEW = 6; // people; above, one may search

/**
 * @param {{people: import("../../state/people.js").Person[], chosen: string[], choose: (chosen: string[]) => void}} props
 */
export function ChoosePeople({ people, chosen, choose }) {
  const query = useMemo(() => signal(""), []);
  const shown = people.filter((person) => answersTo(person.name, query.value));
  const turn = (/** @type {string} */ id) => () =>
    choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return html`
    ${people.length > FEW && html`<${Search} query=${query} />`}
    <ul class="list choosing" role="list" aria-label=${strings.people.label}>
      ${shown.map(
        (person) => html`<li key=${person.id}>
          <label class="row">
            <${Avatar} person=${person} />
            <span class="row-text"><span class="row-title" dir="auto">${person.name}</span></span>
            <input type="checkbox" class="tick" checked=${chosen.includes(person.id)} onChange=${turn(person.id)} />
          </label>
        </li>`,
      )}
    </ul>
    ${shown.length === 0 && html`<p class="note" role="status">${people.length ? strings.chats.noMatch(query.value.trim()) : strings.rooms.nobody}</p>`}
  `;
}
