/** Who is in a room's call, all of them by name, for whoever is not in it. */

import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { Dialog } from "./parts/dialog.js";
import { scrolls } from "./parts/faces.js";
import { html } from "./parts/html.js";
import { nameOf } from "./quote.js";

/** @param {{people: string[], close: () => void}} props */
export function Attending({ people, close }) {
  const title = strings.gathering.panel;
  return html`<${Dialog} label=${title} close=${close}>
    <div class="card details">
      <h2>${title}</h2>
      <ul class="faces" role="list" aria-label=${title} tabindex=${scrolls(people)}>
        ${people.map(
          (id) =>
            html`<li key=${id}><${Avatar} person=${person(id).value} size="small" /><span dir="auto">${nameOf(id)}</span></li>`,
        )}
      </ul>
      <div class="actions"><button type="button" class="button" onClick=${close}>${strings.close}</button></div>
    </div>
  <//>`;
}
