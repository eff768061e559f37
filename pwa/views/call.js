/** Whatever there is of a call, over everything else: ringing, on the whole screen, or small beside the chat. */

import { useEffect, useState } from "preact/hooks";
import { beginCalls } from "../call/begin.js";
import { call, dismiss, elsewhere, leaveCall, rejoin } from "../state/calls.js";
import { peerOf } from "../state/conversations.js";
import { person } from "../state/people.js";
import { isBusy, minimised } from "../state/stage.js";
import { strings } from "../strings.js";
import { AddToCall } from "./call-adding.js";
import { CallFloat } from "./call-float.js";
import { CallScreen } from "./call-screen.js";
import { showsThem } from "./call-stage.js";
import { WaitsBeside } from "./call-waits.js";
import { Incoming } from "./incoming.js";
import { CallPicture } from "./parts/call-picture.js";
import { CallSound } from "./parts/call-video.js";
import { useCallDialog, useWindow } from "./parts/call-window.js";
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

/** On the whole screen or beside the chat: the sound goes on through both. */
function Ours() {
  const now = call.value;
  const [adding, setAdding] = useState(false);
  const [more, setMore] = useState(false);
  const over = now?.phase === "ended";
  const large = !minimised.value || over;
  const room = useWindow();
  useEffect(
    () => () => {
      if (!isBusy.peek()) minimised.value = false; // else it goes on in a room, as small as it is
    },
    [],
  );
  const minimise = () => {
    setMore(false);
    minimised.value = true;
  };
  const restore = () => {
    minimised.value = false;
  };
  const away = () => (more ? setMore(false) : minimise());
  const dialog = useCallDialog(large, () => (over ? dismiss() : away()), more ? "more" : "");
  if (!now) return null;
  return html`
    <dialog ...${dialog} class=${large ? "call" : "call small"} aria-label=${words.with(person(now.person).value.name)}>
      <${CallSound} stream=${now.remote} />
      ${!over && html`<${CallPicture} stream=${showsThem(now) ? now.remote : null} />`}
      ${
        large
          ? html`<${CallScreen} call=${now} minimise=${minimise} add=${() => setAdding(true)} more=${more} open=${setMore} />`
          : html`<${CallFloat} call=${now} window=${room} restore=${restore} /><${WaitsBeside} leave=${leaveCall} />`
      }
    </dialog>
    ${adding && !over && html`<${AddToCall} call=${now} close=${() => setAdding(false)} />`}
  `;
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
