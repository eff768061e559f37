/** Which camera, microphone and loudspeaker: chosen, heard, and with a bar that moves with one's voice. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { canDirect, chime, direct } from "../../call/chime.js";
import { choose, found, present, speakerId } from "../../state/gear.js";
import { strings } from "../../strings.js";
import { CallIcon } from "./call-icon.js";
import { html } from "./html.js";

/** @typedef {import("../../state/gear.js").Gear} Gear */
/** @typedef {{using: import("../../call/media.js").MediaView["using"], choose: (kind: "camera"|"microphone", id: string) => void, listen: (hear: (level: number) => void) => () => void}} GearProps */

const words = strings.gear;
const ICONS = /** @type {const} */ ({
  camera: "camera",
  microphone: "microphone",
  speaker: "sound",
});

/** @param {{kind: Gear, value: string, act: (id: string) => void, first?: string, children?: any}} props `first` is a choice before all pieces */
function Choice({ kind, value, act, first, children }) {
  const pieces = present.value[kind].filter(({ id }) => id);
  const none = pieces.length === 0;
  const change = (/** @type {Event & {currentTarget: HTMLSelectElement}} */ { currentTarget }) =>
    act(currentTarget.value);
  return html`<div class="gear">
    <label class="gear-choice">
      <span class="gear-name">${words[kind]}</span>
      <${CallIcon} name=${ICONS[kind]} small />
      <select value=${value} disabled=${none} onChange=${change}>
        ${none && html`<option value="">${words.none[kind]}</option>`}
        ${!none && first && html`<option value="">${first}</option>`}
        ${pieces.map(({ id, label }, at) => html`<option key=${id} value=${id}>${label || words.numbered[kind](at + 1)}</option>`)}
      </select>
      <span class="gear-fold"><${CallIcon} name="next" small /></span>
    </label>
    ${children}
  </div>`;
}

/** A bar that moves with one's voice. @param {{listen: GearProps["listen"]}} props */
export function Level({ listen }) {
  const bar = useRef(/** @type {HTMLDivElement|null} */ (null));
  useEffect(
    () =>
      listen((level) => {
        bar.current?.style.setProperty("--level", level.toFixed(2));
        bar.current?.setAttribute("aria-valuenow", String(10 * Math.round(10 * level)));
      }),
    [listen],
  );
  return html`<div ref=${bar} class="level" role="meter" aria-label=${words.level} aria-valuemin="0" aria-valuemax="100" aria-valuenow="0"><i></i></div>`;
}

function Chime() {
  const [busy, setBusy] = useState(false);
  const play = () => {
    setBusy(true);
    chime(speakerId.peek())
      .catch(() => {}) // no sound system at all
      .finally(() => setBusy(false));
  };
  return html`<button type="button" class="call-pill quiet" aria-label=${words.hear} title=${words.hear} disabled=${busy} onClick=${play}>${words.chime}</button>`;
}

/** All three. @param {GearProps} props */
export function GearChoices({ using, choose: use, listen }) {
  const value = (/** @type {"camera"|"microphone"} */ kind) =>
    using[kind] || found(kind)?.id || present.value[kind][0]?.id || "";
  const speak = (/** @type {string} */ id) => {
    const piece = present.peek().speaker.find((one) => one.id === id);
    choose("speaker", piece ?? { id: "", label: "" });
  };
  return html`<div class="gears">
    <${Choice} kind="camera" value=${value("camera")} act=${(/** @type {string} */ id) => use("camera", id)} />
    <${Choice} kind="microphone" value=${value("microphone")} act=${(/** @type {string} */ id) => use("microphone", id)}><${Level} listen=${listen} /><//>
    ${
      canDirect()
        ? html`<${Choice} kind="speaker" value=${speakerId.value} act=${speak} first=${words.automatic}><${Chime} /><//>`
        : html`<div class="gear"><span>${words.none.speaker}</span><${Chime} /></div>`
    }
  </div>`;
}

/** The sound of this element goes where the person wants it. @param {{current: HTMLMediaElement|null}} ref */
export function useSpeaker(ref) {
  const speaker = speakerId.value;
  useLayoutEffect(() => {
    direct(ref.current, speaker);
  }, [speaker]);
}
