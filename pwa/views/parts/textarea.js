/** Changing what stands in a textbox as if it had been typed, so that undo takes it back. */

/** @param {HTMLTextAreaElement} box @param {number} start @param {number} end @param {string} text */
export function replaceIn(box, start, end, text) {
  box.focus({ preventScroll: true });
  box.setSelectionRange(start, end);
  const typed =
    document.activeElement === box && // behind an open dialog it cannot take the focus
    (text ? document.execCommand("insertText", false, text) : document.execCommand("delete"));
  if (typed) return;
  box.setRangeText(text, start, end, "end");
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
