/** What calls while one is in a call: a room, which may be joined instead, or somebody who heard that one is busy and may be called back. */

import { batch } from "@preact/signals-core";
import { calledMeanwhile, forgetCaller } from "../state/call-meanwhile.js";
import { startCall } from "../state/calls.js";
import { declineRoom, doing, waitingRoom } from "../state/gathering.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { nameOfRoom } from "./parts/room.js";

const words = strings.gathering;

/** @typedef {{leave: () => void, room?: boolean}} Leaving the call that one is in; `room`: it goes on without one */

/**
 * What is said, and what to do about it. It stands there without words too: what comes in one with its role is not spoken
 * by many screen readers.
 * @param {{says: string, children?: any}} props
 */
function Note({ says, children }) {
  return html`<div class=${says ? "call-note knock" : "unseen"}>
    <span role="status">${says}</span>
    ${says && children}
  </div>`;
}

/** Another room calls. @param {{leave: () => void}} props the call that one is in */
export function Waits({ leave }) {
  const other = waitingRoom.value;
  if (!other) return html`<${Note} says="" />`;
  const { name } = person(other.by).value;
  const says = other.named ? words.waitsYou : words.waits;
  const change = () =>
    batch(() => {
      leave(); // in one step with the next, or it would ring in between
      doing.start(other.conversation, { video: false });
    });
  return html`<${Note} says=${says(name, nameOfRoom(other.conversation))}>
    <button type="button" class="call-pill quiet" onClick=${declineRoom}>${words.notNow}</button>
    <button type="button" class="call-pill" onClick=${change}>${words.swap}</button>
  <//>`;
}

/** The same over the chat, while the call is a small window. @param {Leaving} props */
export function WaitsBeside({ leave, room }) {
  return html`<div class="call-beside">
    <${Waits} leave=${leave} />
    <${Meanwhile} leave=${leave} room=${room} />
  </div>`;
}

/** Somebody called, and was told that one is busy. @param {Leaving} props */
export function Meanwhile({ leave, room = false }) {
  const one = calledMeanwhile.value;
  if (!one) return html`<${Note} says="" />`;
  const { name } = person(one.caller).value;
  const action = room ? strings.call.leaveAndCallBack : strings.call.callBack;
  const back = () =>
    batch(() => {
      leave(); // the server takes one call at a time: this one's end is said first
      startCall(one.conversation, { video: false }); // the button says nothing of a camera
      forgetCaller();
    });
  return html`<${Note} says=${strings.call.meanwhile(name)}>
    <button type="button" class="call-pill quiet" aria-label=${`${words.notNow}, ${name}`} onClick=${forgetCaller}>${words.notNow}</button>
    <button type="button" class="call-pill" aria-label=${`${action}, ${name}`} onClick=${back}>${action}</button>
  <//>`;
}
