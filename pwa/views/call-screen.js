/** The call on the whole screen: pictures, one line above, buttons below that step aside while nobody needs them. */

import { leaveCall, mute, turnCamera } from "../state/calls.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { CallClock, CallLine } from "./call-clock.js";
import { CallButton, CallControls } from "./call-controls.js";
import { CallEnd } from "./call-end.js";
import { CallMore } from "./call-more.js";
import { CallStage, showsThem } from "./call-stage.js";
import { Meanwhile, Waits } from "./call-waits.js";
import { qualityWords, statusWords, swapWords } from "./call-words.js";
import { useCallKeys } from "./parts/call-keys.js";
import { pictureInPicture } from "./parts/call-picture.js";
import { CallProblem } from "./parts/call-problem.js";
import { useQuiet } from "./parts/call-quiet.js";
import { html } from "./parts/html.js";

/** @typedef {import("../state/calls.js").CallState} CallState */

const words = strings.call;

/** @param {{call: CallState, minimise: () => void}} props */
function Bar({ call, minimise }) {
  const { name } = person(call.person).value;
  const pip = document.pictureInPictureEnabled && showsThem(call);
  return html`<header class="call-bar">
    <${CallButton} name=${words.minimise} icon="minimise" kind="plain" act=${minimise} />
    <div class="call-who">
      <h1 dir="auto">${name}</h1>
      <p role="status">${statusWords(call)}</p>
      ${call.startedAt > 0 && !statusWords(call) && html`<div class="call-when"><${CallClock} since=${call.startedAt} /><${CallLine} call=${call} /></div>`}
    </div>
    ${pip ? html`<${CallButton} name=${words.pip} icon="picture" kind="plain" act=${pictureInPicture} />` : html`<span class="call-gap"></span>`}
  </header>`;
}

/** @param {{call: CallState}} props */
function Notes({ call }) {
  const { name } = person(call.person).value;
  const line =
    (call.talking && strings.gear.muted) ||
    (call.swap && swapWords(call.swap)) ||
    qualityWords(call) ||
    (call.phase === "live" && call.other.muted ? words.theyMuted(name) : "");
  return html`<div class="call-notes">
    <${Waits} leave=${leaveCall} />
    <${Meanwhile} leave=${leaveCall} />
    <div class="gathering-lines" role="status">
      <${CallProblem} problems=${call.problems} />
      ${line && html`<p class="call-note">${line}</p>`}
    </div>
  </div>`;
}

/** @param {{call: CallState, minimise: () => void, add: () => void, more: boolean, open: (more: boolean) => void}} props `more` lies beside the pictures */
export function CallScreen({ call, minimise, add, more, open }) {
  const seen = call.phase === "live" && showsThem(call);
  const mayHide = seen && call.problems.length === 0 && !more;
  const { hidden, listen, show } = useQuiet(mayHide);
  useCallKeys({ m: () => mute(!call.muted), v: () => turnCamera(!call.camera) }, show);
  if (call.phase === "ended") return html`<${CallEnd} call=${call} />`;
  return html`<div class="call-whole" data-hidden=${hidden || undefined} ...${listen}>
    <${CallStage} call=${call} />
    <${Bar} call=${call} minimise=${minimise} />
    <${Notes} call=${call} />
    <${CallControls} call=${call} add=${add} more=${more} turn=${() => open(!more)} />
    ${more && html`<${CallMore} call=${call} close=${() => open(false)} />`}
  </div>`;
}
