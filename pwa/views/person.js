/** Somebody's card: who they are, and the ways to reach them. The host can remove them here. */

import { useEffect, useState } from "preact/hooks";
import { startCall } from "../state/calls.js";
import { directWith } from "../state/conversations.js";
import { person, removePerson, watchPeople } from "../state/people.js";
import { session } from "../state/session.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { Confirm } from "./parts/confirm.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { back, writeHref } from "./parts/route.js";
import { presenceWords } from "./people.js";

/** @param {{who: import("../state/people.js").Person}} props */
function Ways({ who }) {
  const call = (/** @type {boolean} */ video) => () => startCall(directWith(who.id), { video });
  return html`<div class="ways">
    <a class="way" href=${writeHref(who.id)}><${Icon} name="message" />${strings.people.write}</a>
    <button type="button" class="way" onClick=${call(false)}><${Icon} name="phone" />${strings.messages.voiceCall}</button>
    <button type="button" class="way" onClick=${call(true)}><${Icon} name="video" />${strings.messages.videoCall}</button>
  </div>`;
}

/** @param {{who: import("../state/people.js").Person}} props */
function Removal({ who }) {
  const [asking, setAsking] = useState(false);
  return html`
    <button type="button" class="button danger" onClick=${() => setAsking(true)}>${strings.people.remove}</button>
    ${
      asking &&
      html`<${Confirm}
        title=${strings.people.removeTitle(who.name)}
        text=${strings.people.removeText(who.name)}
        action=${strings.people.remove}
        act=${() => removePerson(who.id)}
        close=${() => setAsking(false)}
      />`
    }
  `;
}

/** @param {{id: string}} props */
export function PersonCard({ id }) {
  const who = person(id).value;
  useEffect(() => watchPeople([id]), [id]);
  return html`<main class="pane main person">
    <header class="bar">
      <button type="button" class="icon-button" aria-label=${strings.back} onClick=${() => back()}><${Icon} name="back" /></button>
    </header>
    <div class="scroll">
      <div class="person-card">
        <${Avatar} person=${who} size="huge" />
        <h1 dir="auto">${who.name}</h1>
        <p class="hint">${who.removed ? strings.people.gone : presenceWords(id)}</p>
        ${!who.removed && html`<${Ways} who=${who} />`}
        <section class="panel">
          <h2>${strings.people.about}</h2>
          <p dir="auto" class=${who.about ? "" : "hint"}>${who.about || strings.people.noAbout}</p>
        </section>
        ${session.value.host && !who.removed && html`<${Removal} who=${who} />`}
      </div>
    </div>
  </main>`;
}
