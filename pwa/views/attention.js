/** What one wants to hear of a conversation: a card to stand where the conversation or its person is described. */

import { useState } from "preact/hooks";
import {
  FOR_GOOD,
  level,
  mute,
  muted,
  muteFor,
  preference,
  setLevel,
} from "../state/preferences.js";
import { strings } from "../strings.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { dayAhead, timeOfDay } from "./parts/time.js";

const LEVELS = /** @type {const} */ (["all", "mentions", "none"]);
const HOUR = 3_600_000; // ms
const SPANS = /** @type {const} */ ({ hour: HOUR, eight: 8 * HOUR, week: 7 * 24 * HOUR });

/** @param {string} id */
function mutedWords(id) {
  const until = preference(id).value.muted_until;
  if (until >= FOR_GOOD) return strings.attention.mutedForGood;
  return strings.attention.mutedUntil(dayAhead(until), timeOfDay(until));
}

/** @param {{id: string, act: (step: () => Promise<void>) => void, close: () => void}} props */
function MuteFor({ id, act, close }) {
  const choose = (/** @type {() => Promise<void>} */ step) => () => {
    act(step);
    close();
  };
  const spans = /** @type {(keyof typeof SPANS)[]} */ (Object.keys(SPANS));
  return html`<${Dialog} label=${strings.attention.muteTitle} close=${close}>
    <div class="card">
      <h2>${strings.attention.muteTitle}</h2>
      <p class="hint">${strings.attention.muteHint}</p>
      <ul role="list" class="spans">
        ${spans.map(
          (span) => html`<li key=${span}>
            <button type="button" class="button" onClick=${choose(() => muteFor(id, SPANS[span]))}>${strings.attention.spans[span]}</button>
          </li>`,
        )}
        <li><button type="button" class="button" onClick=${choose(() => mute(id, FOR_GOOD))}>${strings.attention.spans.forGood}</button></li>
      </ul>
      <div class="actions">
        <button type="button" class="button" onClick=${close}>${strings.cancel}</button>
      </div>
    </div>
  <//>`;
}

/** @param {{id: string}} props the conversation's */
export function Attention({ id }) {
  const [choosing, setChoosing] = useState(false);
  const [wrong, setWrong] = useState("");
  const act = (/** @type {() => Promise<void>} */ step) => {
    setWrong("");
    step().catch((error) => setWrong(error.message));
  };
  const quiet = muted(id).value;
  return html`<section class="panel attention">
    <h2 id="attention">${strings.attention.title}</h2>
    <div class="choices" role="radiogroup" aria-labelledby="attention">
      ${LEVELS.map(
        (name) => html`<label key=${name}>
          <input type="radio" name="level" value=${name} checked=${level(id).value === name} onChange=${() => act(() => setLevel(id, name))} />
          <span>${strings.attention.levels[name]}</span>
        </label>`,
      )}
    </div>
    <div class="setting">
      <${Icon} name=${quiet ? "muted" : "bell"} />
      <span class="row-text" role="status">${quiet ? mutedWords(id) : strings.attention.loud}</span>
      ${
        quiet
          ? html`<button type="button" class="button" onClick=${() => act(() => mute(id, 0))}>${strings.attention.unmute}</button>`
          : html`<button type="button" class="button" onClick=${() => setChoosing(true)}>${strings.attention.mute}</button>`
      }
    </div>
    ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
    ${choosing && html`<${MuteFor} id=${id} act=${act} close=${() => setChoosing(false)} />`}
  </section>`;
}
