/** On a new device: the letters that another device of the same person shows. */

import { useEffect, useRef, useState } from "preact/hooks";
import { claimByCode } from "../state/session.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";

const LONGEST = 12; // with a dash or spaces between

/** @param {{wrong: string, leave: () => void}} props `wrong`: what is the matter with a code that was scanned */
export function CodeEntry({ wrong: scanned, leave }) {
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(scanned);
  const [busy, setBusy] = useState(false);
  const field = useRef(/** @type {HTMLInputElement|null} */ (null));
  useEffect(() => field.current?.focus(), []);
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (!typed.trim() || busy) return;
    setBusy(true);
    await claimByCode({ typed }).catch((error) => {
      setWrong(error.message);
      setBusy(false);
      field.current?.select();
    });
  };
  return html`<form class="join-form" onSubmit=${submit}>
    <div class="field">
      <label for="device-code">${strings.codeEntry.label}</label>
      <input id="device-code" ref=${field} class="code-field" value=${typed} maxlength=${LONGEST} required dir="ltr"
        autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" enterkeyhint="go"
        aria-describedby=${wrong ? "code-wrong code-how" : "code-how"} aria-invalid=${wrong ? "true" : undefined}
        onInput=${(/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) => setTyped(event.currentTarget.value)} />
      ${wrong && html`<p class="wrong" id="code-wrong" role="alert">${wrong}</p>`}
      <p class="hint" id="code-how">${strings.codeEntry.how}</p>
    </div>
    <button type="submit" class="button primary" disabled=${busy}>${busy ? strings.codeEntry.busy : strings.codeEntry.go}</button>
    <button type="button" class="button quiet" onClick=${leave}>${strings.back}</button>
  </form>`;
}
