/** Says when there is no line, and stays quiet about hiccups that are over before anybody could read about them. */

import { useEffect, useState } from "preact/hooks";
import { connection } from "../state/connection.js";
import { nudge } from "../state/start.js";
import { strings } from "../strings-first.js";
import { html } from "./parts/html.js";

const PATIENCE = 1500; // ms without a line before anything is said

export function ConnectionBanner() {
  const { state } = connection.value;
  const up = state === "online";
  const [late, setLate] = useState(false);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    setLate(false);
    setAsked(false);
    if (up) return undefined;
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [up]);
  return html`<div role="status">
    ${
      late &&
      !up &&
      html`<div class="banner wraps">
        ${state === "connecting" && html`<span class="spinner" aria-hidden="true"></span>`}
        <span>${strings.connection[state === "connecting" ? "connecting" : "offline"]}</span>
        ${
          state === "offline" &&
          html`<span class="actions">
            <button type="button" class="button quiet" aria-expanded=${asked} onClick=${() => setAsked(!asked)}>${strings.connection.why}</button>
            <button type="button" class="button quiet" onClick=${nudge}>${strings.connection.now}</button>
          </span>`
        }
        ${asked && html`<p>${navigator.onLine ? strings.connection.noAnswer : strings.connection.noNetwork}</p>`}
      </div>`
    }
  </div>`;
}
