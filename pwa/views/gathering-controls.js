/** The row of round buttons of a room's call, and the emoji that float over it. The state is in each one's name. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { doing } from "../state/gathering.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { CallButton } from "./call-controls.js";
import { AskButton } from "./gathering-asks.js";
import { CallIcon } from "./parts/call-icon.js";
import { html } from "./parts/html.js";

/** @typedef {import("../state/gathering.js").Gathering} Gathering */
/** @typedef {import("./gathering.js").Panel} Panel */

const words = strings.gathering;
const QUICK = ["👍", "❤️", "😂", "😮", "👏", "🎉"];

/** Muted or not; the same large and small. @param {{view: Gathering}} props */
export function MuteGathering({ view }) {
  const { muted, may } = view;
  if (!may.speak) return html`<${AskButton} view=${view} right="speak" icon="microphone-off" />`;
  return html`<${CallButton} name=${muted ? strings.call.unmute : strings.call.mute} icon=${muted ? "microphone-off" : "microphone"}
    kind=${muted ? "on" : ""} act=${() => doing.mute(!muted)} />`;
}

export function LeaveGathering() {
  return html`<${CallButton} name=${words.leave} icon="end" kind="end" act=${() => doing.leave()} />`;
}

/** @param {{name: string, icon: import("./parts/call-icon.js").CallIconName, open: boolean, act: () => void}} props */
function Opener({ name, icon, open, act }) {
  return html`<button type="button" class=${open ? "call-button open" : "call-button"} aria-label=${name} title=${name} aria-expanded=${open} onClick=${act}>
    <${CallIcon} name=${icon} />
  </button>`;
}

/** @param {{view: Gathering, live: boolean, panel: Panel, toggle: (panel: Panel) => void}} props */
export function GatheringControls({ view, live, panel, toggle }) {
  const { camera, canFlip, canShare, sharing, hand, may } = view;
  return html`<div class="call-controls">
    <${MuteGathering} view=${view} />
    ${
      may.show
        ? html`<${CallButton} name=${camera ? strings.call.cameraOff : strings.call.cameraOn} icon=${camera ? "camera" : "camera-off"}
          kind=${camera ? "" : "on"} act=${() => doing.turnCamera(!camera)} />`
        : html`<${AskButton} view=${view} right="show" icon="camera-off" />`
    }
    ${canFlip && html`<${CallButton} name=${strings.call.flip} icon="flip" kind="roomy" act=${() => doing.flip()} />`}
    ${
      live &&
      html`
      ${canShare && !may.share && html`<${AskButton} view=${view} right="share" icon="screen" kind="roomy" />`}
      ${
        canShare &&
        may.share &&
        html`<${CallButton} name=${sharing ? strings.call.unshare : strings.call.share} icon=${sharing ? "screen-off" : "screen"}
          kind=${sharing ? "on roomy" : "roomy"} act=${() => doing.share(!sharing)} />`
      }
      <${CallButton} name=${hand ? words.lower : words.raise} icon="hand" kind=${hand ? "on" : ""} act=${() => doing.raise(!hand)} />
      <${Opener} name=${words.cheer} icon="smile" open=${panel === "cheer"} act=${() => toggle("cheer")} />
      <${Opener} name=${words.more} icon="more" open=${panel === "more"} act=${() => toggle("more")} />`
    }
    <${LeaveGathering} />
  </div>`;
}

/** Six at hand; it stays open, for one is rarely enough. @param {{close: () => void}} props */
export function QuickCheers({ close }) {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  useLayoutEffect(() => {
    const before = document.activeElement;
    box.current?.querySelector("button")?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const leave = (/** @type {FocusEvent} */ event) => {
    const to = event.relatedTarget;
    if (
      to instanceof Element &&
      !box.current?.contains(to) &&
      to.getAttribute("aria-expanded") !== "true"
    )
      close();
  };
  return html`<div ref=${box} class="gathering-quick" role="group" aria-label=${words.cheer} onFocusOut=${leave}>
    ${QUICK.map(
      (emoji) =>
        html`<button type="button" key=${emoji} class="emoji" aria-label=${words.cheerWith(emoji)} onClick=${() => doing.cheer(emoji)}>${emoji}</button>`,
    )}
  </div>`;
}

/** They rise and fade, each from a place of its own. @param {{cheers: Gathering["cheers"]}} props */
export function Cheers({ cheers }) {
  return html`<div class="gathering-cheers" aria-hidden="true">
    ${cheers.map(({ key, emoji, person: who }) => {
      const style = { insetInlineStart: `${8 + ((key * 37) % 70)}%` };
      return html`<span class="cheer" key=${key} style=${style}><b>${emoji}</b><i dir="auto">${person(who).value.name}</i></span>`;
    })}
  </div>`;
}
