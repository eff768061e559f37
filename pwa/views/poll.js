/** A poll in its bubble: what may be answered, how many did, and one's own choice. */

import { person } from "../state/people.js";
import { NOBODY } from "../state/tallies.js";
import { pressed, vote } from "../state/voting.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { html } from "./parts/html.js";
import { perLocale } from "./parts/locale.js";

/** @typedef {import("../state/messages.js").MessageItem} MessageItem */
/** @typedef {import("../protocol/types.js").Tally} Tally */

const MOST_FACES = 3;

const share = perLocale((tag) => new Intl.NumberFormat(tag, { style: "percent" }));
const whole = perLocale((tag) => new Intl.NumberFormat(tag));

/** Up and down move among the options and choose nothing: a vote is seen by others. @param {KeyboardEvent & {currentTarget: HTMLElement}} event */
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  const all = [...event.currentTarget.querySelectorAll("button")];
  const at = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  all[(at + step + all.length) % all.length]?.focus();
}

/** @param {{tally: Tally}} props */
function Faces({ tally }) {
  return html`<span class="poll-faces" aria-hidden="true">
    ${tally.people.slice(0, MOST_FACES).map((id) => html`<${Avatar} key=${id} person=${person(id).value} size="small" />`)}
  </span>`;
}

/** @param {{text: string, tally: Tally, part: number, chosen: boolean, several: boolean, off: boolean, act: () => void}} props */
function Option({ text, tally, part, chosen, several, off, act }) {
  const percent = share().format(part);
  return html`<button type="button" class="poll-option" role=${several ? "checkbox" : "radio"} aria-checked=${chosen} disabled=${off}
    aria-label=${strings.polls.choice(text, tally.count, percent)} onClick=${act}>
    <span class="poll-mark" aria-hidden="true"></span>
    <span class="poll-text" dir="auto">${text}</span>
    <${Faces} tally=${tally} />
    <span class="poll-count"><span>${whole().format(tally.count)}</span> <span class="poll-percent">${percent}</span></span>
    <span class="poll-bar" aria-hidden="true"><i style=${{ inlineSize: `${part * 100}%` }}></i></span>
  </button>`;
}

/** @param {{id: string, item: MessageItem, details: () => void}} props */
export function Poll({ id, item, details }) {
  const { poll, votes, chosen, closed, seq } = item;
  if (!poll) return null;
  const tallies = poll.options.map((_, at) => votes[at] ?? NOBODY);
  const total = tallies.reduce((sum, { count }) => sum + count, 0);
  const cast = (/** @type {number[]} */ choices) => vote(id, seq, choices);
  const off = closed || seq === 0;
  const act = (/** @type {number} */ at) => () => {
    if (poll.multiple || !chosen.includes(at)) cast(pressed(chosen, at, poll.multiple));
  };
  return html`<div class="poll">
    <div class="poll-options" role=${poll.multiple ? "group" : "radiogroup"} aria-label=${item.text} onKeyDown=${walk}>
      ${poll.options.map(
        (
          text,
          at,
        ) => html`<${Option} key=${at} text=${text} tally=${tallies[at]} part=${total ? tallies[at].count / total : 0}
          chosen=${chosen.includes(at)} several=${poll.multiple} off=${off} act=${act(at)} />`,
      )}
    </div>
    <p class="poll-foot">
      ${total > 0 ? html`<button type="button" class="poll-link" aria-haspopup="dialog" onClick=${details}>${strings.polls.votes(total)}</button>` : html`<span>${strings.polls.noVotes}</span>`}
      ${closed ? html`<span class="poll-closed">${strings.polls.closed}</span>` : poll.multiple && html`<span>${strings.polls.several}</span>`}
      ${!off && chosen.length > 0 && html`<button type="button" class="poll-link" onClick=${() => cast([])}>${strings.polls.takeBack}</button>`}
    </p>
  </div>`;
}
