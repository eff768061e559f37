/** The row of round buttons. The state is in each one's name: what it would do now. */

import { hangUp, mute, shareScreen, switchCamera, turnCamera } from "../state/calls.js";
import { strings } from "../strings.js";
import { CallIcon } from "./parts/call-icon.js";
import { html } from "./parts/html.js";

const words = strings.call;

/** @param {{name: string, icon: import("./parts/call-icon.js").CallIconName, act: () => void, kind?: string}} props */
export function CallButton({ name, icon, act, kind = "" }) {
  return html`<button type="button" class=${`call-button ${kind}`} aria-label=${name} title=${name} onClick=${act}>
    <${CallIcon} name=${icon} />
  </button>`;
}

/** @param {{call: import("../state/calls.js").CallState}} props */
export function MuteButton({ call }) {
  return html`<${CallButton} name=${call.muted ? words.unmute : words.mute} icon=${call.muted ? "microphone-off" : "microphone"}
    kind=${call.muted ? "on" : ""} act=${() => mute(!call.muted)} />`;
}

export function EndButton() {
  return html`<${CallButton} name=${words.end} icon="end" kind="end" act=${hangUp} />`;
}

/** @param {{call: import("../state/calls.js").CallState, add: () => void, more: boolean, turn: () => void}} props `more` is open, and `turn` opens or closes it */
export function CallControls({ call, add, more, turn }) {
  const { camera, canFlip, canShare, sharing } = call;
  return html`<div class="call-controls">
    <${MuteButton} call=${call} />
    <${CallButton} name=${camera ? words.cameraOff : words.cameraOn} icon=${camera ? "camera" : "camera-off"}
      kind=${camera ? "" : "on"} act=${() => turnCamera(!camera)} />
    ${canFlip && html`<${CallButton} name=${words.flip} icon="flip" act=${switchCamera} />`}
    ${
      canShare &&
      html`<${CallButton} name=${sharing ? words.unshare : words.share} icon=${sharing ? "screen-off" : "screen"}
        kind=${sharing ? "on" : ""} act=${() => shareScreen(!sharing)} />`
    }
    ${call.startedAt > 0 && html`<${CallButton} name=${strings.rooms.add} icon="add" act=${add} />`}
    <button type="button" class=${more ? "call-button open" : "call-button"} aria-label=${strings.gathering.more} title=${strings.gathering.more}
      aria-expanded=${more} onClick=${turn}><${CallIcon} name="more" /></button>
    <${EndButton} />
  </div>`;
}
