/** Starting a call in a room: with sound or picture, and whether it rings or is only opened. */

import { useState } from "preact/hooks";
import { call } from "../state/calls.js";
import { doing } from "../state/gathering.js";
import { MOST_RINGING } from "../state/gatherings.js";
import { mayWrite, memberCount } from "../state/rooms.js";
import { isBusy } from "../state/stage.js";
import { conversationIn } from "../state/world.js";
import { strings } from "../strings.js";
import { Preview } from "./gathering-bar.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { useLook } from "./parts/look.js";
import { placeAt, usePlace } from "./parts/place.js";

const words = strings.gathering;

/** @typedef {{video: boolean, at: import("./parts/place.js").At}} Wish */

/** Two buttons of a room's header, for who may begin where no call is on. @param {{id: string}} props */
export function BeginGathering({ id }) {
  const [wish, setWish] = useState(/** @type {Wish|null} */ (null));
  const [looks, setLooks] = useLook();
  const on = conversationIn(id).value?.gathering;
  if (on || isBusy.value || (call.value && call.value.phase !== "ended") || !mayWrite(id).value)
    return null;
  const begin = (/** @type {boolean} */ video, /** @type {boolean} */ ring) => {
    setWish(null);
    doing.start(id, { video, ring });
  };
  const look = (/** @type {boolean} */ video) => {
    setWish(null);
    setLooks({ video });
  };
  const many = memberCount(id).value > MOST_RINGING;
  const ask = (/** @type {boolean} */ video) => (/** @type {{currentTarget: Element}} */ event) => {
    setWish({ video, at: placeAt(event.currentTarget) });
  };
  return html`
    <button type="button" class="icon-button" aria-label=${strings.messages.voiceCall} onClick=${ask(false)}><${Icon} name="phone" /></button>
    <button type="button" class="icon-button" aria-label=${strings.messages.videoCall} onClick=${ask(true)}><${Icon} name="video" /></button>
    ${wish && html`<${How} wish=${wish} many=${many} start=${(/** @type {boolean} */ ring) => begin(wish.video, ring)} look=${() => look(wish.video)} close=${() => setWish(null)} />`}
    ${looks && html`<${Preview} id=${id} video=${looks.video} on=${false} ring=${!many} close=${() => setLooks(null)} />`}
  `;
}

/** @param {{wish: Wish, many: boolean, start: (ring: boolean) => void, look: () => void, close: () => void}} props `many`: too many to ring */
function How({ wish, many, start, look, close }) {
  const box = usePlace(wish.at);
  const title = wish.video ? words.begin.video : words.begin.voice;
  return html`<${Dialog} label=${title} kind="menu-layer" close=${close}>
    <div ref=${box} class="menu begin">
      ${!many && html`<button type="button" onClick=${() => start(true)}><${Icon} name="bell" /><span>${words.ring}<small>${words.ringHint}</small></span></button>`}
      <button type="button" onClick=${() => start(false)}><${Icon} name="thread" /><span>${words.quiet}<small>${words.quietHint}</small></span></button>
      <button type="button" onClick=${look}><${Icon} name="sliders" /><span>${strings.gear.look}<small>${strings.gear.testHint}</small></span></button>
    </div>
  <//>`;
}
