/** Where one writes: a box that grows, a tray of files, and what is kept when something goes wrong. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { draft } from "../state/drafts.js";
import { MAX_TEXT, send } from "../state/outbox.js";
import { stopped, typing } from "../state/typing.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { hasKeyboard } from "./parts/wide.js";
import { addFiles, Tray, trayOf } from "./tray.js";

/** As tall as its text; the most is in composer.css. @param {HTMLTextAreaElement} box */
function grow(box) {
  if (CSS.supports("field-sizing", "content")) return;
  box.style.blockSize = "auto";
  box.style.blockSize = `${box.scrollHeight}px`;
}

/** What is in the box, kept as a draft and told as typing. @param {string} id */
function useWriting(id) {
  const box = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const text = draft(id).value;
  useLayoutEffect(() => {
    if (box.current) grow(box.current);
  }, [text]);
  useEffect(() => {
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

/** @param {{id: string}} props */
export function Composer({ id }) {
  const { box, text, write } = useWriting(id);
  const chooser = useRef(/** @type {HTMLInputElement|null} */ (null));
  const tray = trayOf(id);
  const { files } = tray.value;
  const excess = text.length - MAX_TEXT;
  const empty = !text.trim() && !files.length;

  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (empty || excess > 0) return;
    tray.value = { files: [], note: "" };
    stopped(id);
    box.current?.focus();
    try {
      await send(id, text.trim(), files);
    } catch (error) {
      draft(id).value = text;
      tray.value = { files, note: /** @type {Error} */ (error).message };
    }
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && hasKeyboard();
    if (sends) submit(event);
  };
  const paste = (/** @type {ClipboardEvent} */ event) => {
    const pasted = event.clipboardData?.files ?? [];
    if (!pasted.length) return;
    event.preventDefault();
    addFiles(tray, pasted);
  };
  const chosen = (/** @type {Event & {currentTarget: HTMLInputElement}} */ { currentTarget }) => {
    addFiles(tray, currentTarget.files ?? []);
    currentTarget.value = "";
    box.current?.focus();
  };
  const keepKeyboard = (/** @type {Event} */ event) => event.preventDefault();

  return html`<form class="composer" onSubmit=${submit}>
    <${Tray} tray=${tray} />
    ${excess > 0 && html`<p class="wrong" role="status">${strings.messages.tooLong(excess)}</p>`}
    <div class="composer-line">
      <button type="button" class="icon-button" aria-label=${strings.messages.attach} onClick=${() => chooser.current?.click()}>
        <${Icon} name="clip" />
      </button>
      <input ref=${chooser} type="file" multiple hidden onChange=${chosen} />
      <textarea
        ref=${box}
        rows="1"
        dir="auto"
        aria-label=${strings.messages.textbox}
        placeholder=${strings.messages.placeholder}
        enterkeyhint=${hasKeyboard() ? "send" : "enter"}
        value=${text}
        onInput=${(/** @type {InputEvent & {currentTarget: HTMLTextAreaElement}} */ event) => write(event.currentTarget.value)}
        onKeyDown=${key}
        onPaste=${paste}
        onBlur=${() => stopped(id)}
      ></textarea>
      <button type="submit" class="icon-button accent" aria-label=${strings.messages.send} disabled=${empty || excess > 0}
        onPointerDown=${keepKeyboard}>
        <${Icon} name="send" />
      </button>
    </div>
  </form>`;
}
