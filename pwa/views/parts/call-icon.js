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
  hand: "M8 12.5V6a1.5 1.5 0 0 1 3 0v5M11 10.5v-6a1.5 1.5 0 0 1 3 0v6M14 11V6a1.5 1.5 0 0 1 3 0v8c0 4-2.2 6.5-5.6 6.5-2.6 0-4-1.2-5.2-3.4L4 12.9c-.9-1.6 1.2-2.8 2.3-1.4L8 13.6",
  smile:
    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M8.5 14.2c.9 1.3 2 1.9 3.5 1.9s2.6-.6 3.5-1.9M9.2 9.8v.01M14.8 9.8v.01",
  people:
    "M9 11.5a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6M2.5 20c.5-3.7 3-5.5 6.5-5.5s6 1.8 6.5 5.5M16 4.3a3.8 3.8 0 0 1 0 7M18 14.9c1.9.7 3.1 2.4 3.5 5.1",
  add: "M10 11.5a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6M3 20c.5-3.7 3.3-5.5 7-5.5 1.5 0 2.8.3 3.9.8M18.5 13.5v7M15 17h7",
  more: "M5.1 12a.9.9 0 1 0 1.8 0a.9.9 0 1 0-1.8 0M11.1 12a.9.9 0 1 0 1.8 0a.9.9 0 1 0-1.8 0M17.1 12a.9.9 0 1 0 1.8 0a.9.9 0 1 0-1.8 0",
  grid: "M4 5h6.5v6H4zM13.5 5H20v6h-6.5zM4 13.5h6.5v5.5H4zM13.5 13.5H20v5.5h-6.5z",
  speaker: "M4 4.5h16v10H4zM4 18h4v1.5H4zM10 18h4v1.5h-4zM16 18h4v1.5h-4z",
  bars: "M6 10v4M10 6.5v11M14 9v6M18 7.5v9",
  check: "M5 12.5l4.5 4.5L19 7.5",
  hint: "M12 6.5v7M12 17.2v.01",
  wait: "M12 7v5.2l3.2 2M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16",
  figures: "M4 20h16.5M6.5 16.5v-5M11 16.5V5M15.5 16.5V9M20 16.5v-3",
  sliders: "M4 7h8M17 7h3M12 4.8h5v4.4h-5zM4 17h3M12 17h8M7 14.8h5v4.4H7z",
  next: "M9 5l7 7-7 7",
  previous: "M15 5l-7 7 7 7",
  sound: "M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11",
  write: "M4 5.5h16v11H10.5L6 20v-3.5H4z",
  list: "M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5v.01M4.5 12v.01M4.5 17.5v.01",
  pin: "M9 4h6M10 4v6l-3 3.5h10L14 10V4M12 13.5V20",
};

/** @typedef {keyof typeof PATHS} CallIconName */

/** @param {{name: CallIconName, small?: boolean}} props */
export function CallIcon({ name, small = false }) {
  const filled = name === "end" || name === "phone" ? " filled" : "";
  const points = name === "next" || name === "previous" ? " points" : ""; // along the line of writing
  return html`<svg class=${`icon${small ? " small" : ""}${filled}${points}`} viewBox="0 0 24 24" aria-hidden="true">
    <path d=${PATHS[name]} />
  </svg>`;
}
