/**
 * What lies over the page, and the steps of the browser's history it takes, so that Back puts it away and stays on the
 * page below. Nothing else of the app counts these steps: their addresses are that of the page below.
 *
 * How many steps there should be is how many layers there are. They are made and taken back a moment later, all at once:
 * a menu that gives way to a dialog keeps its step.
 */

/** @typedef {{close: () => void}} Layer */

const LONG = 1000; // ms in which a step back has been taken; one that never comes must not hold everything up

/** @type {Layer[]} the last one is on top */
const layers = [];
/** @type {(() => void)[]} what waits until nothing lies over the page */
const waiting = [];
let steps = 0; // of the history, up to where it stands, that belong to layers
let planned = false;
let stepping = 0; // the timer of a step back that was begun here, 0 for none

/** @returns {number} steps up to where the history stands; 0 for an entry that somebody else made */
const stepsHere = () => Number(history.state?.over ?? 0);

function plan() {
  if (planned) return;
  planned = true;
  queueMicrotask(level);
}

/** Takes back steps that nothing lies on any more, does what waited for that, and makes those that are missing. */
function level() {
  planned = false;
  if (stepping) return;
  const wanted = waiting.length ? 0 : layers.length;
  if (wanted < steps) {
    stepping = window.setTimeout(arrive, LONG);
    history.go(wanted - steps);
    return;
  }
  for (const act of waiting.splice(0)) act();
  while (steps < layers.length) {
    steps += 1;
    history.pushState({ ...history.state, over: steps }, "");
  }
}

/** A step that was begun here has been taken. */
function arrive() {
  clearTimeout(stepping);
  stepping = 0;
  steps = stepsHere();
  plan();
}

function follow() {
  if (stepping) return arrive();
  steps = stepsHere();
  for (const { close } of layers.splice(steps).reverse()) close(); // somebody went back
  plan(); // forward, to where nothing lies any more, leads back again
}

/** Follows the browser's own buttons; a page that was loaded again has nothing on it. @param {AbortSignal} signal */
export function followLayers(signal) {
  window.addEventListener("popstate", follow, { signal });
  steps = stepsHere();
  plan();
}

/**
 * Something lies over the page from now on.
 * @param {() => void} close puts it away; called by Back, and when one goes elsewhere
 * @returns {() => void} to be called when it was put away otherwise
 */
export function lieOver(close) {
  const layer = { close };
  layers.push(layer);
  plan();
  return () => {
    const at = layers.indexOf(layer);
    if (at < 0) return;
    layers.splice(at, 1);
    plan();
  };
}

/** Puts everything away, and then does it: at once when there is nothing. @param {() => void} act */
export function clear(act) {
  if (!layers.length && !steps && !stepping) return act();
  waiting.push(act);
  for (const { close } of layers.splice(0).reverse()) close();
  plan();
}
