/** A room's call on the whole screen: everybody's pictures, one line above, buttons below, and what opens beside them. */

import { doing } from "../state/gathering.js";
import { arrangement } from "../state/stage.js";
import { strings } from "../strings.js";
import { CallClock } from "./call-clock.js";
import { CallButton } from "./call-controls.js";
import { Cheers, GatheringControls, QuickCheers } from "./gathering-controls.js";
import { GatheringEnd, GatheringLobby } from "./gathering-faces.js";
import { GatheringFigures } from "./gathering-figures.js";
import { GatheringGear } from "./gathering-gear.js";
import { GatheringMore } from "./gathering-more.js";
import { GatheringNotes } from "./gathering-notes.js";
import { GatheringPeople } from "./gathering-people.js";
import { GatheringStage } from "./gathering-stage.js";
import { CallIcon } from "./parts/call-icon.js";
import { useCallKeys } from "./parts/call-keys.js";
import { useQuiet } from "./parts/call-quiet.js";
import { html } from "./parts/html.js";
import { nameOfRoom } from "./parts/room.js";

/** @typedef {import("../state/gathering.js").Gathering} Gathering */
/** @typedef {import("./gathering.js").Panel} Panel */

const words = strings.gathering;

/** @param {{view: Gathering, minimise: () => void, panel: Panel, toggle: (panel: Panel) => void}} props */
function Bar({ view, minimise, panel, toggle }) {
  const other = arrangement.value === "grid" ? "speaker" : "grid";
  const status = { joining: words.joining, lobby: "", live: "", ended: "" };
  const line = { ...status, reconnecting: strings.call.reconnecting }[view.phase];
  const live = view.phase === "live" || view.phase === "reconnecting";
  const shared = view.seats.some(({ floor, mine }) => floor.sharing && !mine); // a screen is large either way
  return html`<header class="call-bar">
    <span><${CallButton} name=${strings.call.minimise} icon="minimise" kind="plain" act=${minimise} /></span>
    <div class="call-who">
      <h1 dir="auto">${nameOfRoom(view.conversation)}</h1>
      <p role="status">${line}</p>
      ${view.startedAt > 0 && !line && html`<${CallClock} since=${view.startedAt} />`}
    </div>
    <span class="gathering-tools">
      ${
        live &&
        html`
        ${
          !shared &&
          html`<${CallButton} name=${other === "grid" ? words.toGrid : words.toSpeaker} icon=${other} kind="plain" act=${() => {
            arrangement.value = other;
          }} />`
        }
        <button type="button" class=${panel === "people" ? "call-button plain open" : "call-button plain"} aria-expanded=${panel === "people"}
          aria-label=${words.people(view.seats.length)} title=${words.people(view.seats.length)} onClick=${() => toggle("people")}>
          <${PeopleMark} view=${view} />
        </button>`
      }
    </span>
  </header>`;
}

/** @param {{view: Gathering}} props */
function PeopleMark({ view }) {
  const waiting = view.knocking.length > 0 && view.leads;
  return html`<${CallIcon} name="people" /><span class=${waiting ? "gathering-count knocked" : "gathering-count"}>${view.seats.length}</span>`;
}

/**
 * @param {{view: Gathering, minimise: () => void, panel: Panel, open: (panel: Panel) => void, endForAll: () => void, add: () => void, called: string[]}} props
 *   `called`: people who are being called
 */
export function GatheringScreen({ view, minimise, panel, open, endForAll, add, called }) {
  const seen = view.seats.some(({ floor }) => floor.camera || floor.sharing);
  const mayHide = view.phase === "live" && seen && !panel && view.problems.length === 0;
  const { hidden, listen, show } = useQuiet(mayHide);
  const letters = {
    m: () => doing.mute(!view.muted),
    v: () => doing.turnCamera(!view.camera),
    h: () => doing.raise(!view.hand),
  };
  useCallKeys(letters, show);
  if (view.phase === "ended") return html`<${GatheringEnd} view=${view} />`;
  const toggle = (/** @type {Panel} */ one) => open(panel === one ? "" : one);
  const close = () => open("");
  const live = view.phase === "live" || view.phase === "reconnecting";
  const click = (/** @type {MouseEvent} */ event) => {
    const beside = event.target instanceof Element && event.target.closest(".gathering-stage");
    if (!beside || !["more", "cheer", "gear"].includes(panel)) return listen.onClickCapture(event);
    event.stopPropagation(); // it only closes what is open
    close();
  };
  return html`<div class="call-whole gathering" data-hidden=${hidden || undefined} ...${listen} onClickCapture=${click}>
    ${view.phase === "lobby" ? html`<${GatheringLobby} view=${view} />` : html`<${GatheringStage} view=${view} />`}
    <${Bar} view=${view} minimise=${minimise} panel=${panel} toggle=${toggle} />
    <${GatheringNotes} view=${view} knocks=${panel !== "people"} called=${called} />
    <${Cheers} cheers=${view.cheers} />
    <div class="gathering-foot">
      ${panel === "cheer" && html`<${QuickCheers} close=${close} />`}
      <${GatheringControls} view=${view} panel=${panel} toggle=${toggle} live=${live} />
    </div>
    ${panel === "people" && html`<${GatheringPeople} view=${view} close=${close} add=${add} />`}
    ${panel === "more" && html`<${GatheringMore} view=${view} close=${close} endForAll=${endForAll} open=${open} />`}
    ${panel === "gear" && html`<${GatheringGear} view=${view} close=${close} />`}
    ${panel === "figures" && html`<${GatheringFigures} view=${view} close=${close} />`}
  </div>`;
}
