// Brings together what a call needs of the browser. Called while somebody is signed in.

import { followCalls } from "../state/calls.js";
import { followAttention } from "./attention.js";
import { makeEngine } from "./engine.js";
import { tabMemory } from "./memory.js";

/** @param {AbortSignal} until */
export function beginCalls(until) {
  followCalls({ makeEngine, memory: tabMemory() }, until);
  followAttention(until);
}
