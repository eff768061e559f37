/** The line under a room's header while a call is on: who is in it, since when, and coming in. */

import { useState } from "preact/hooks";
import { doing, elsewhereInRoom, isInCall } from "../state/gathering.js";
import { letsIn } from "../state/gathering-rights.js";
import { person } from "../state/people.js";
import { ownRole } from "../state/rooms.js";
import { me } from "../state/session.js";
import { isHere, minimised } from "../state/stage.js";
import { conversationIn } from "../state/world.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { later } from "./parts/later.js";
import { allOf } from "./parts/locale.js";
import { useLook } from "./parts/look.js";
import { timeOfDay } from "./parts/time.js";

const words = strings.gathering;
const FACES = 4;

/** What comes before a call, for who wants to look first. */
export const Preview = later(
  async () => (await import("./gathering-preview.js")).GatheringPreview,
  "call",
  "call-faces",
  "gathering",
  "gear",
  "trial",
);

const Attending = later(
  async () => (await import("./gathering-attending.js")).Attending,
  "details",
);

/** The first of those who are in it; all of them by name. @param {{on: import("../protocol/types.js").GroupCall}} props */
function Faces({ on }) {
  const [opened, setOpened] = useState(false);
  const people = on.attendees.map((one) => person(one.person).value);
  if (!people.length)
    return html`<span class="gathering-faces" aria-hidden="true"><${Icon} name=${on.video ? "video" : "phone"} small /></span>`;
  const names = allOf(people.map(({ name }) => name));
  return html`<button type="button" class="gathering-faces" title=${names} onClick=${() => setOpened(true)}>
      ${people.slice(0, FACES).map((who) => html`<${Avatar} key=${who.id} person=${who} size="small" />`)}
      <span class="unseen">${words.bar(people.length)}: ${names}</span>
    </button>
    ${opened && html`<${Attending} people=${people.map(({ id }) => id)} close=${() => setOpened(false)} />`}`;
}

/** @param {{id: string}} props of a conversation in which a call is on */
export function GatheringBar({ id }) {
  const [looks, setLooks] = useLook();
  const on = conversationIn(id).value?.gathering;
  if (!on) return null;
  const count = on.attendees.length;
  const here = isHere(on.call);
  const other = !here && elsewhereInRoom.value?.call === on.call ? elsewhereInRoom.value : null;
  const open = letsIn(on, me.value.id, ownRole(id).value);
  const back = () => {
    minimised.value = false;
  };
  const join = (/** @type {boolean} */ video) => () => doing.start(id, { video });
  return html`<section class="gathering-bar" aria-label=${words.isOn}>
    <${Faces} on=${on} />
    <span class="gathering-bar-text">
      <strong>${count ? words.bar(count) : words.empty}</strong>
      <span class="hint">${words.since(timeOfDay(on.at))}${on.locked && ` · ${words.isLocked}`}${other && !other.here && ` · ${words.isElsewhere}`}</span>
    </span>
    ${here && html`<button type="button" class="button primary" aria-label=${strings.call.rejoin} onClick=${back}>${words.back}</button>`}
    ${other && html`<button type="button" class="button primary" onClick=${join(false)}>${other.here ? words.back : words.takeHere}</button>`}
    ${
      !here &&
      !other &&
      open &&
      html`
      ${!isInCall.value && html`<button type="button" class="icon-button" aria-label=${strings.gear.look} title=${strings.gear.look} onClick=${() => setLooks(true)}><${Icon} name="sliders" /></button>`}
      <button type="button" class="icon-button" aria-label=${words.joinWithCamera} title=${words.joinWithCamera} onClick=${join(true)}><${Icon} name="video" /></button>
      <button type="button" class="button primary" onClick=${join(false)}>${words.join}</button>`
    }
    ${looks && html`<${Preview} id=${id} video=${on.video} on ring=${false} close=${() => setLooks(null)} />`}
  </section>`;
}
