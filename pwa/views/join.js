/** The first screen: one field and one button; what to do without an invitation; "That's me" on a name that is taken. */

import { signal } from "@preact/signals-core";
import { useEffect, useState } from "preact/hooks";
import { claim, claimByCode, claimName, join, session } from "../state/session.js";
import { strings } from "../strings-first.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { later } from "./parts/later.js";
import { Mark } from "./parts/mark.js";
import { forgetInvitation, takeInvitation } from "./parts/route.js";
import { hasKeyboard } from "./parts/wide.js";
import { Waiting } from "./waiting.js";

const CodeEntry = later(async () => (await import("./code-entry.js")).CodeEntry);

const MAX_NAME = 40; // characters, protocol/shapes.py
const brought = takeInvitation();

/** Codes that the name field answers for; any other belongs to the invitation. */
const ABOUT_INVITATION = new Set(["invitation-needed", "invitation-expired", "invitation-spent"]);

/** Whether a code from another device is typed, and what is wrong with the one that was scanned. */
const entry = signal(/** @type {{wrong: string}|null} */ (null));

/** A device code says who one is, so there is nothing to type. */
export async function joinByCode() {
  if (session.value.state !== "signed-out") return;
  if (brought.code) await join({ code: brought.code }).catch(() => {}); // spent: the form is there
  if (brought.device)
    await claimByCode({ link: brought.device }).catch((error) => {
      entry.value = { wrong: error.message };
    });
}

/** @param {{name: string, ask: () => void, rename: () => void, busy: boolean}} props */
function Taken({ name, ask, rename, busy }) {
  return html`<div class="taken" role="alert">
    <p><strong dir="auto">${strings.join.taken(name)}</strong> ${strings.join.takenHint}</p>
    <button type="button" class="button primary" disabled=${busy} onClick=${ask}>${strings.join.thatsMe}</button>
    <button type="button" class="button quiet" onClick=${rename}>${strings.join.anotherName}</button>
  </div>`;
}

function Uninvited() {
  return html`<div class="uninvited">
    <${Icon} name="qr" />
    <p><strong>${strings.join.needsInvitation}</strong> ${strings.join.howInvited}</p>
  </div>`;
}

function Form() {
  const [name, setName] = useState("");
  const [wrong, setWrong] = useState(/** @type {{code: string, message: string}|null} */ (null));
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (hasKeyboard()) document.getElementById("name")?.focus();
    return () => {
      if (session.peek().state !== "signed-in") return;
      forgetInvitation();
      brought.invite = "";
    };
  }, []);
  const attempt = async (/** @type {() => Promise<void>} */ act) => {
    setBusy(true);
    setWrong(null);
    try {
      await act();
    } catch (error) {
      const { code = "", message } = /** @type {{code?: string, message: string}} */ (error);
      setWrong({ code, message });
    }
    setBusy(false);
  };
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (name.trim() && !busy)
      attempt(() => join({ username: name.trim(), invite: brought.invite }));
  };
  const rename = () => {
    setWrong(null);
    document.getElementById("name")?.focus();
  };

  const uninvited =
    (!brought.invite && !session.value.open) || ABOUT_INVITATION.has(wrong?.code ?? "");
  const taken = wrong?.code === "name-taken";
  return html`<form class="join-form" onSubmit=${submit}>
    <div class="field">
      <label for="name">${strings.join.name}</label>
      <input
        id="name"
        name="name"
        autocomplete="nickname"
        autocapitalize="words"
        enterkeyhint="go"
        maxlength=${MAX_NAME}
        required
        dir="auto"
        value=${name}
        onInput=${(/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) => setName(event.currentTarget.value)}
        aria-describedby=${wrong && !taken ? "wrong" : "name-hint"}
        aria-invalid=${wrong ? "true" : undefined}
      />
      ${
        wrong && !taken
          ? html`<p class="wrong" id="wrong" role="alert">${wrong.message}</p>`
          : html`<p class="hint" id="name-hint">${strings.join.hint}</p>`
      }
    </div>
    ${
      taken
        ? html`<${Taken} name=${name.trim()} busy=${busy} rename=${rename} ask=${() => attempt(() => claimName(name.trim()))} />`
        : html`<button type="submit" class="button primary" disabled=${busy}>
            ${busy ? strings.join.joining : strings.join.button}
          </button>`
    }
    ${uninvited && html`<${Uninvited} />`}
    <button type="button" class="button quiet" onClick=${() => {
      entry.value = { wrong: "" };
    }}>
      <${Icon} name="device" small />${strings.join.haveCode}
    </button>
  </form>`;
}

/** How to come in: waiting for a yes, typing a code, or a name. */
function Way() {
  if (claim.value) return html`<${Waiting} />`;
  const leave = () => {
    entry.value = null;
  };
  return entry.value
    ? html`<${CodeEntry} wrong=${entry.value.wrong} leave=${leave} />`
    : html`<${Form} />`;
}

export function Join() {
  return html`<main class="join scroll">
    <div class="join-card">
      <${Mark} size=${88} />
      <h1>${strings.name}</h1>
      <p class="welcome">${strings.join.welcome}</p>
      ${session.value.reason && html`<p class="reason" role="status">${strings.join.signedOut}</p>`}
      <${Way} />
    </div>
  </main>`;
}
