/** The pictures of a call: the other side large, oneself in a corner, and a tap swaps them. Without pictures, faces. */

import { useRef, useState } from "preact/hooks";
import { tileSize } from "../call/layout.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { useCorner, useSize } from "./parts/call-corner.js";
import { Reading } from "./parts/call-reading.js";
import { CallVideo } from "./parts/call-video.js";
import { html } from "./parts/html.js";

/** @typedef {import("../state/calls.js").CallState} CallState */

const INSETS = { top: 76, right: 16, bottom: 116, left: 16 }; // the bar above, the controls below

/** Do pictures come from the other side? @param {CallState} call */
export function showsThem(call) {
  return Boolean(call.remote && (call.other.camera || call.other.sharing));
}

/** @param {{call: CallState, stage: import("../call/layout.js").Size, swap: () => void, swapped: boolean}} props */
function Small({ call, stage, swap, swapped }) {
  const [ratio, setRatio] = useState(Number.NaN);
  const shape = (/** @type {import("../call/layout.js").Size} */ size) =>
    setRatio(size.width / size.height);
  const { props, held } = useCorner({
    stage,
    tile: tileSize(stage, ratio),
    insets: INSETS,
    first: "top-right",
    tap: swap,
  });
  return html`<button type="button" class=${held ? "call-self held" : "call-self"} aria-label=${strings.call.swap}
    title=${strings.call.corner} ...${props}>
    <${CallVideo} name="small" stream=${swapped ? call.remote : call.local} mirrored=${!swapped && call.mirrored} shape=${shape} />
  </button>`;
}

/** @param {{call: CallState}} props */
export function CallStage({ call }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const stage = useSize(box);
  const [turned, setTurned] = useState(false);
  const who = person(call.person).value;
  const them = showsThem(call);
  const us = call.local !== null;
  const swapped = turned && them && us;
  const ringing = !call.startedAt && us; // while it rings one sees oneself large, as in a mirror
  const large = swapped || ringing ? call.local : them ? call.remote : null;
  const ours = large === call.local;
  return html`<div ref=${box} class="call-stage">
    ${
      large &&
      (!ours && call.other.sharing
        ? html`<${Reading} name=${strings.gathering.screenOf(who.name)} stream=${large} />`
        : html`<${CallVideo} name="large" stream=${large} stage=${stage} mirrored=${ours && call.mirrored} screen=${ours && call.sharing} />`)
    }
    ${
      !them &&
      html`<div class="call-face" data-over=${large !== null || undefined}>
        <span class=${call.phase === "outgoing" ? "call-pulse" : ""}><${Avatar} person=${who} size="huge" /></span>
      </div>`
    }
    ${us && !ringing && stage.width > 0 && html`<${Small} call=${call} stage=${stage} swapped=${swapped} swap=${() => setTurned(!turned)} />`}
  </div>`;
}
