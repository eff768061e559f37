/** People under a title: how many they are, and those that are known. */

import { person } from "../../state/people.js";
import { strings } from "../../strings.js";
import { nameOf } from "../quote.js";
import { Avatar } from "./avatar.js";
import { html } from "./html.js";

const SHORT = 4; // people: as many are seen at once on the lowest screen

/** A long list is scrolled by keys too. @param {readonly unknown[]} people @returns {0|undefined} its `tabindex` */
export function scrolls(people) {
  return people.length > SHORT ? 0 : undefined;
}

/** @param {{title: string, tally: import("../../protocol/types.js").Tally}} props nothing of nobody */
export function Faces({ title, tally }) {
  if (!tally.count) return null;
  const rest = tally.count - tally.people.length;
  return html`<section>
    <h3><bdi>${title}</bdi> <span class="hint">${tally.count}</span></h3>
    <ul class="faces" role="list" aria-label=${title} tabindex=${scrolls(tally.people)}>
      ${tally.people.map(
        (id) =>
          html`<li key=${id}><${Avatar} person=${person(id).value} size="small" /><span dir="auto">${nameOf(id)}</span></li>`,
      )}
      ${rest > 0 && html`<li class="hint">${strings.reactions.others(rest)}</li>`}
    </ul>
  </section>`;
}
