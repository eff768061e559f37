/** Everybody's voice, each as loud as one wants it. Where the browser lets nothing sound before a tap, there is a button for it. */

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
      ${seats
        .filter((seat) => seat.sound && !seat.mine)
        .map(
          (seat) =>
            html`<${Voice} key=${seat.device} seat=${seat} refused=${() => setRefused(true)} />`,
        )}
    </div>
    ${refused && html`<button type="button" class="call-hear" onClick=${play}>${strings.call.hear}</button>`}
  `;
}

/** @param {{seat: Seat, refused: () => void}} props */
function Voice({ seat, refused }) {
  const ref = useRef(/** @type {HTMLAudioElement|null} */ (null));
  const volume = volumeOf(seat.person);
  useSpeaker(ref);
  useLayoutEffect(() => {
    const audio = ref.current;
    if (!audio) return;
    audio.srcObject = seat.sound;
    audio.play().catch((error) => error?.name === "NotAllowedError" && refused());
  }, [seat.sound]);
  useLayoutEffect(() => {
    if (ref.current) ref.current.volume = volume;
  }, [volume]);
  return html`<audio ref=${ref} autoplay></audio>`;
}
