// Brings together what a call needs of the browser. Called while somebody is signed in.

import { followMeanwhile } from "../state/call-meanwhile.js";
import { followCalls, page } from "../state/calls.js";
import { followGatherings, gatherings, goOnInRoom, isInCall } from "../state/gathering.js";
import { followAttention } from "./attention.js";
import { followAllowed } from "./devices.js";
import { makeEngine } from "./engine.js";
import { tabMemory } from "./memory.js";
import { makeUnitEngine } from "./unit-engine.js";

/** @param {AbortSignal} until */
export function beginCalls(until) {
  followGatherings({ makeEngine: makeUnitEngine, memory: tabMemory("parley.gathering") }, until);
  const rooms = { rooms: gatherings, goOn: goOnInRoom };
  followCalls({ makeEngine, memory: tabMemory(), ...rooms }, until);
  followMeanwhile({ ...page, busy: isInCall }, until);
  followAttention(until);
  followAllowed();
}
