/** Trying camera and microphone alone: oneself as in a mirror, and, through the server, as others see and hear one. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { verdictsOf } from "../state/verdicts.js";
import { strings } from "../strings.js";
import { CallButton } from "./call-controls.js";
import { CallIcon } from "./parts/call-icon.js";
import { CallVideo } from "./parts/call-video.js";
import { Dialog } from "./parts/dialog.js";
import { useSpeaker } from "./parts/gear.js";
import { html } from "./parts/html.js";
import { TrialGear, TrialPicture, useTrial } from "./parts/trial.js";

/** @typedef {import("../call/trial.js").Trial} Trial */
/** @typedef {import("../call/trial.js").Echo} Echo */
/** @typedef {import("../state/verdicts.js").Verdict} Verdict */

const words = strings.gear;
const SIGNS = /** @type {const} */ ({
  good: "check",
  "so-so": "hint",
  bad: "close",
  waiting: "wait",
});

/** @param {Verdict} verdict */
function sentenceOf({ about, what, given }) {
  const said = /** @type {Record<string, string | ((...given: number[]) => string)>} */ (
    words.verdicts[about]
  )[what];
  return typeof said === "function" ? said(...given) : said;
}

/** @param {{echo: Echo, own: import("../state/verdicts.js").Own}} props */
function Results({ echo, own }) {
  return html`<ul class="trial-results" role="list" aria-label=${words.results}>
    ${verdictsOf(echo, own).map(
      (one) =>
        html`<li key=${one.about} class=${one.grade}><${CallIcon} name=${SIGNS[one.grade]} small /><span>${sentenceOf(one)}</span></li>`,
    )}
  </ul>`;
}

/** What comes back. @param {{echo: Echo}} props */
function Back({ echo }) {
  const audio = useRef(/** @type {HTMLAudioElement|null} */ (null));
  useSpeaker(audio);
  useLayoutEffect(() => {
    if (audio.current) audio.current.srcObject = echo.sound;
  }, [echo.sound]);
  return html`<figure class="trial-back">
    ${
      echo.camera && echo.facts?.width
        ? html`<${CallVideo} name="trial-video" stream=${echo.camera} />`
        : html`<span class="spinner late"></span>`
    }
    <figcaption>${words.echoed}</figcaption>
    <audio ref=${audio} autoplay></audio>
  </figure>`;
}

/** @param {{trial: Trial}} props */
function Through({ trial }) {
  const echo = trial.echo.value;
  const own = trial.media.value;
  const goes = echo.phase === "asking" || echo.phase === "live";
  const shown = goes || echo.phase === "failed" || echo.facts !== null;
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => {
    if (goes) box.current?.scrollIntoView({ block: "nearest" }); // on a phone it begins below
  }, [goes]);
  const label = goes ? words.end : shown ? words.again : words.begin;
  return html`<section ref=${box} class="trial-echo">
    <h2>${words.echo}</h2>
    <p>${words.echoHint}</p>
    ${goes && html`<${Back} echo=${echo} />`}
    ${shown && own && html`<${Results} echo=${echo} own=${own} />`}
    <button type="button" class=${goes ? "call-pill quiet" : "call-pill"} disabled=${own === null} onClick=${() => (goes ? trial.end() : trial.begin())}>${label}</button>
  </section>`;
}

/** @param {{close: () => void}} props */
export function GearTest({ close }) {
  const trial = useTrial({ video: true });
  return html`<${Dialog} label=${words.test} kind="call trial-layer" close=${close}>
    <div class="trial">
      <header class="trial-head">
        <div><h1>${words.test}</h1><p>${words.testHint}</p></div>
        <${CallButton} name=${strings.close} icon="close" kind="plain" act=${close} />
      </header>
      <${TrialPicture} trial=${trial} />
      <div class="trial-side">
        <${TrialGear} trial=${trial} />
        <${Through} trial=${trial} />
      </div>
    </div>
  <//>`;
}
