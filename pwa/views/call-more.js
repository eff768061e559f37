/** What is not needed every minute of a call between two: other devices, and the connection in figures. */

import { chooseGear, figures, listen } from "../state/calls.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { CallPanel } from "./parts/call-panel.js";
import { Figures } from "./parts/figures.js";
import { GearChoices } from "./parts/gear.js";
import { html } from "./parts/html.js";

/** @param {{call: import("../state/calls.js").CallState, close: () => void}} props */
export function CallMore({ call, close }) {
  const { name } = person(call.person).value;
  return html`<${CallPanel} title=${strings.gathering.more} kind="people" close=${close}>
    <${GearChoices} using=${call.using} choose=${chooseGear} listen=${listen} />
    ${call.startedAt > 0 && html`<h3>${strings.gear.statistics.title}</h3><${Figures} ask=${figures} nameOf=${() => name} server=${false} />`}
  <//>`;
}
