// Coming into a call of a room: the tab's lock, microphone and camera, and the word to the server that one comes.
//
// All tabs of a browser are one device, and the server takes a second coming of a device for the same one coming back. So where
// the log shows this device in the call the lock is taken before anything else: another tab may be in it.

import { letGo } from "./call-held.js";

/** @typedef {{conversation: string, call: string, video: boolean}} Which */
/**
 * @typedef {object} Coming
 * @property {import("../call/unit-engine.js").UnitEngine} engine
 * @property {import("./call-desk.js").Memory} memory
 * @property {string} call
 * @property {{video: boolean, muted?: boolean, handed?: import("./gathering.js").Wish["handed"]}} wanted `handed` nobody is asked for
 * @property {boolean} [alone] no other tab of this browser is in it by the log: come with the press where nobody is asked, and take the lock beside it
 * @property {() => boolean} wants is it still this engine's call?
 * @property {() => void} silent nothing is heard before microphone and camera are open
 * @property {() => void} enter say to the server that one comes
 */

/** Come in with microphone and camera or, where nobody has to be asked for them, while they open, and then in the task of the press.
 * Resolves to whether this tab has the call; another one may hold it. @param {Coming} coming */
export async function comeIn({
  engine,
  memory,
  call,
  wanted,
  alone = false,
  wants,
  silent,
  enter,
}) {
  const { video, muted = false, handed = null } = wanted;
  const taking = keep(memory, call, { video, muted }, wants);
  const free = Boolean(handed) || engine.allowed({ video });
  const atOnce = alone && free === true;
  const had = atOnce || (await taking);
  if (!had || !wants()) {
    letGo(wanted);
    return had;
  }
  if (!handed) silent();
  const opening = engine.open({ video, muted, handed });
  if (free !== true && !(await free)) await opening;
  if (wants()) enter();
  return taking;
}

/** This tab has the call from now on, over a reload too. Resolves to whether it could be had.
 * @param {import("./call-desk.js").Memory} memory @param {string} call @param {{video: boolean, muted: boolean}} how @param {() => boolean} [wants] */
export async function keep(memory, call, how, wants = () => true) {
  const had = await memory.take(call);
  if (had && wants()) memory.note(how);
  return had;
}
