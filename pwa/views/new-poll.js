/** Asking a poll: a question and what may be answered to it. */

import { useState } from "preact/hooks";
import { MAX_OPTION } from "../protocol/limits.js";
import { askPoll, BLANK, pollOf, withLine, withoutLine } from "../state/asking.js";
import { strings } from "../strings.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";

const MAX_QUESTION = 500; // characters: a question, not a letter

/** @typedef {InputEvent & {currentTarget: HTMLInputElement}} Typed */

/** @param {{lines: readonly string[], change: (lines: string[]) => void}} props */
function Options({ lines, change }) {
  return html`<fieldset class="poll-lines field">
    <legend class="label">${strings.polls.options}</legend>
    ${lines.map(
      (line, at) => html`<div class="poll-line" key=${at}>
        <input value=${line} maxlength=${MAX_OPTION} dir="auto" autocomplete="off" aria-label=${strings.polls.option(at + 1)}
          placeholder=${strings.polls.option(at + 1)}
          onInput=${(/** @type {Typed} */ { currentTarget }) => change(withLine(lines, at, currentTarget.value))} />
        ${(line || (at < lines.length - 1 && lines.length > BLANK.length)) && html`<button type="button" class="icon-button" aria-label=${strings.polls.remove(at + 1)} onClick=${() => change(withoutLine(lines, at))}><${Icon} name="close" small /></button>`}
      </div>`,
    )}
  </fieldset>`;
}

/** @param {{id: string, close: () => void}} props */
export function NewPoll({ id, close }) {
  const [question, setQuestion] = useState("");
  const [lines, setLines] = useState(/** @type {readonly string[]} */ (BLANK));
  const [multiple, setMultiple] = useState(false);
  const [tried, setTried] = useState(false);
  const asked = pollOf(question, lines, multiple);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    setTried(true);
    if (!asked) return;
    close();
    askPoll(id, asked);
  };
  return html`<${Dialog} label=${strings.polls.make} close=${close}>
    <form class="card new-poll" onSubmit=${submit}>
      <h2>${strings.polls.make}</h2>
      <div class="field">
        <label for="poll-question">${strings.polls.question}</label>
        <input id="poll-question" value=${question} maxlength=${MAX_QUESTION} dir="auto" autocomplete="off" autofocus
          onInput=${(/** @type {Typed} */ { currentTarget }) => setQuestion(currentTarget.value)} />
      </div>
      <${Options} lines=${lines} change=${setLines} />
      <label class="poll-several">
        <span>${strings.polls.several}</span>
        <input type="checkbox" class="switch" role="switch" checked=${multiple} onChange=${() => setMultiple(!multiple)} />
      </label>
      ${tried && !asked && html`<p class="wrong" role="alert">${strings.polls.unfinished}</p>`}
      <div class="actions">
        <button type="button" class="button" onClick=${close}>${strings.cancel}</button>
        <button type="submit" class="button primary">${strings.polls.ask}</button>
      </div>
    </form>
  <//>`;
}
