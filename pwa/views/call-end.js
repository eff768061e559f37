/** The end of a call: how it ended, how long it was, and calling again. */

import { dismiss, startCall } from "../state/calls.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { endingWords } from "./call-words.js";
import { Avatar } from "./parts/avatar.js";
import { html } from "./parts/html.js";
import { length } from "./parts/time.js";

/** @param {{call: import("../state/calls.js").CallState}} props */
export function CallEnd({ call }) {
  const who = person(call.person).value;
  const again = () => startCall(call.conversation, { video: call.video });
  return html`<div class="call-face end">
    <${Avatar} person=${who} size="huge" />
    <h1 dir="auto">${who.name}</h1>
    <p role="status">
      ${endingWords(call, who.name)}
      ${call.seconds > 0 && html`<span class="call-length">${length(call.seconds)}</span>`}
    </p>
    <div class="call-after">
      ${call.reason !== "refused" && html`<button type="button" class="button again" onClick=${again}>${strings.calls.again}</button>`}
      <button type="button" class="button shut" onClick=${dismiss} autofocus>${strings.close}</button>
    </div>
  </div>`;
}
