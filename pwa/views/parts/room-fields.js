/** The parts of a room's card as they are filled in: its picture, its words, its rules. */

import { useRef } from "preact/hooks";
import { strings } from "../../strings.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";

const MAX_TITLE = 60; // characters, protocol/shapes.py
const MAX_TOPIC = 300;

/** @typedef {{title: string, topic: string}} Words */
/** @typedef {{public: boolean, announcements: boolean, history: "start"|"joining"}} Rules */
/** @typedef {InputEvent & {currentTarget: HTMLInputElement & HTMLTextAreaElement}} Typed */

/** @param {{words: Words, change: (words: Words) => void}} props */
export function RoomWords({ words, change }) {
  return html`
    <div class="field">
      <label for="room-title">${strings.rooms.title}</label>
      <input id="room-title" value=${words.title} maxlength=${MAX_TITLE} required dir="auto" autocomplete="off"
        placeholder=${strings.rooms.titleHint}
        onInput=${(/** @type {Typed} */ { currentTarget }) => change({ ...words, title: currentTarget.value })} />
    </div>
    <div class="field">
      <label for="room-topic">${strings.rooms.topic}</label>
      <textarea id="room-topic" rows="2" maxlength=${MAX_TOPIC} dir="auto" value=${words.topic}
        onInput=${(/** @type {Typed} */ { currentTarget }) => change({ ...words, topic: currentTarget.value })}></textarea>
    </div>
  `;
}

/** Chooses a picture, or takes it away. @param {{has: boolean, choose: (picture: File) => void, remove: () => void}} props */
export function PictureButtons({ has, choose, remove }) {
  const chooser = useRef(/** @type {HTMLInputElement|null} */ (null));
  const chosen = (/** @type {Event & {currentTarget: HTMLInputElement}} */ { currentTarget }) => {
    const [picture] = currentTarget.files ?? [];
    currentTarget.value = "";
    if (picture) choose(picture);
  };
  return html`<div class="actions">
    <input ref=${chooser} type="file" accept="image/*" hidden onChange=${chosen} />
    <button type="button" class="button" onClick=${() => chooser.current?.click()}>
      <${Icon} name="camera" small />${strings.rooms.choosePicture}
    </button>
    ${has && html`<button type="button" class="button quiet" onClick=${remove}>${strings.rooms.removePicture}</button>`}
  </div>`;
}

/**
 * @param {{rules: Rules, change: (rules: Partial<Rules>) => void, isOwner?: boolean}} props
 * Only the owner says who gets in and what they see.
 */
export function RoomRules({ rules, change, isOwner = true }) {
  const { rooms } = strings;
  return html`
    ${
      isOwner &&
      html`<${Rule} name=${rooms.isPublic} hint=${rooms.isPublicHint} on=${rules.public}
        turn=${() => change({ public: !rules.public })} />
      <${Rule} name=${rooms.history} hint=${rooms.historyHint} on=${rules.history === "start"}
        turn=${() => change({ history: rules.history === "start" ? "joining" : "start" })} />`
    }
    <${Rule} name=${rooms.announcements} hint=${rooms.announcementsHint} on=${rules.announcements}
      turn=${() => change({ announcements: !rules.announcements })} />
  `;
}

/** @param {{name: string, hint: string, on: boolean, turn: () => void}} props */
export function Rule({ name, hint, on, turn }) {
  return html`<label class="setting rule">
    <span>${name}<span class="hint">${hint}</span></span>
    <input type="checkbox" class="switch" role="switch" aria-label=${name} checked=${on} onChange=${turn} />
  </label>`;
}
