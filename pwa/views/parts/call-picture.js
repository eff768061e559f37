/**
 * A call's picture in a window of its own, over all other programs. That window hangs on one <video>: it is the same one for as
 * long as the call is here, so that the window stays open whoever speaks in it, and however the page draws the call meanwhile.
 */

import { useLayoutEffect, useRef } from "preact/hooks";
import { html } from "./html.js";

const NAME = "call-picture";

/** @param {{stream: MediaStream | null, opened?: (open: boolean) => void}} props where nothing comes any more the last picture stays */
export function CallPicture({ stream, opened = () => {} }) {
  const ref = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const turn = (/** @type {boolean} */ open) => {
    const video = ref.current;
    if (open)
      video?.play().catch(() => {}); // muted: refused only when taken away again at once
    else video?.pause(); // nobody sees it
    opened(open);
  };
  useLayoutEffect(() => {
    const video = ref.current;
    if (!video || !stream || video.srcObject === stream) return;
    video.srcObject = stream;
    if (document.pictureInPictureElement === video) video.play().catch(() => {});
  }, [stream]);
  useLayoutEffect(() => {
    const video = ref.current;
    return () => {
      if (document.pictureInPictureElement === video)
        document.exitPictureInPicture().catch(() => {}); // a browser leaves it open with the last picture
    };
  }, []);
  return html`<video ref=${ref} class=${NAME} muted playsinline aria-hidden="true"
    onenterpictureinpicture=${() => turn(true)} onleavepictureinpicture=${() => turn(false)}></video>`;
}

/** Open that window, or close it. */
export function pictureInPicture() {
  const video = /** @type {HTMLVideoElement | null} */ (document.querySelector(`video.${NAME}`));
  if (document.pictureInPictureElement) document.exitPictureInPicture().catch(() => {});
  else video?.requestPictureInPicture().catch(() => {}); // no picture yet
}
