/** Somebody's card: who they are, and the ways to reach them. The host can remove them here. */

import { useEffect, useState } from "preact/hooks";
import { isBlocked } from "../state/blocks.js";
import { startCall } from "../state/calls.js";
import { conversation, directWith } from "../state/conversations.js";
import { isInCall } from "../state/gathering.js";
import { person, presence, removePerson, watchPeople } from "../state/people.js";
import { session } from "../state/session.js";
import { strings } from "../strings.js";
import { Blocking } from "./blocks.js";
import { ExportOne } from "./export.js";
import { Avatar } from "./parts/avatar.js";
import { Confirm } from "./parts/confirm.js";
import { GalleryButton } from "./parts/gallery-button.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { later } from "./parts/later.js";
import { useLook } from "./parts/look.js";
import { back, writeHref } from "./parts/route.js";
import { untilWords } from "./parts/status-words.js";
import { presenceWords } from "./people.js";
import { Retention } from "./retention.js";

const Attention = later(async () => (await import("./attention.js")).Attention, "attention");
const CallPreview = later(
  async () => (await import("./call-preview.js")).CallPreview,
  "call",
  "call-faces",
  "gathering",
  "gear",
  "trial",
);

/** @param {{who: import("../state/people.js").Person}} props */
function Ways({ who }) {
  const [looks, setLooks] = useLook();
  const call = (/** @type {boolean} */ video) => () => startCall(directWith(who.id), { video });
  return html`
  <div class="ways">
    <a class="way" href=${writeHref(who.id)}><${Icon} name="message" />${strings.people.write}</a>
    <button type="button" class="way" onClick=${call(false)}><${Icon} name="phone" />${strings.messages.voiceCall}</button>
    <button type="button" class="way" onClick=${call(true)}><${Icon} name="video" />${strings.messages.videoCall}</button>
  </div>
  ${!isInCall.value && html`<button type="button" class="button quiet look" onClick=${() => setLooks(true)}><${Icon} name="sliders" small />${strings.gear.look}</button>`}
  ${looks && html`<${CallPreview} id=${who.id} close=${() => setLooks(null)} />`}`;
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

/** @param {string} id */
function howTheyAre(id) {
  const { known, until } = presence(id).value;
  return [presenceWords(id), known && untilWords(until)].filter(Boolean).join(" · ");
}

/** @param {string} id of a conversation */
const isWritten = (id) => conversation(id).value.written;

/** @param {{id: string}} props */
export function PersonCard({ id }) {
  const who = person(id).value;
  const isMe = id === session.value.me;
  useEffect(() => watchPeople([id]), [id]);
  return html`<main class="pane main person">
    <header class="bar">
      <button type="button" class="icon-button" aria-label=${strings.back} onClick=${() => back()}><${Icon} name="back" /></button>
    </header>
    <div class="scroll">
      <div class="person-card">
        <${Avatar} person=${who} size="huge" />
        <h1 dir="auto">${who.name}</h1>
        <p class="hint" dir="auto">${who.removed ? strings.people.gone : howTheyAre(id)}</p>
        ${!isMe && !who.removed && !isBlocked(id).value && html`<${Ways} who=${who} />`}
        ${isMe && html`<a class="button" href="#/profile"><${Icon} name="edit" small />${strings.settings.edit}</a>`}
        ${
          who.about &&
          html`<section class="panel">
            <h2>${strings.people.about}</h2>
            <p dir="auto">${who.about}</p>
          </section>`
        }
        ${!isMe && html`<${Retention} />`}
        ${!isMe && html`<${GalleryButton} id=${directWith(id)} />`}
        ${!isMe && !who.removed && html`<${Attention} id=${directWith(id)} />`}
        ${!isMe && isWritten(directWith(id)) && html`<${ExportOne} conversation=${directWith(id)} />`}
        ${!isMe && (!who.removed || isBlocked(id).value) && html`<${Blocking} who=${who} />`}
        ${!isMe && session.value.host && !who.removed && html`<${Removal} who=${who} />`}
      </div>
    </div>
  </main>`;
}
