/** Somebody calls: the whole screen, who it is, and the ways to answer. Escape does not decline, it only would by mistake. */

import { useState } from "preact/hooks";
import { accept, decline } from "../state/calls.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { CallIcon } from "./parts/call-icon.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { later } from "./parts/later.js";
import { WriteInstead } from "./parts/write-instead.js";

const words = strings.call;

const AnswerPreview = later(async () => (await import("./call-preview.js")).AnswerPreview, "trial");

/** @param {{name: string, kind: string, icon: import("./parts/call-icon.js").CallIconName, act: () => void, first?: boolean}} props */
export function Way({ name, kind, icon, act, first = false }) {
  return html`<div class="call-way">
    <button type="button" class=${`call-button large ${kind}`} aria-label=${name} onClick=${act} autofocus=${first}>
      <${CallIcon} name=${icon} />
    </button>
    <span aria-hidden="true">${name}</span>
  </div>`;
}

/** @param {{act: () => void}} props */
export function LookFirst({ act }) {
  return html`<button type="button" class="call-instead" onClick=${act}><${CallIcon} name="sliders" small />${strings.gear.look}</button>`;
}

/** @param {{call: import("../state/calls.js").CallState}} props */
export function Incoming({ call }) {
  const who = person(call.person).value;
  const [looks, setLooks] = useState(false);
  const { video } = call;
  return html`<${Dialog} label=${words.incoming} kind="call incoming">
    <div class="call-face">
      <span class="call-pulse"><${Avatar} person=${who} size="huge" /></span>
      <h1 dir="auto">${who.name}</h1>
      <p>${video ? words.incomingVideo : words.incomingVoice}</p>
    </div>
    <div class="call-ways">
      <${Way} name=${words.decline} kind="end" icon="end" act=${decline} />
      ${video && html`<${Way} name=${words.acceptAudio} kind="" icon="phone" act=${() => accept({ video: false })} />`}
      <${Way} name=${words.accept} kind="answer" icon=${video ? "camera" : "phone"} act=${() => accept({ video: true })} first />
    </div>
    <div class="call-insteads">
      <${LookFirst} act=${() => setLooks(true)} />
      <${WriteInstead} conversation=${call.conversation} decline=${decline} />
    </div>
  </${Dialog}>
  ${looks && html`<${AnswerPreview} call=${call} close=${() => setLooks(false)} />`}`;
}
