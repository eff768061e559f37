/** Is there room for two panes? The width is base.css's. */

import { signal } from "@preact/signals-core";

const room = window.matchMedia("(width > 768px)");
const fine = window.matchMedia("(hover: hover) and (pointer: fine)");

export const wide = signal(room.matches);
room.addEventListener("change", () => {
  wide.value = room.matches;
});

const enough = window.matchMedia("(width > 1100px)");

/** And for three: a thread stands beside its conversation. */
export const wider = signal(enough.matches);
enough.addEventListener("change", () => {
  wider.value = enough.matches;
});

let keyboard = fine.matches; // asked for each message that is drawn, and the browser takes its time to answer
fine.addEventListener("change", () => {
  keyboard = fine.matches;
});

/** A mouse and so most likely a keyboard: Enter may send and focus may go to a textbox by itself. */
export const hasKeyboard = () => keyboard;
