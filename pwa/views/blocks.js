/** What a block looks like to who made it: on the card, in the conversation, among the messages of a room, and as a list. */

import { useState } from "preact/hooks";
import { block, blockedPeople, isBlocked, unblock } from "../state/blocks.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { Confirm } from "./parts/confirm.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";

/** @typedef {import("../state/people.js").Person} Person */

/** @param {{who: Person, quiet?: boolean}} props */
export function Unblock({ who, quiet = false }) {
  const [wrong, setWrong] = useState("");
  const go = () => unblock(who.id).catch((error) => setWrong(error.message));
  return html`
    <button type="button" class=${quiet ? "button quiet" : "button"} aria-label=${strings.blocks.unblockName(who.name)} onClick=${go}>${strings.blocks.unblock}</button>
    ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
  `;
}

/** On a card: block, or take it back. @param {{who: Person}} props */
export function Blocking({ who }) {
  const [asking, setAsking] = useState(false);
  if (isBlocked(who.id).value)
    return html`<section class="panel blocked">
      <p>${strings.blocks.isBlocked(who.name)}</p>
      <${Unblock} who=${who} />
    </section>`;
  return html`
    <button type="button" class="button quiet block" onClick=${() => setAsking(true)}><${Icon} name="block" small />${strings.blocks.block}</button>
    ${
      asking &&
      html`<${Confirm}
        title=${strings.blocks.title(who.name)}
        text=${strings.blocks.text(who.name)}
        action=${strings.blocks.block}
        act=${() => block(who.id)}
        close=${() => setAsking(false)}
      />`
    }
  `;
}

/** Where one would write. @param {{who: Person}} props */
export function BlockedNote({ who }) {
  return html`<div class="note closed blocked-note">
    <span>${strings.blocks.closed(who.name)}</span>
    <${Unblock} who=${who} quiet />
  </div>`;
}

/** The line in the place of what they said. @param {{place: string, show: () => void}} props `place` is its key in the log */
export function Folded({ place, show }) {
  return html`<div class="message theirs opens closes blocked-message" data-key=${place}>
    <button type="button" onClick=${show}>${strings.blocks.message} <u>${strings.blocks.show}</u></button>
  </div>`;
}

/** In the settings, for who has blocked somebody. */
export function BlockedPeople() {
  const ids = blockedPeople.value;
  if (!ids.length) return null;
  return html`<section class="panel">
    <h2 id="blocked">${strings.blocks.people}</h2>
    <ul role="list" aria-labelledby="blocked">
      ${ids.map((id) => {
        const who = person(id).value;
        return html`<li class="setting" key=${id}>
          <${Avatar} person=${who} size="small" />
          <span class="row-text"><span dir="auto">${who.name}</span></span>
          <${Unblock} who=${who} quiet />
        </li>`;
      })}
    </ul>
  </section>`;
}
