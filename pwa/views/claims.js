/** Another device says "That's me": the same code on both screens, and a yes or a no. */

import { useState } from "preact/hooks";
import { answerClaim, claims } from "../state/claims.js";
import { strings } from "../strings.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";

/** @param {{asked: {claim: string, device_name: string, code: string, by: "name"|"code"}}} props */
function Claim({ asked }) {
  const [wrong, setWrong] = useState("");
  const byCode = asked.by === "code"; // one's own doing, a moment ago
  const title = (byCode ? strings.claim.adds : strings.claim.asks)(asked.device_name);
  const say = (/** @type {boolean} */ allow) =>
    answerClaim(asked.claim, allow).catch((error) => setWrong(error.message));
  return html`<${Dialog} label=${title} close=${() => say(false)}>
    <div class="card claim">
      <h2 dir="auto">${title}</h2>
      <p class="code" aria-hidden="true">${asked.code}</p>
      <p class="unseen">${strings.waiting.code(asked.code)}</p>
      <p>${byCode ? strings.claim.howAdds : strings.claim.how}</p>
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
      <div class="actions">
        <button type="button" class="button danger" onClick=${() => say(false)}>${strings.claim.refuse}</button>
        <button type="button" class="button primary" onClick=${() => say(true)}>${strings.claim.allow}</button>
      </div>
    </div>
  <//>`;
}

export function Claims() {
  const [first] = claims.value;
  return first ? html`<${Claim} asked=${first} key=${first.claim} />` : null;
}
