/** Everybody's voice and the sound of a shared screen, each as loud as one wants it. Where the browser lets nothing sound before a tap, there is a button for it. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { volumeOf } from "../state/stage.js";
import { strings } from "../strings.js";
import { useSpeaker } from "./parts/gear.js";
import { html } from "./parts/html.js";

/** @typedef {import("../state/gathering.js").Seat} Seat */

/** @param {{seats: Seat[]}} props */
export function GatheringSound({ seats }) {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  const [refused, setRefused] = useState(false);
  const play = () => {
    setRefused(false);
    for (const audio of box.current?.querySelectorAll("audio") ?? [])
      audio.play().catch(() => setRefused(true));
  };
  return html`
    <div ref=${box} hidden>
      ${soundsOf(seats).map(
        (one) => html`<${Sound} ...${one} refused=${() => setRefused(true)} />`,
      )}
    </div>
    ${refused && html`<button type="button" class="call-hear" onClick=${play}>${strings.call.hear}</button>`}
  `;
}

/** All that sounds: one's own does not. @param {Seat[]} seats */
function soundsOf(seats) {
  return seats
    .filter((seat) => !seat.mine)
    .flatMap(({ device, person, sound, screenSound }) => [
      ...(sound ? [{ key: device, person, stream: sound }] : []),
      ...(screenSound ? [{ key: `${device} screen`, person, stream: screenSound }] : []),
    ]);
}

/** @param {{person: string, stream: MediaStream, refused: () => void}} props */
function Sound({ person, stream, refused }) {
  const ref = useRef(/** @type {HTMLAudioElement|null} */ (null));
  const volume = volumeOf(person);
  useSpeaker(ref);
  useLayoutEffect(() => {
    const audio = ref.current;
    if (!audio) return;
    audio.srcObject = stream;
    audio.play().catch((error) => error?.name === "NotAllowedError" && refused());
  }, [stream]);
  useLayoutEffect(() => {
    if (ref.current) ref.current.volume = volume;
  }, [volume]);
  return html`<audio ref=${ref} autoplay></audio>`;
}
