/** Whatever there is of a call, over everything else: ringing, on the whole screen, or small beside the chat. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { beginCalls } from "../call/begin.js";
import { call, dismiss, elsewhere, rejoin } from "../state/calls.js";
import { peerOf } from "../state/conversations.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { CallFloat } from "./call-float.js";
import { CallScreen } from "./call-screen.js";
import { Incoming } from "./incoming.js";
import { CallSound } from "./parts/call-video.js";
import { html } from "./parts/html.js";

const words = strings.call;

/** Every part of a call while somebody is signed in. */
export function CallLayer() {
  useEffect(() => {
    const until = new AbortController();
    beginCalls(until.signal);
    return () => until.abort();
  }, []);
  const now = call.value;
  if (!now) return html`<${Elsewhere} />`;
  if (now.phase === "incoming") return html`<${Incoming} key=${now.call} call=${now} />`;
  return html`<${Ours} key=${now.call} />`;
}

/** The browser's own dialog: modal on the whole screen, beside the chat when small. The sound goes on through both. */
function Ours() {
  const now = call.value;
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const [small, setSmall] = useState(false);
  const over = now?.phase === "ended";
  const large = !small || over;
  const room = useWindow();
  useLayoutEffect(() => {
    const dialog = box.current;
    return () => dialog?.close(); // gives focus back
  }, []);
  useLayoutEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    const before = document.activeElement;
    if (dialog.open) dialog.close();
    if (large) dialog.showModal();
    else dialog.show();
    if (!large && before instanceof HTMLElement && !dialog.contains(before)) before.focus();
  }, [large]);
  if (!now) return null;
  const leave = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (over) dismiss();
    else setSmall(true);
  };
  const restore = () => setSmall(false);
  return html`<dialog ref=${box} class=${large ? "call" : "call small"} aria-label=${words.with(person(now.person).value.name)} onCancel=${leave}>
    <${CallSound} stream=${now.remote} />
    ${
      large
        ? html`<${CallScreen} call=${now} minimise=${() => setSmall(true)} />`
        : html`<${CallFloat} call=${now} window=${room} restore=${restore} />`
    }
  </dialog>`;
}

function useWindow() {
  const read = () => ({ width: window.innerWidth, height: window.innerHeight });
  const [size, setSize] = useState(read);
  useEffect(() => {
    const until = new AbortController();
    window.addEventListener("resize", () => setSize(read()), { signal: until.signal });
    return () => until.abort();
  }, []);
  return size;
}

/** A call of one's own that is not here. */
function Elsewhere() {
  const [taken, setTaken] = useState("");
  const one = elsewhere.value;
  if (!one) return null;
  const { name } = person(peerOf(one.conversation)).value;
  const back = async () => {
    if (!(await rejoin())) setTaken(one.call.call);
  };
  const here = one.here && taken !== one.call.call;
  return html`<div class="call-elsewhere" role="status">
    <span>${taken === one.call.call ? words.otherTab : (one.here ? words.lost : words.elsewhere)(name)}</span>
    ${here && html`<button type="button" class="button" onClick=${back}>${words.rejoin}</button>`}
  </div>`;
}
