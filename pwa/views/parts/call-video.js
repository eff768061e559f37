/** A moving picture, and the sound beside it. Pictures are mute, so that they may always play and be swapped at will. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { fitOf } from "../../call/layout.js";
import { strings } from "../../strings.js";
import { useSpeaker } from "./gear.js";
import { html } from "./html.js";

/** @typedef {import("../../call/layout.js").Size} Size */

/** @param {{stream: MediaStream | null, mirrored?: boolean, screen?: boolean, stage?: Size, shape?: (picture: Size) => void, name: string}} props
 * `shape` hears the picture's own size; `name` is a class */
export function CallVideo({ stream, mirrored = false, screen = false, stage, shape, name }) {
  const ref = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const [picture, setPicture] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const video = ref.current;
    if (!video || video.srcObject === stream) return;
    video.srcObject = stream;
    if (stream) video.play().catch(() => {}); // muted: refused only when taken away again at once
  }, [stream]);
  const measure = () => {
    const { videoWidth: width = 0, videoHeight: height = 0 } = ref.current ?? {};
    if (!width) return;
    setPicture({ width, height });
    shape?.({ width, height });
  };
  const style = stage ? { objectFit: fitOf(stage, picture, screen) } : {};
  return html`<video ref=${ref} class=${mirrored ? `${name} mirrored` : name} style=${style} muted autoplay playsinline
    disablepictureinpicture onResize=${measure} onLoadedMetadata=${measure}></video>`;
}

/** The other side's voice. Where the browser lets nothing sound before a tap, there is a button for the tap.
 * @param {{stream: MediaStream | null}} props */
export function CallSound({ stream }) {
  const ref = useRef(/** @type {HTMLAudioElement | null} */ (null));
  const [blocked, setBlocked] = useState(false);
  useSpeaker(ref);
  const play = () => {
    ref.current?.play().then(
      () => setBlocked(false),
      (error) => setBlocked(error?.name === "NotAllowedError"),
    );
  };
  useEffect(() => {
    const audio = ref.current;
    if (!audio) return;
    audio.srcObject = stream;
    if (stream) play();
  }, [stream]);
  return html`
    <audio ref=${ref} autoplay></audio>
    ${blocked && html`<button type="button" class="call-hear" onClick=${play}>${strings.call.hear}</button>`}
  `;
}
