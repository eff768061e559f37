/** The box one writes in: as tall as its text, which is kept as a draft and told as typing. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { draft } from "../../state/drafts.js";
import { stopped, typing } from "../../state/typing.js";
import { hasKeyboard } from "./wide.js";

/** As tall as its text; the most is in composer.css. @param {HTMLTextAreaElement} box */
function grow(box) {
  if (CSS.supports("field-sizing", "content")) return;
  box.style.blockSize = "auto";
  box.style.blockSize = `${box.scrollHeight}px`;
}

/** To go on writing there. @param {HTMLTextAreaElement|null} box */
export function atEnd(box) {
  box?.focus();
  box?.setSelectionRange(box.value.length, box.value.length);
}

/** What is in the box, kept as a draft and told as typing. @param {string} id */
export function useWriting(id) {
  const box = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const text = draft(id).value;
  useLayoutEffect(() => {
    if (box.current) grow(box.current);
  }, [text]);
  // In the frame it is drawn in: later, the focus would be taken from where somebody is by then
  useLayoutEffect(() => {
    if (hasKeyboard()) box.current?.focus({ preventScroll: true });
    return () => stopped(id);
  }, [id]);
  const write = (/** @type {string} */ value) => {
    draft(id).value = value;
    if (value.trim()) typing(id);
    else stopped(id);
  };
  return { box, text, write };
}
