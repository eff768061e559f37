/** Who was in a call of a room, from when to when: a table to read, and to take along. */

import { useEffect, useState } from "preact/hooks";
import {
  attendanceOf,
  csvOf,
  fileNameOf,
  minutesOf,
  readAttendance,
  separatorIn,
  stampOf,
} from "../state/attendance.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { locale } from "./parts/locale.js";
import { useObjectUrl } from "./parts/object-url.js";
import { nameOfRoom } from "./parts/room.js";
import { dayName, exactTime, length, timeOfDay } from "./parts/time.js";

/** @typedef {import("../state/attendance.js").Attendance} Attendance */
/** @typedef {import("../state/attendance.js").Stay} Stay */

const words = strings.attendance;

/** The same table for a spreadsheet. @param {Attendance} table */
function csv({ stays }) {
  const head = [words.name, words.first, words.last, words.minutes];
  const rows = stays.map((one) => [
    person(one.person).peek().name,
    stampOf(one.first),
    one.present ? words.present : stampOf(one.last),
    minutesOf(one.seconds),
  ]);
  return csvOf([head, ...rows], separatorIn(locale()));
}

/** @param {{at: number}} props */
function Clock({ at }) {
  return html`<time title=${exactTime(at)} datetime=${new Date(at).toISOString()}>${timeOfDay(at)}</time>`;
}

/** @param {{stay: Stay}} props */
function Line({ stay: { person: id, first, last, seconds, present } }) {
  return html`<tr>
    <th scope="row" dir="auto">${person(id).value.name}</th>
    <td><${Clock} at=${first} /></td>
    <td>${present ? html`<span class="still">${words.present}</span>` : html`<${Clock} at=${last} />`}</td>
    <td class="number">${minutesOf(seconds)}</td>
  </tr>`;
}

/** @param {{table: Attendance, running: boolean}} props */
function Table({ table: { at, seconds, stays }, running }) {
  const lasted = running ? words.lasts(length(seconds)) : words.lasted(length(seconds));
  return html`
    <p class="hint">${dayName(at)}, ${timeOfDay(at)} · ${words.people(stays.length)}<br />${lasted}</p>
    <div class="attendance-rows scroll" tabindex="0" role="region" aria-label=${words.title}>
      <table>
        <thead><tr>
          <th scope="col">${words.name}</th><th scope="col">${words.first}</th><th scope="col">${words.last}</th><th scope="col" class="number">${words.minutes}</th>
        </tr></thead>
        <tbody>${stays.map((stay) => html`<${Line} key=${stay.person} stay=${stay} />`)}</tbody>
      </table>
    </div>
  `;
}

/** @param {{title: string, table: Attendance}} props */
function Download({ title, table }) {
  const url = useObjectUrl(csv(table), "text/csv;charset=utf-8");
  const name = fileNameOf(words.file(title, stampOf(table.at).slice(0, 10)));
  return (
    url &&
    html`<a class="button primary" href=${url} download=${name}><${Icon} name="download" small />${words.download}</a>`
  );
}

/** @param {{which: import("../state/attendance.js").Which}} props */
function Sheet({ which }) {
  const [table, setTable] = useState(/** @type {Attendance|null} */ (null));
  const [failed, setFailed] = useState("");
  useEffect(() => {
    readAttendance(which).then(setTable, (error) => setFailed(error.message));
  }, []);
  const close = () => {
    attendanceOf.value = null;
  };
  const title = nameOfRoom(which.conversation);
  return html`<${Dialog} label=${words.title} close=${close}>
    <div class="card attendance">
      <header><h2>${words.title}</h2><p class="hint" dir="auto">${title}</p></header>
      ${table && html`<${Table} table=${table} running=${!which.seq} />`}
      ${!table && !failed && html`<p class="note" role="status"><span class="spinner"></span><span class="unseen">${words.loading}</span></p>`}
      ${failed && html`<p class="wrong" role="alert">${failed}</p>`}
      <div class="actions">
        <button type="button" class="button" onClick=${close}>${strings.close}</button>
        ${table && html`<${Download} title=${title} table=${table} />`}
      </div>
    </div>
  <//>`;
}

export function AttendanceLayer() {
  const which = attendanceOf.value;
  return which && html`<${Sheet} key=${`${which.call} ${which.seq}`} which=${which} />`;
}
