/** One family of icons: 24 units, strokes of one weight, round ends. Decoration only; the name is the control's. */

import { html } from "./html.js";

const PATHS = {
  back: "M15 5l-7 7 7 7",
  bell: "M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7M10 20.5a2.2 2.2 0 0 0 4 0",
  block: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M6 6l12 12",
  camera:
    "M3.5 8.5a2 2 0 0 1 2-2H8l1.5-2h5L16 6.5h2.5a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7",
  chats: "M4 5.5h16v11H10.5L6 20v-3.5H4z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clip: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7",
  close: "M6 6l12 12M18 6L6 18",
  compass: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M15.8 8.2l-2.2 5.4-5.4 2.2 2.2-5.4z",
  computer: "M5 5h14v10H5zM2.5 18.5h19",
  copy: "M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9",
  device:
    "M8 3.5h8a1.5 1.5 0 0 1 1.5 1.5v14a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 19V5A1.5 1.5 0 0 1 8 3.5zM11 17.5h2",
  down: "M12 5v14M5.5 12.5L12 19l6.5-6.5",
  download: "M12 4v11M7 10.5l5 5 5-5M4.5 20h15",
  edit: "M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5",
  filter: "M4 7h16M7 12h10M10.5 17h3",
  sliders: "M4 7h8M17 7h3M12 4.8h5v4.4h-5zM4 17h3M12 17h8M7 14.8h5v4.4H7z",
  file: "M13.5 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5zM13.5 3.5v5h5",
  invite:
    "M10 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8M3 20.5c.6-4 3.3-6 7-6 1.6 0 3 .4 4.1 1.1M18.5 14v6M15.5 17h6",
  details: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 11v5.5M12 7.8v.01",
  leave:
    "M14 4.5H6.5A1.5 1.5 0 0 0 5 6v12a1.5 1.5 0 0 0 1.5 1.5H14M10.5 12H20M16.5 8.5L20 12l-3.5 3.5",
  lock: "M6.5 10.5h11v9h-11zM9 10.5V8a3 3 0 0 1 6 0v2.5",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2",
  thread: "M4 5h12v9H9l-4 3.5V14H4zM19 9h1.5v10l-3-2.5H11",
  message: "M4 5.5h16v11H10.5L6 20v-3.5H4zM8 9.5h8M8 12.5h5",
  microphone:
    "M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  more: "M11.1 6a.9.9 0 1 0 1.8 0a.9.9 0 1 0-1.8 0M11.1 12a.9.9 0 1 0 1.8 0a.9.9 0 1 0-1.8 0M11.1 18a.9.9 0 1 0 1.8 0a.9.9 0 1 0-1.8 0",
  muted:
    "M8.5 5.3A6 6 0 0 1 18 10c0 2.2.3 3.7.7 4.8M6.4 8.2A6 6 0 0 0 6 10c0 5-2 6-2 7h13M10 20.5a2.2 2.2 0 0 0 4 0M4 4l16 16",
  next: "M9 5l7 7-7 7",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  people:
    "M9 11.5a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6M2.5 20c.5-3.7 3-5.5 6.5-5.5s6 1.8 6.5 5.5M16 4.3a3.8 3.8 0 0 1 0 7M18 14.9c1.9.7 3.1 2.4 3.5 5.1",
  phone:
    "M5 4h3.7l1.7 4.4-2.2 1.7a12 12 0 0 0 5.7 5.7l1.7-2.2L20 15.3V19a1.5 1.5 0 0 1-1.6 1.5C10.6 20 4 13.4 3.5 5.6A1.5 1.5 0 0 1 5 4z",
  photo: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 9.5v.01",
  play: "M8 5l10.5 7L8 19z",
  pin: "M9 4h6M10 4v6l-3 3.5h10L14 10V4M12 13.5V20",
  plus: "M12 5v14M5 12h14",
  poll: "M6 19.5v-8M12 19.5v-15M18 19.5v-5",
  program: "M8.5 8L4.5 12l4 4M15.5 8l4 4-4 4M13.5 5.5l-3 13",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v.01M14 20h.01M17.5 20H20v-3",
  reply: "M9.5 6L4 11.5 9.5 17M4.5 11.5H14a6 6 0 0 1 6 6v1",
  forward: "M14.5 6l5.5 5.5-5.5 5.5M19.5 11.5H10a6 6 0 0 0-6 6v1",
  retry: "M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 3.5v4h-4",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5l4.5 4.5",
  send: "M5 12L4 4.5 20.5 12 4 19.5zM5 12h8",
  settings:
    "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
  share: "M12 15V4M8 7.5L12 4l4 3.5M5 12v7.5h14V12",
  smile:
    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M8.5 14.2c.9 1.3 2 1.9 3.5 1.9s2.6-.6 3.5-1.9M9.2 9.8v.01M14.8 9.8v.01",
  sound: "M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11",
  stop: "M7 7h10v10H7z",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  tablet:
    "M6 3.5h12a1.5 1.5 0 0 1 1.5 1.5v14a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 19V5A1.5 1.5 0 0 1 6 3.5zM11 17.5h2",
  trash: "M4.5 6.5h15M9 6.5V4h6v2.5M6.5 6.5l1 13.5h9l1-13.5M10 10.5v6M14 10.5v6",
  up: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
  video: "M3.5 6.5h11v11h-11zM14.5 10.5l6-3.5v10l-6-3.5",
  warning: "M12 4L2.5 20h19zM12 10v4.5M12 17.3v.01",
};

/** @typedef {keyof typeof PATHS} IconName */

/** Those that point along the line of writing: turned round where it runs from right to left. */
const POINTING = new Set(["back", "next", "send", "leave", "reply", "forward"]);

/** @param {{name: IconName, small?: boolean}} props */
export function Icon({ name, small = false }) {
  const kind = `${small ? "icon small" : "icon"}${POINTING.has(name) ? " points" : ""}`;
  return html`<svg class=${kind} viewBox="0 0 24 24" aria-hidden="true">
    <path d=${PATHS[name]} />
  </svg>`;
}
