/** "That's me": this device waits, showing the code that the other one shows too. */

import { useState } from "preact/hooks";
import { cancelClaim, claim, claimName } from "../state/session.js";
import { strings } from "../strings-first.js";
import { html } from "./parts/html.js";

export function Waiting() {
  const [wrong, setWrong] = useState("");
  const asked = claim.value;
  if (!asked) return null;
  const words = asked.by === "code" ? strings.waitingByCode : strings.waiting;
  const over = asked.state === "waiting" ? "" : words[asked.state];
  const again = () => {
    setWrong("");
    claimName(asked.username).catch((error) => setWrong(error.message));
  };
  return html`<section class="waiting" role="status">
    ${
      over
        ? html`<p>${wrong || over}</p>
            ${
              asked.by === "name" &&
              html`<button type="button" class="button primary" onClick=${again}>${strings.waiting.again}</button>`
            }`
        : html`<h2><span class="spinner" aria-hidden="true"></span>${strings.waiting.title}</h2>
            <p class="code" aria-hidden="true">${asked.code}</p>
            <p class="unseen">${strings.waiting.code(asked.code)}</p>
            ${
              asked.by === "code"
                ? html`<p dir="auto">${strings.waitingByCode.how(asked.username)}</p>`
                : html`<p>${strings.waiting.how}</p><p class="hint">${strings.waiting.host}</p>`
            }`
    }
    <button type="button" class="button quiet" onClick=${cancelClaim}>${asked.by === "code" ? strings.waitingByCode.back : strings.join.anotherName}</button>
  </section>`;
}
