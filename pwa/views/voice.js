/** Recording a voice message: a button to hold or to tap, and what stands in the composer's place meanwhile. */

import { signal } from "@preact/signals-core";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { openRecorder } from "../call/recorder.js";
import { noteIn } from "../state/unsent.js";
import { hintIn, meter, recording, recordingIn, voices } from "../state/voice.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { length } from "./parts/time.js";
import { Bars } from "./parts/wave.js";
import { hasKeyboard } from "./parts/wide.js";
import { PlayButton, TrackTime, TrackWave } from "./voice-note.js";

const TAP_MS = 350; // shorter is a tap: it records on without the finger
const CANCEL = 96; // px towards the start of the line
const LOCK = 72; // px up
const SHOWN = 48; // bars while it records

/** How far the finger has slid towards the start, px. */
const slid = signal(0);

const tick = () => navigator.vibrate?.(12);

/**
 * What of recording stands in the composer, and not longer than that stands. When it is over, a keyboard goes on in the box.
 * @param {string} id
 * @param {{current: HTMLElement|null}} box
 * @returns {""|"held"|"bar"}
 */
export function useVoices(id, box) {
  const now = recordingIn(id).value;
  const bar = now?.locked || noteIn(id).value !== null;
  const before = useRef(false);
  useLayoutEffect(() => () => void voices.leave(id), [id]);
  useEffect(() => {
    if (before.current && !bar && hasKeyboard()) box.current?.focus({ preventScroll: true });
    before.current = bar;
  }, [bar]);
  return bar ? "bar" : now ? "held" : "";
}

/** @param {string} id the gestures: held, slid towards the start, slid up, let go */
function useHold(id) {
  const grip = useRef(/** @type {{x: number, y: number, at: number}|null} */ (null));
  const pointed = useRef(false);
  const begin = () => {
    voices.start(id, openRecorder);
    tick();
  };
  const over = () => {
    grip.current = null;
    slid.value = 0;
  };
  const onPointerDown = (/** @type {PointerEvent & {currentTarget: HTMLElement}} */ event) => {
    if (event.button !== 0) return;
    event.preventDefault(); // the box keeps the focus, and with it the keyboard
    pointed.current = true;
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { x: event.clientX, y: event.clientY, at: event.timeStamp };
    begin();
  };
  const onPointerMove = (/** @type {PointerEvent & {currentTarget: HTMLElement}} */ event) => {
    if (!grip.current) return;
    const moved = event.clientX - grip.current.x;
    const towards = getComputedStyle(event.currentTarget).direction === "rtl" ? moved : -moved;
    slid.value = Math.max(0, towards);
    if (slid.value > CANCEL) voices.cancel(id);
    else if (grip.current.y - event.clientY > LOCK) voices.lock();
    else return;
    tick();
    over();
  };
  const onPointerUp = (/** @type {PointerEvent} */ event) => {
    if (!grip.current) return;
    const tapped = event.timeStamp - grip.current.at < TAP_MS;
    over();
    if (tapped) voices.lock();
    else voices.release();
  };
  const onPointerCancel = () => {
    if (grip.current) voices.lock(); // the system took the finger: nothing is lost
    over();
  };
  const onClick = () => {
    if (!pointed.current) {
      begin(); // by a key, or by assistive technology
      voices.lock();
    }
    pointed.current = false;
  };
  const onContextMenu = (/** @type {Event} */ event) => event.preventDefault();
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onClick, onContextMenu };
}

/** @param {{id: string}} props */
export function VoiceButton({ id }) {
  const hold = useHold(id);
  const now = recordingIn(id).value;
  return html`<button type="button" class=${now ? "icon-button voice-button held" : "icon-button voice-button"}
    aria-label=${strings.voice.record} ...${hold}>
    <${Icon} name="microphone" />
  </button>`;
}

function Clock() {
  const paused = recording.value?.phase === "paused";
  return html`<span class=${paused ? "voice-clock paused" : "voice-clock"}>
    <i aria-hidden="true"></i><span role="timer">${length(meter.value.ms / 1000)}</span>
  </span>`;
}

function Live() {
  const { levels } = meter.value;
  const shown = [...new Array(SHOWN - levels.length).fill(0), ...levels];
  return html`<span class="voice-live" dir="ltr"><${Bars} levels=${shown} /></span>`;
}

/** Over the box while a finger holds the button. */
export function VoiceHeld() {
  const asking = recording.value?.phase === "asking";
  const away = slid.value;
  return html`<div class="voice-held">
    ${asking ? html`<span class="voice-says">${strings.voice.starting}</span>` : html`<${Clock} /><${Live} />`}
    <span class="voice-slide" style=${{ "--slid": `${Math.round(away)}px`, opacity: Math.max(0.2, 1 - away / CANCEL) }}>
      <${Icon} name="back" small />${strings.voice.slide}
    </span>
    <span class="voice-lock" aria-hidden="true"><${Icon} name="lock" small /><span>${strings.voice.lock}</span></span>
  </div>`;
}

/** @param {{name: import("./parts/icon.js").IconName, label: string, act: () => void, kind?: string, off?: boolean}} props */
function Control({ name, label, act, kind = "", off = false }) {
  return html`<button type="button" class=${`icon-button ${kind}`} aria-label=${label} disabled=${off} onClick=${act}>
    <${Icon} name=${name} />
  </button>`;
}

/** With both hands free: while it records, and when it is kept. @param {{id: string}} props */
export function VoiceBar({ id }) {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  const now = recordingIn(id).value;
  const note = noteIn(id).value;
  useLayoutEffect(() => {
    const send = /** @type {HTMLElement|null} */ (box.current?.querySelector(".accent"));
    if (hasKeyboard()) send?.focus({ preventScroll: true });
  }, [now?.phase === "asking", note === null]);
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && now) voices.keep(); // nothing is lost by a slip
  };
  const cancel = html`<${Control} name="trash" label=${strings.voice.cancel} act=${() => voices.cancel(id)} />`;
  return html`<div ref=${box} class="composer-line voice-bar" role="group" aria-label=${strings.voice.message} onKeyDown=${key}>
    ${cancel}
    ${now ? html`<${Recording} now=${now} />` : note && html`<${Kept} id=${id} note=${note} />`}
  </div>`;
}

/** @param {{now: import("../state/voice.js").Recording}} props */
function Recording({ now }) {
  const asking = now.phase === "asking";
  const paused = now.phase === "paused";
  return html`
    ${asking ? html`<span class="voice-says" role="status">${strings.voice.starting}</span>` : html`<${Clock} /><${Live} />`}
    <span class="unseen" role="status">${!asking && (paused ? strings.voice.paused : strings.voice.recording)}</span>
    ${
      !asking &&
      html`${
        paused
          ? html`<${Control} name="microphone" label=${strings.voice.resume} act=${() => voices.resume()} key="pause" />`
          : html`<${Control} name="pause" label=${strings.voice.pause} act=${() => voices.pause()} key="pause" />`
      }
      <${Control} name="stop" label=${strings.voice.stop} act=${() => voices.keep()} />`
    }
    <${Control} name="send" label=${strings.messages.send} kind="accent" off=${asking} act=${() => voices.finish()} />
  `;
}

/** @param {{id: string, note: import("../state/recorded.js").Note}} props */
function Kept({ id, note }) {
  const { file, voice } = note;
  const track = {
    key: `kept ${note.id}`,
    conversation: id,
    author: "",
    file: "",
    source: file,
    ms: voice.milliseconds,
  };
  return html`
    <span class="unseen" role="status">${strings.voice.kept}</span>
    <${PlayButton} track=${track} accent=${false} />
    <${TrackWave} track=${track} voice=${voice} />
    <${TrackTime} track=${track} />
    <${Control} name="send" label=${strings.messages.send} kind="accent" act=${() => voices.sendKept(id)} />
  `;
}

/** What is to be said about the last try. @param {{id: string}} props */
export function VoiceHint({ id }) {
  const what = hintIn(id).value;
  if (!what) return null;
  return html`<p class="note voice-hint" role="alert">
    <span>${strings.voice.hints[what]}</span>
    <button type="button" class="icon-button" aria-label=${strings.voice.dismiss} onClick=${() => voices.dismiss()}>
      <${Icon} name="close" small />
    </button>
  </p>`;
}
