/** Before a room's call: oneself as in a mirror, what one is seen and heard with, and then in. What was opened goes along. */

import { doing } from "../state/gathering.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { nameOfRoom } from "./parts/room.js";
import { TrialLayer, useTrial } from "./parts/trial.js";

const words = strings.gear;

/** @typedef {{id: string, video: boolean, on: boolean, ring: boolean, close: () => void}} PreviewProps `on`: a call is on, to be joined; `ring`: one that is begun may ring */

/** @param {PreviewProps} props */
export function GatheringPreview({ id, video, on, ring, close }) {
  const trial = useTrial({ video });
  const go = (/** @type {boolean} */ rings) => {
    const view = trial.media.peek(); // null while the browser still asks whether it may
    const { camera = video, muted = false } = view ?? {};
    doing.start(id, { video, camera, muted, ring: rings, handed: view && trial.hand() });
    close();
  };
  const ways = on ? ["join"] : ring ? ["open", "ring"] : ["open"];
  return html`<${TrialLayer} name=${nameOfRoom(id)} line=${words.title} trial=${trial} close=${close}>
    ${ways.map((way) => html`<button type="button" key=${way} class=${`call-pill large${way === "open" && ring ? " quiet" : ""}`} autofocus=${way !== "ring"} onClick=${() => go(way === "ring")}>${words[/** @type {"join"|"open"|"ring"} */ (way)]}</button>`)}
  <//>`;
}
