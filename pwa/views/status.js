/** One's own status: how it stands, and the dialog that says it anew. */

import { useState } from "preact/hooks";
import { serverNow } from "../state/server-time.js";
import { MAX_STATUS, ownStatus, setStatus } from "../state/status.js";
import { strings } from "../strings.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { endOf, localMinute } from "./parts/status-words.js";

const KINDS = /** @type {const} */ (["available", "away", "busy"]);
const ENDINGS = /** @type {const} */ (["never", "half", "hour", "today", "at"]);

/** @typedef {Event & {currentTarget: HTMLInputElement & HTMLSelectElement}} Input */

/** @param {{kind: string, choose: (kind: typeof KINDS[number]) => void}} props */
function Kind({ kind, choose }) {
  return html`<fieldset class="status-kinds">
    <legend class="unseen">${strings.status.kind}</legend>
    <div class="choices">
      ${KINDS.map(
        (name) => html`<label key=${name}>
          <input type="radio" name="status" value=${name} checked=${kind === name} onChange=${() => choose(name)} />
          <span><i class=${`dot ${name === "available" ? "" : name}`} aria-hidden="true"></i>${strings.status.kinds[name]}</span>
        </label>`,
      )}
    </div>
    ${kind === "busy" && html`<p class="hint">${strings.status.busyHint}</p>`}
  </fieldset>`;
}

/** @param {{text: string, write: (text: string) => void}} props */
function Words({ text, write }) {
  return html`<div class="field">
    <label for="status-text">${strings.status.text}</label>
    <input id="status-text" value=${text} maxlength=${MAX_STATUS} dir="auto" autocomplete="off" placeholder=${strings.status.placeholder}
      onInput=${(/** @type {Input} */ event) => write(event.currentTarget.value)} />
    <div class="ideas" role="group" aria-label=${strings.status.ideas}>
      ${strings.status.idea.map(
        (idea) =>
          html`<button type="button" class="idea" key=${idea} onClick=${() => write(idea)}>${idea}</button>`,
      )}
    </div>
  </div>`;
}

/** @param {{ends: string, at: string, choose: (ends: string) => void, choosing: (at: string) => void}} props */
function Ending({ ends, at, choose, choosing }) {
  return html`<div class="status-ends"><div class="field">
    <label for="status-ends">${strings.status.ends}</label>
    <select id="status-ends" value=${ends} onChange=${(/** @type {Input} */ event) => choose(event.currentTarget.value)}>
      ${ENDINGS.map((name) => html`<option value=${name} key=${name}>${strings.status.ending[name]}</option>`)}
    </select>
    </div>
    ${
      ends === "at" &&
      html`<div class="field"><input type="datetime-local" aria-label=${strings.status.at} value=${at} min=${localMinute(serverNow())}
        onInput=${(/** @type {Input} */ event) => choosing(event.currentTarget.value)} /></div>`
    }
  </div>`;
}

/** @param {{close: () => void}} props */
export function Status({ close }) {
  const now = ownStatus.peek();
  const [kind, setKind] = useState(now.status);
  const [text, setText] = useState(now.text);
  const [ends, setEnds] = useState(now.until ? "at" : "never");
  const [at, setAt] = useState(localMinute(now.until || serverNow() + 2 * 3_600_000));
  const [wrong, setWrong] = useState("");
  const say = async (/** @type {import("../state/status.js").Said} */ said) => {
    try {
      await setStatus(said);
      close();
    } catch (error) {
      setWrong(/** @type {Error} */ (error).message);
    }
  };
  const save = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const until = endOf(ends, at, serverNow());
    if (Number.isNaN(until)) setWrong(strings.status.past);
    else say({ status: kind, text: text.trim(), until });
  };
  const clear = () => say({ status: "available", text: "", until: 0 });
  return html`<${Dialog} label=${strings.status.title} close=${close}>
    <form class="card status-card" onSubmit=${save}>
      <div class="head-line">
        <h2>${strings.status.title}</h2>
        <button type="button" class="icon-button" aria-label=${strings.close} onClick=${close}><${Icon} name="close" /></button>
      </div>
      <${Kind} kind=${kind} choose=${setKind} />
      <${Words} text=${text} write=${setText} />
      <${Ending} ends=${ends} at=${at} choose=${setEnds} choosing=${setAt} />
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
      <div class="actions">
        <button type="button" class="button" onClick=${clear}>${strings.status.clear}</button>
        <button type="submit" class="button primary">${strings.save}</button>
      </div>
    </form>
  <//>`;
}
