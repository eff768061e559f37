/** Seeing and hearing oneself before others do: the picture with its two buttons, and what it is made with. */

import { useEffect, useMemo } from "preact/hooks";
import { Trial } from "../../call/trial.js";
import { page } from "../../state/calls.js";
import { me } from "../../state/session.js";
import { strings } from "../../strings.js";
import { CallButton } from "../call-controls.js";
import { problemWords, swapWords } from "../call-words.js";
import { Avatar } from "./avatar.js";
import { CallVideo } from "./call-video.js";
import { Dialog } from "./dialog.js";
import { GearChoices } from "./gear.js";
import { html } from "./html.js";

/** @typedef {import("../../call/media.js").MediaView} MediaView */

const words = strings.gear;

/** A trial for as long as it is looked at. @param {{video: boolean}} wanted */
export function useTrial({ video }) {
  const trial = useMemo(() => new Trial(page), []);
  useEffect(() => {
    trial.open({ video });
    return () => trial.close();
  }, []);
  return trial;
}

/** What could not be had, and what was plugged in or pulled out. @param {{view: MediaView}} props */
function Troubles({ view: { problems, swap, talking } }) {
  const said = [
    ...problems.map(problemWords),
    swap && swapWords(swap),
    talking && words.muted,
  ].filter(Boolean);
  return html`<div class="trial-notes" role="status">${said.map((line) => html`<p key=${line} class="call-note problem">${line}</p>`)}</div>`;
}

/** @param {{trial: Trial}} props */
export function TrialPicture({ trial }) {
  const view = trial.media.value;
  const on = view?.camera ?? false;
  const muted = view?.muted ?? false;
  return html`<div class="trial-picture">
    ${
      on && view
        ? html`<${CallVideo} name="trial-video" stream=${view.local} mirrored=${view.mirrored} />`
        : html`<div class="trial-face"><${Avatar} person=${me.value} size="huge" /><p role="status">${view ? words.cameraIsOff : words.opening}</p></div>`
    }
    ${
      view &&
      html`<${Troubles} view=${view} />
      <div class="trial-buttons">
        <${CallButton} name=${muted ? strings.call.unmute : strings.call.mute} icon=${muted ? "microphone-off" : "microphone"} kind=${muted ? "on" : ""} act=${() => trial.mute(!muted)} />
        <${CallButton} name=${on ? strings.call.cameraOff : strings.call.cameraOn} icon=${on ? "camera" : "camera-off"} kind=${on ? "" : "on"} act=${() => trial.turnCamera(!on)} />
      </div>`
    }
  </div>`;
}

/** The whole of it, with what comes next at its foot. @param {{name: string, line: string, trial: Trial, close: () => void, children?: any}} props */
export function TrialLayer({ name, line, trial, close, children }) {
  return html`<${Dialog} label=${words.look} kind="call trial-layer" close=${close}>
    <div class="trial">
      <header class="trial-head">
        <div><h1 dir="auto">${name}</h1><p>${line}</p></div>
        <${CallButton} name=${strings.close} icon="close" kind="plain" act=${close} />
      </header>
      <${TrialPicture} trial=${trial} />
      <div class="trial-side"><${TrialGear} trial=${trial} /></div>
      <footer class="trial-foot">${children}</footer>
    </div>
  <//>`;
}

const NOTHING = { camera: "", microphone: "" };

/** @param {{trial: Trial}} props */
export function TrialGear({ trial }) {
  const [choose, listen] = useMemo(
    () => [trial.choose.bind(trial), trial.listen.bind(trial)],
    [trial],
  );
  return html`<${GearChoices} using=${trial.media.value?.using ?? NOTHING} choose=${choose} listen=${listen} />`;
}
