/** The icons of a call, drawn as those of parts/icon.js are. */

import { html } from "./html.js";

const PATHS = {
  microphone:
    "M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  "microphone-off":
    "M15 10.5v-4a3 3 0 0 0-5.8-1M9 9v2.5a3 3 0 0 0 4.6 2.5M5.5 11.5a6.5 6.5 0 0 0 10.4 5.2M18.5 11.5a6.4 6.4 0 0 1-.6 2.7M12 18v3M4 3.5l16.5 17",
  camera: "M3.5 6.5h11v11h-11zM14.5 10.5l6-3.5v10l-6-3.5",
  "camera-off": "M3.5 7.5v10h10.7M8 6.5h6.5v6.3M14.5 10.5l6-3.5v10l-3-1.7M3.5 3.5l17 17",
  flip: "M4.5 9.5a8 8 0 0 1 14-2.7M19.5 14.5a8 8 0 0 1-14 2.7M18.8 3.2v3.9h-3.9M5.2 20.8v-3.9h3.9",
  screen: "M3.5 4.5h17v11.5h-17zM8.5 20h7M12 13V7.5M9.5 10L12 7.5l2.5 2.5",
  "screen-off": "M3.5 4.5h17v11.5h-17zM8.5 20h7M9.5 8l5 5M14.5 8l-5 5",
  end: "M3.2 14.6c-.9-2 0-3.4 1.6-4.2a16 16 0 0 1 14.4 0c1.6.8 2.5 2.2 1.6 4.2l-.5 1c-.4.7-1.1 1-1.9.7l-2.7-1a1.5 1.5 0 0 1-1-1.4v-1.7a11 11 0 0 0-5.4 0v1.7c0 .6-.4 1.2-1 1.4l-2.7 1c-.8.3-1.5 0-1.9-.7z",
  phone:
    "M5 4h3.7l1.7 4.4-2.2 1.7a12 12 0 0 0 5.7 5.7l1.7-2.2L20 15.3V19a1.5 1.5 0 0 1-1.6 1.5C10.6 20 4 13.4 3.5 5.6A1.5 1.5 0 0 1 5 4z",
  minimise: "M20 4l-6.5 6.5M13.5 5v5.5H19M4 20l6.5-6.5M10.5 19v-5.5H5",
  restore: "M13.5 10.5L20 4M14.5 4H20v5.5M10.5 13.5L4 20M9.5 20H4v-5.5",
  picture: "M3.5 5h17v14h-17zM12 12h6v4.5h-6z",
  close: "M6 6l12 12M18 6L6 18",
};

/** @typedef {keyof typeof PATHS} CallIconName */

/** @param {{name: CallIconName}} props */
export function CallIcon({ name }) {
  const filled = name === "end" || name === "phone";
  return html`<svg class=${filled ? "icon filled" : "icon"} viewBox="0 0 24 24" aria-hidden="true">
    <path d=${PATHS[name]} />
  </svg>`;
}
