/** What is said about leading a room's call, in English: a part of strings.js, which has everything else. */

import { counting } from "./languages/plural.js";

const counted = counting("en");

/** Rights: what is asked for, and what becomes of it. */
export const asking = {
  ask: {
    speak: "Ask to speak",
    show: "Ask to turn on your camera",
    share: "Ask to share your screen",
    write: "Ask to write",
  },
  /** The same button, once it was asked. */
  back: {
    speak: "You asked to speak. Take it back",
    show: "You asked to turn on your camera. Take it back",
    share: "You asked to share your screen. Take it back",
    write: "You asked to write. Take it back",
  },
  waits: "You asked. Who leads the call can allow it.",
  wants: {
    speak: (/** @type {string} */ name) => `${name} asks to speak`,
    show: (/** @type {string} */ name) => `${name} asks to turn on the camera`,
    share: (/** @type {string} */ name) => `${name} asks to share a screen`,
    write: (/** @type {string} */ name) => `${name} asks to write`,
  },
  title: "Asking",
  allow: "Allow",
  notNow: "Not now",
  given: {
    speak: "You may speak now. Your microphone is still off.",
    show: "You may turn on your camera now.",
    share: "You may share your screen now.",
    write: "You may write in the room now.",
  },
  deferred: {
    speak: "You may not speak just now.",
    show: "You may not turn on your camera just now.",
    share: "You may not share a screen just now.",
    write: "You may not write just now.",
  },
  may: (/** @type {string} */ name) => `${name} may`,
  hushed: "While the call is on, only those write here who were allowed to.",
};

export const attendance = {
  title: "Attendance",
  name: "Name",
  first: "First came",
  last: "Last left",
  minutes: "Minutes",
  present: "still here",
  people: (/** @type {number} */ n) => counted(n, { one: "person", other: "people" }),
  lasted: (/** @type {string} */ length) => `The call lasted ${length}.`,
  lasts: (/** @type {string} */ length) => `The call has lasted ${length} so far.`,
  download: "Download table",
  file: (/** @type {string} */ room, /** @type {string} */ day) => `Attendance ${room} ${day}`,
  loading: "The table is coming",
};
