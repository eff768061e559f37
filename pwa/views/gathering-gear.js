/** Within a room's call: another camera, microphone or loudspeaker, and whether one is heard. */

import { doing } from "../state/gathering.js";
import { strings } from "../strings.js";
import { CallPanel } from "./parts/call-panel.js";
import { GearChoices } from "./parts/gear.js";
import { html } from "./parts/html.js";

/** @param {{view: import("../state/gathering.js").Gathering, close: () => void}} props */
export function GatheringGear({ view, close }) {
  return html`<${CallPanel} title=${strings.gear.title} kind="more" close=${close}>
    <${GearChoices} using=${view.using} choose=${doing.choose} listen=${listen} />
  <//>`;
}

const listen = (/** @type {(level: number) => void} */ hear) => doing.listen(hear) ?? (() => {});
