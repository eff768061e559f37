/** The call on the whole screen: pictures, one line above, buttons below that step aside while nobody needs them. */

import { useEffect, useRef, useState } from "preact/hooks";
import { mute, turnCamera } from "../state/calls.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { CallClock } from "./call-clock.js";
import { CallButton, CallControls } from "./call-controls.js";
import { CallEnd } from "./call-end.js";
import { CallStage, showsThem } from "./call-stage.js";
import { problemWords, qualityWords, statusWords } from "./call-words.js";
import { html } from "./parts/html.js";

/** @typedef {import("../state/calls.js").CallState} CallState */

const words = strings.call;
const QUIET = 3000; // ms after which the buttons step aside

/** Shown while somebody moves, taps or types; always while there is nothing to see behind. @param {boolean} mayHide */
function useControls(mayHide) {
  const [shown, setShown] = useState(true);
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  const woken = useRef(false); // this touch only brought the buttons back
  const show = () => {
    setShown(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(false), QUIET);
  };
  useEffect(() => {
    show();
    return () => clearTimeout(timer.current);
  }, []);
  const hidden = mayHide && !shown;
  const touch = (/** @type {PointerEvent} */ event) => {
    woken.current = hidden && event.pointerType !== "mouse";
    show();
  };
  const click = (/** @type {MouseEvent} */ event) => {
    if (!woken.current) return;
    woken.current = false;
    event.stopPropagation();
    event.preventDefault();
  };
  return {
    hidden,
    show,
    listen: {
      onPointerMove: show,
      onPointerDownCapture: touch,
      onClickCapture: click,
      onFocusIn: show,
    },
  };
}

/** m and v, as in every call, wherever the focus is. @param {CallState} call @param {() => void} show */
function useKeys(call, show) {
  useEffect(() => {
    const until = new AbortController();
    const press = (/** @type {KeyboardEvent} */ event) => {
      show();
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.key === "m") mute(!call.muted);
      if (event.key === "v") turnCamera(!call.camera);
    };
    window.addEventListener("keydown", press, { signal: until.signal });
    return () => until.abort();
  }, [call.muted, call.camera]);
}

function pictureInPicture() {
  const video = /** @type {HTMLVideoElement | null} */ (
    document.querySelector(".call video.large")
  );
  if (document.pictureInPictureElement) document.exitPictureInPicture().catch(() => {});
  else video?.requestPictureInPicture().catch(() => {}); // no picture yet
}

/** @param {{call: CallState, minimise: () => void}} props */
function Bar({ call, minimise }) {
  const { name } = person(call.person).value;
  const pip = document.pictureInPictureEnabled && showsThem(call);
  return html`<header class="call-bar">
    <${CallButton} name=${words.minimise} icon="minimise" kind="plain" act=${minimise} />
    <div class="call-who">
      <h1 dir="auto">${name}</h1>
      <p role="status">${statusWords(call)}</p>
      ${call.startedAt > 0 && !statusWords(call) && html`<${CallClock} since=${call.startedAt} />`}
    </div>
    ${pip ? html`<${CallButton} name=${words.pip} icon="picture" kind="plain" act=${pictureInPicture} />` : html`<span class="call-gap"></span>`}
  </header>`;
}

/** @param {{call: CallState}} props */
function Notes({ call }) {
  const [seen, setSeen] = useState(/** @type {CallState["problems"]} */ ([]));
  const { name } = person(call.person).value;
  const problem = call.problems.find((one) => !seen.includes(one)); // the same trouble met again is another one
  const line =
    qualityWords(call) || (call.phase === "live" && call.other.muted ? words.theyMuted(name) : "");
  return html`<div class="call-notes" role="status">
    ${
      problem &&
      html`<p class="call-note problem">
        <span>${problemWords(problem)}</span>
        <${CallButton} name=${strings.close} icon="close" kind="plain" act=${() => setSeen([...seen, problem])} />
      </p>`
    }
    ${line && html`<p class="call-note">${line}</p>`}
  </div>`;
}

/** @param {{call: CallState, minimise: () => void}} props */
export function CallScreen({ call, minimise }) {
  const mayHide = call.phase === "live" && showsThem(call) && call.problems.length === 0;
  const { hidden, listen, show } = useControls(mayHide);
  useKeys(call, show);
  if (call.phase === "ended") return html`<${CallEnd} call=${call} />`;
  return html`<div class="call-whole" data-hidden=${hidden || undefined} ...${listen}>
    <${CallStage} call=${call} />
    <${Bar} call=${call} minimise=${minimise} />
    <${Notes} call=${call} />
    <${CallControls} call=${call} />
  </div>`;
}
