/** Rights in a room's call: a button that asks where one may not, and who asks, for those who may allow it. */

import { doing } from "../state/gathering.js";
import { rightsIn } from "../state/gathering-rights.js";
import { person } from "../state/people.js";
import { conversationIn } from "../state/world.js";
import { strings } from "../strings.js";
import { CallButton } from "./call-controls.js";
import { Avatar } from "./parts/avatar.js";
import { html } from "./parts/html.js";

/** @typedef {import("../state/gathering.js").Gathering} Gathering */
/** @typedef {import("../state/gathering.js").Right} Right */
/** @typedef {{person: string, right: Right}} Ask */

const words = strings.asking;

/** In the place of what one may not use. @param {{view: Gathering, right: Right, icon: import("./parts/call-icon.js").CallIconName, kind?: string}} props */
export function AskButton({ view, right, icon, kind = "" }) {
  const asked = view.asks.includes(right);
  return html`<${CallButton} name=${asked ? words.back[right] : words.ask[right]} icon=${icon}
    kind=${`barred ${asked ? "asked" : ""} ${kind}`} act=${() => doing.ask(right)} />`;
}

/** What others ask for and do not have yet, in the order they came. @param {Gathering} view @returns {Ask[]} */
export function asksOf({ conversation, seats, leads }) {
  const on = conversationIn(conversation).value?.gathering;
  if (!leads || !on) return [];
  return seats
    .filter((seat) => !seat.mine)
    .flatMap(({ person: who, floor }) => floor.asks.map((right) => ({ person: who, right })))
    .filter((one) => !rightsIn(on, one.person, false)[one.right]);
}

/** @param {{ask: Ask}} props */
function Answers({ ask: { person: id, right } }) {
  const { name } = person(id).value;
  return html`
    <button type="button" class="call-pill quiet" aria-label=${`${words.notNow}, ${name}`} onClick=${() => doing.defer(id, right)}>${words.notNow}</button>
    <button type="button" class="call-pill" aria-label=${`${words.allow}, ${name}`} onClick=${() => doing.allow(id, right, true)}>${words.allow}</button>
  `;
}

/** One line of the list of people. @param {{ask: Ask}} props */
export function AskRow({ ask }) {
  const who = person(ask.person).value;
  return html`<li class="gathering-one waiting">
    <${Avatar} person=${who} size="medium" />
    <span class="gathering-name" dir="auto">${words.wants[ask.right](who.name)}</span>
    <span class="gathering-answers"><${Answers} ask=${ask} /></span>
  </li>`;
}

/** One line over the pictures. @param {{ask: Ask}} props */
export function AskNote({ ask }) {
  const { name } = person(ask.person).value;
  return html`<div class="call-note knock"><span>${words.wants[ask.right](name)}</span><${Answers} ask=${ask} /></div>`;
}

/** What became of one's own question, or that it waits; "" when there is none. @param {Gathering} view */
export function ownAskLine({ asks, answered }) {
  if (answered) return words[answered.given ? "given" : "deferred"][answered.right];
  return asks.length ? words.waits : "";
}
