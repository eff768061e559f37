/** Who is in a room's call: those who wait first, then raised hands, each with what one may do about them. */

import { useState } from "preact/hooks";
import { canSetVolume } from "../call/chime.js";
import { attendanceOf } from "../state/attendance.js";
import { doing } from "../state/gathering.js";
import { person } from "../state/people.js";
import { inHandOrder, setVolume, volumeOf } from "../state/stage.js";
import { strings } from "../strings.js";
import { callable } from "./call-adding.js";
import { AskRow, asksOf } from "./gathering-asks.js";
import { Rights } from "./gathering-rights.js";
import { weakWords } from "./gathering-seat.js";
import { Avatar } from "./parts/avatar.js";
import { CallIcon } from "./parts/call-icon.js";
import { CallPanel } from "./parts/call-panel.js";
import { html } from "./parts/html.js";

/** @typedef {import("../state/gathering.js").Gathering} Gathering */
/** @typedef {import("../state/gathering.js").Seat} Seat */

const words = strings.gathering;
const hasVolume = canSetVolume();

/** @param {{id: string}} props */
function Waiting({ id }) {
  const who = person(id).value;
  return html`<li class="gathering-one waiting">
    <${Avatar} person=${who} size="medium" />
    <span class="gathering-name" dir="auto">${who.name}</span>
    <span class="gathering-answers">
      <button type="button" class="call-pill quiet" aria-label=${`${words.turnAway}, ${who.name}`} onClick=${() => doing.admit(id, false)}>${words.turnAway}</button>
      <button type="button" class="call-pill" aria-label=${`${words.admit}, ${who.name}`} onClick=${() => doing.admit(id, true)}>${words.admit}</button>
    </span>
  </li>`;
}

/** What is to be said of somebody below the name. @param {Seat} seat @param {number} order of a raised hand, from 1; 0: it is down */
function stateOf(seat, order) {
  const { floor, speaking } = seat;
  const says = [
    order > 0 && words.order(order),
    speaking && words.speaking,
    floor.muted && words.muted,
    !floor.camera && words.noCamera,
    floor.sharing && words.shares,
    weakWords(seat),
  ];
  return says.filter(Boolean).join(" · ");
}

/** @param {{seat: Seat, view: Gathering}} props */
function Options({ seat, view }) {
  const { leads } = view;
  const { name } = person(seat.person).value;
  const set = (/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ { currentTarget }) =>
    setVolume(seat.person, Number(currentTarget.value) / 100);
  return html`<div class="gathering-options">
    ${
      hasVolume &&
      html`<label class="gathering-volume">
        <${CallIcon} name="sound" small /><span class="unseen">${words.volume(name)}</span>
        <input type="range" min="0" max="100" step="5" value=${Math.round(volumeOf(seat.person) * 100)} onInput=${set} />
      </label>`
    }
    ${leads && html`<${Rights} seat=${seat} conversation=${view.conversation} />`}
    ${
      leads &&
      html`<div class="gathering-acts">
        ${!seat.floor.muted && html`<button type="button" class="call-pill quiet" onClick=${() => doing.silence(seat.person)}>${words.silence}</button>`}
        <button type="button" class="call-pill danger" onClick=${() => doing.putOut(seat.person)}>${words.putOut}</button>
      </div>`
    }
  </div>`;
}

/** @param {{seat: Seat, view: Gathering, order: number}} props */
function One({ seat, view, order }) {
  const [open, setOpen] = useState(false);
  const who = person(seat.person).value;
  const floor = seat.mine ? { ...seat.floor, muted: view.muted, camera: view.camera } : seat.floor;
  const text = html`
    <${Avatar} person=${who} size="medium" />
    <span class="gathering-text">
      <span class="gathering-name" dir="auto">${seat.mine ? words.you : who.name}</span>
      <span class="gathering-state">${stateOf({ ...seat, floor }, order)}</span>
    </span>
    ${order > 0 && html`<span class="seat-hand" aria-hidden="true"><${CallIcon} name="hand" small /></span>`}
    ${floor.muted && html`<${CallIcon} name="microphone-off" small />`}
  `;
  if (seat.mine || !(hasVolume || view.leads)) return html`<li class="gathering-one">${text}</li>`;
  return html`<li>
    <button type="button" class="gathering-one" aria-expanded=${open} onClick=${() => setOpen(!open)}>
      ${text}<span class="gathering-fold"><${CallIcon} name="next" small /></span><span class="unseen">${words.options(who.name)}</span>
    </button>
    ${open && html`<${Options} seat=${seat} view=${view} />`}
  </li>`;
}

/** @param {{view: Gathering, close: () => void, add: () => void}} props */
export function GatheringPeople({ view, close, add }) {
  const seats = inHandOrder(view.seats);
  const title = `${words.panel} · ${view.seats.length}`;
  const asks = asksOf(view);
  const table = () => {
    attendanceOf.value = { conversation: view.conversation, call: view.call, seq: 0 };
  };
  return html`<${CallPanel} title=${title} kind="people" close=${close}>
    ${
      view.leads &&
      view.knocking.length > 0 &&
      html`<h3>${words.waiting}</h3>
      <ul role="list" aria-label=${words.waiting}>${view.knocking.map((id) => html`<${Waiting} key=${id} id=${id} />`)}</ul>`
    }
    ${
      asks.length > 0 &&
      html`<h3>${strings.asking.title}</h3>
      <ul role="list" aria-label=${strings.asking.title}>${asks.map((ask) => html`<${AskRow} key=${`${ask.person} ${ask.right}`} ask=${ask} />`)}</ul>`
    }
    <ul role="list" aria-label=${words.panel}>
      ${seats.map(
        (seat, at) =>
          html`<${One} key=${seat.device} seat=${seat} view=${view} order=${seat.floor.hand > 0 ? at + 1 : 0} />`,
      )}
    </ul>
    ${
      callable(view).length > 0 &&
      html`<button type="button" class="gathering-act" onClick=${add}><${CallIcon} name="add" />${strings.rooms.add}</button>`
    }
    ${
      view.leads &&
      html`<button type="button" class="gathering-act" onClick=${table}><${CallIcon} name="list" />${strings.attendance.title}</button>`
    }
  <//>`;
}
