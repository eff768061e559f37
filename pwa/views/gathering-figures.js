/** A room's call in figures: beside the pictures, for those who ask. */

import { doing } from "../state/gathering.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { CallPanel } from "./parts/call-panel.js";
import { Figures } from "./parts/figures.js";
import { html } from "./parts/html.js";

/** @param {{view: import("../state/gathering.js").Gathering, close: () => void}} props */
export function GatheringFigures({ view, close }) {
  const nameOf = (/** @type {string} */ device) => {
    const seat = view.seats.find((one) => one.device === device);
    return seat ? person(seat.person).peek().name : "?";
  };
  return html`<${CallPanel} title=${strings.gear.statistics.title} kind="people" close=${close}>
    <${Figures} ask=${ask} nameOf=${nameOf} server />
  <//>`;
}

const ask = async () => (await doing.figures()) ?? null;
