/** Where one writes: a box that grows, a tray of files, and what goes to the outbox, which keeps it. */

import { useEffect, useRef, useState } from "preact/hooks";
import { EVERYBODY } from "../languages/known.js";
import { aim, drop, editLast, takeReply } from "../state/composing.js";
import { conversation } from "../state/conversations.js";
import { toNewest } from "../state/history.js";
import { everyoneNamedIn, mayNameEveryone, membersOf, mentionsIn } from "../state/mentions.js";
import { MAX_TEXT, send } from "../state/outbox.js";
import { saveEdit } from "../state/revising.js";
import { stopped } from "../state/typing.js";
import { recordingIn } from "../state/voice.js";
import { strings } from "../strings.js";
import { ComposingBar } from "./composing.js";
import { usePainted } from "./parts/after-paint.js";
import { useAssist } from "./parts/assist.js";
import { EmojiButton } from "./parts/emoji-button.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { later } from "./parts/later.js";
import { hasKeyboard } from "./parts/wide.js";
import { atEnd, useWriting } from "./parts/writing.js";
import { addFiles, goSmaller, Tray, trayOf } from "./tray.js";
import { useVoices, VoiceBar, VoiceButton, VoiceHeld, VoiceHint } from "./voice.js";

const NewPoll = later(async () => (await import("./new-poll.js")).NewPoll, "polls");

/** Whom a text names there. @param {string} text @param {string} id */
function namedIn(text, id) {
  const people = membersOf(id).peek();
  const may = mayNameEveryone(id).peek();
  const everyone = may ? everyoneNamedIn(text, people, EVERYBODY) : "";
  return { mentions: mentionsIn(text, people), everyone };
}

/** Whether something stands there that was not sent, so that it may be of any height. @param {string} id */
function isBegun(id) {
  const { draft, recorded } = conversation(id).peek();
  return (
    draft !== "" ||
    recordingIn(id).peek() !== null ||
    recorded > 0 ||
    aim(id).peek().kind !== "" ||
    trayOf(id).peek().files.length > 0
  );
}

/** Where nobody writes at once, on a phone, what was said comes first and the box with the next frame, in the room that is kept for it. @param {{id: string}} props */
export function Composer({ id }) {
  const here = usePainted(hasKeyboard() || isBegun(id));
  if (here) return html`<${Box} id=${id} />`;
  return html`<div class="composer"><div class="composer-line coming"></div></div>`;
}

/** @param {{id: string}} props */
function Box({ id }) {
  const { box, text, write } = useWriting(id);
  const chooser = useRef(/** @type {HTMLInputElement|null} */ (null));
  const tray = trayOf(id);
  const { files } = tray.value;
  const assist = useAssist(id, box, text);
  const excess = text.length - MAX_TEXT;
  const [isAsking, setAsking] = useState(false);
  const { kind, seq } = aim(id).value;
  const editing = kind === "edit";
  const empty = !text.trim() && !files.length && !editing;
  const voices = useVoices(id, box);
  const [refused, refuse] = useState("");
  useEffect(() => {
    refuse("");
    if (kind) atEnd(box.current);
  }, [id, kind, seq]);

  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (empty || excess > 0) return;
    const named = namedIn(text, id);
    if (editing) {
      saveEdit(id, text.trim(), named).catch((error) => refuse(error.message));
      return;
    }
    tray.value = { files: [], note: "" };
    box.current?.focus();
    toNewest(id);
    send(id, text.trim(), files, { ...named, reply: takeReply(id), smaller: goSmaller() });
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (assist.key(event)) return;
    if (event.key === "ArrowUp" && !text && !kind && editLast(id)) event.preventDefault();
    if (event.key === "Escape" && kind) drop(id);
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && hasKeyboard();
    if (sends) submit(event);
  };
  const paste = (/** @type {ClipboardEvent} */ event) => {
    const pasted = event.clipboardData?.files ?? [];
    if (!pasted.length) return;
    addFiles(tray, pasted);
    if (!event.clipboardData?.getData("text/plain")) event.preventDefault(); // words beside it go into the box
  };
  const chosen = (/** @type {Event & {currentTarget: HTMLInputElement}} */ { currentTarget }) => {
    addFiles(tray, currentTarget.files ?? []);
    currentTarget.value = "";
    box.current?.focus();
  };
  const keepKeyboard = (/** @type {Event} */ event) => event.preventDefault();

  return html`<form class="composer" onSubmit=${submit}>
    ${assist.view}
    <${ComposingBar} id=${id} refused=${refused} />
    ${!editing && html`<${Tray} tray=${tray} />`}
    ${excess > 0 && html`<p class="wrong" role="status">${strings.messages.tooLong(excess)}</p>`}
    <${VoiceHint} id=${id} />
    ${voices === "bar" && html`<${VoiceBar} id=${id} />`}
    <div class="composer-line" hidden=${voices === "bar"}>
      <button type="button" class="icon-button" aria-label=${strings.messages.attach} disabled=${editing} onClick=${() => chooser.current?.click()}>
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
        ...${assist.attributes}
      ></textarea>
      ${hasKeyboard() && html`<${EmojiButton} box=${box} key="emoji" />`}
      ${
        empty
          ? html`<button type="button" class="icon-button" aria-label=${strings.polls.make} title=${strings.polls.make} aria-haspopup="dialog"
              onClick=${() => setAsking(true)} key="poll"><${Icon} name="poll" /></button>
            <${VoiceButton} id=${id} key="voice" />`
          : html`<button type="submit" class="icon-button accent" aria-label=${editing ? strings.talk.save : strings.messages.send} disabled=${excess > 0}
              onPointerDown=${keepKeyboard} key="send">
              <${Icon} name=${editing ? "check" : "send"} />
            </button>`
      }
      ${voices === "held" && html`<${VoiceHeld} />`}
    </div>
  </form>
  ${isAsking && html`<${NewPoll} id=${id} close=${() => setAsking(false)} />`}`;
}
