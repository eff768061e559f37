/** Before a call between two: oneself as in a mirror, and then in. What was opened goes along. Whoever only looks neither calls nor answers. */

import { accept, startCall } from "../state/calls.js";
import { directWith } from "../state/conversations.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { TrialLayer, useTrial } from "./parts/trial.js";

/** How to be in the call: as one looked; while the browser still asks whether it may, as it would be without a look.
 * @param {import("../call/trial.js").Trial} trial @param {boolean} video @returns {import("../state/calls.js").Wish} */
function asLooked(trial, video) {
  const view = trial.media.peek();
  return view ? { video: view.camera, muted: view.muted, handed: trial.hand() } : { video };
}

/** @param {{act: () => void, name: string}} props */
function Go({ act, name }) {
  return html`<button type="button" class="call-pill large" autofocus onClick=${act}>${name}</button>`;
}

/** Before one calls: with the camera on it becomes a video call. @param {{id: string, close: () => void}} props `id` of a person */
export function CallPreview({ id, close }) {
  const trial = useTrial({ video: true });
  const { videoCall, voiceCall } = strings.messages;
  const camera = trial.media.value?.camera ?? true;
  const go = () => {
    startCall(directWith(id), asLooked(trial, true));
    close();
  };
  return html`<${TrialLayer} name=${person(id).value.name} line=${strings.gear.title} trial=${trial} close=${close}>
    <${Go} name=${camera ? videoCall : voiceCall} act=${go} />
  <//>`;
}

/** Before one answers: it goes on ringing. @param {{call: import("../state/calls.js").CallState, close: () => void}} props */
export function AnswerPreview({ call, close }) {
  const trial = useTrial({ video: call.video });
  const { incomingVideo, incomingVoice } = strings.call;
  const line = call.video ? incomingVideo : incomingVoice;
  const go = () => accept(asLooked(trial, call.video));
  return html`<${TrialLayer} name=${person(call.person).value.name} line=${line} trial=${trial} close=${close}>
    <${Go} name=${strings.call.accept} act=${go} />
  <//>`;
}
