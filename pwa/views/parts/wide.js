/** Is there room for two panes? The width is base.css's. */

import { signal } from "@preact/signals-core";

const room = window.matchMedia("(width > 768px)");
const fine = window.matchMedia("(hover: hover) and (pointer: fine)");

export const wide = signal(room.matches);
room.addEventListener("change", () => {
  wide.value = room.matches;
});

/** A mouse and so most likely a keyboard: Enter may send and focus may go to a textbox by itself. */
export const hasKeyboard = () => fine.matches;
