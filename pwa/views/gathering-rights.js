/** What one person may do in a room's call beside the others, for who leads it. */

import { doing } from "../state/gathering.js";
import { rightsIn } from "../state/gathering-rights.js";
import { person } from "../state/people.js";
import { roleOf } from "../state/rooms.js";
import { conversationIn } from "../state/world.js";
import { strings } from "../strings.js";
import { CallSwitch } from "./gathering-switch.js";
import { html } from "./parts/html.js";

/** @typedef {import("../state/gathering.js").Seat} Seat */

const words = strings.gathering;
export const RIGHTS = /** @type {const} */ (["speak", "show", "share", "write"]);

/** What not everybody may, and this one can be allowed; who leads may everything. @param {{seat: Seat, conversation: string}} props */
export function Rights({ seat, conversation }) {
  const row = conversationIn(conversation).value;
  const on = row?.gathering;
  if (!on || !row.room || roleOf(row.room, seat.person) !== "member") return null;
  const open = RIGHTS.filter((right) => !on.rights.includes(right));
  if (!open.length) return null;
  const may = rightsIn(on, seat.person, false);
  return html`<fieldset class="gathering-rights">
    <legend>${strings.asking.may(person(seat.person).value.name)}</legend>
    ${open.map(
      (right) =>
        html`<${CallSwitch} key=${right} name=${words.right[right]} on=${may[right]} turn=${(/** @type {boolean} */ to) => doing.allow(seat.person, right, to)} />`,
    )}
  </fieldset>`;
}
