/** The few lines over the pictures: who wants in, what could not be had, how the line is. */

import { doing, leaveRoom } from "../state/gathering.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { Meanwhile, Waits } from "./call-waits.js";
import { swapWords } from "./call-words.js";
import { AskNote, asksOf, ownAskLine } from "./gathering-asks.js";
import { calledWords } from "./gathering-called.js";
import { CallProblem } from "./parts/call-problem.js";
import { html } from "./parts/html.js";

/** @typedef {import("../state/gathering.js").Gathering} Gathering */

const words = strings.gathering;

/** @param {{who: string}} props */
function Knock({ who }) {
  const { name } = person(who).value;
  return html`<div class="call-note knock">
    <span>${words.knocks(name)}</span>
    <button type="button" class="call-pill quiet" aria-label=${`${words.turnAway}, ${name}`} onClick=${() => doing.admit(who, false)}>${words.turnAway}</button>
    <button type="button" class="call-pill" aria-label=${`${words.admit}, ${name}`} onClick=${() => doing.admit(who, true)}>${words.admit}</button>
  </div>`;
}

/** What there is to say of the call itself, the weightiest first. @param {Gathering} view @param {string[]} called */
function lineOf(view, called) {
  if (view.refused) return view.refused;
  if (view.unheard) return words.unheard;
  if (view.silenced && view.muted) return words.silenced(person(view.silenced).value.name);
  if (view.talking) return strings.gear.muted;
  if (view.swap) return swapWords(view.swap);
  if (view.phase !== "live") return "";
  if (view.why && (view.quality === "fair" || view.quality === "poor"))
    return strings.gear.ownLine[view.why][view.quality];
  if (view.sharing) return words.youShare;
  return called.length || view.seats.some((seat) => !seat.mine) ? "" : words.alone;
}

/** @param {{view: Gathering, knocks: boolean, called: string[]}} props `called`: who is being called */
export function GatheringNotes({ view, knocks, called }) {
  const line = ownAskLine(view) || lineOf(view, called);
  const who = view.phase === "live" ? calledWords(called) : "";
  const asks = knocks ? asksOf(view) : [];
  return html`<div class="call-notes">
    <${Waits} leave=${doing.leave} />
    <${Meanwhile} leave=${leaveRoom} room />
    ${knocks && view.leads && view.knocking.slice(0, 2).map((who) => html`<${Knock} key=${who} who=${who} />`)}
    ${asks.slice(0, 2).map((ask) => html`<${AskNote} key=${`${ask.person} ${ask.right}`} ask=${ask} />`)}
    <div class="gathering-lines" role="status">
      <${CallProblem} problems=${view.problems} />
      ${line && html`<p class="call-note">${line}</p>`}
      ${who && html`<p class="call-note">${who}</p>`}
    </div>
  </div>`;
}
