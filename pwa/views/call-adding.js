/** Who else is taken into a call. One between two goes on in a room of all of them; in that of a room, they are called. */

import { useState } from "preact/hooks";
import { MAX_TAKEN_IN, MAX_TITLE } from "../protocol/limits.js";
import { addToCall } from "../state/calls.js";
import { doing } from "../state/gathering.js";
import { EVERYONE } from "../state/members.js";
import { membersOf } from "../state/mentions.js";
import { everyone, person } from "../state/people.js";
import { session } from "../state/session.js";
import { strings } from "../strings.js";
import { ChoosePeople } from "./parts/choose-people.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { allOf } from "./parts/locale.js";

/** What a room of these people is called where nobody thought of a name, cut where it is too long. @param {string[]} people */
function titleOf(people) {
  const title = allOf(people.map((id) => person(id).peek().name));
  const letters = [...title];
  return letters.length > MAX_TITLE ? `${letters.slice(0, MAX_TITLE - 1).join("")}…` : title;
}

/** @param {{people: import("../state/people.js").Person[], hint: string, call: (chosen: string[]) => Promise<unknown>|void, close: () => void}} props */
function Adding({ people, hint, call, close }) {
  const [chosen, choose] = useState(/** @type {string[]} */ ([]));
  const [wrong, setWrong] = useState("");
  const { rooms } = strings;
  const add = async () => {
    setWrong("");
    try {
      await call(chosen);
      close();
    } catch (error) {
      setWrong(/** @type {Error} */ (error).message);
    }
  };
  return html`<${Dialog} label=${rooms.add} close=${close}>
    <div class="card add-people">
      <h2>${rooms.add}</h2>
      <p class="hint">${hint}</p>
      <${ChoosePeople} people=${people} chosen=${chosen} choose=${choose} />
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
      <div class="actions">
        <button type="button" class="button" onClick=${close}>${strings.cancel}</button>
        <button type="button" class="button primary" disabled=${!chosen.length || chosen.length > MAX_TAKEN_IN} onClick=${add}>${strings.call.addNow}</button>
      </div>
    </div>
  <//>`;
}

/** @param {{call: import("../state/calls.js").CallState, close: () => void}} props */
export function AddToCall({ call, close }) {
  const others = everyone.value.filter(({ id }) => id !== call.person);
  const add = (/** @type {string[]} */ chosen) =>
    addToCall(chosen, titleOf([session.peek().me, call.person, ...chosen]));
  return html`<${Adding} people=${others} hint=${strings.call.addHint} call=${add} close=${close} />`;
}

/** Who may be called into it: for who leads the room anybody, else those who are in the room. @param {import("../state/gathering.js").Gathering} view */
export function callable({ conversation, seats, leads, may }) {
  if (!leads && !may.write) return [];
  const inside = new Set(seats.map((seat) => seat.person));
  const people = leads ? everyone.value : membersOf(conversation).value;
  return people.filter(({ id }) => !inside.has(id));
}

/** @param {{view: import("../state/gathering.js").Gathering, close: () => void}} props */
export function AddToGathering({ view, close }) {
  const { addHint, addHintNew } = strings.gathering;
  const hint = view.leads && view.conversation !== EVERYONE ? addHintNew : addHint;
  return html`<${Adding} people=${callable(view)} hint=${hint} call=${doing.summon} close=${close} />`;
}
