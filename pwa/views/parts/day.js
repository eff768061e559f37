/**
 * The name of a day, which stays above its messages; pressing it leads to any other day. The field for that is made by the
 * press: browsers build each of a dozen elements.
 */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { jump } from "../../state/messages.js";
import { strings } from "../../strings.js";
import { html } from "./html.js";
import { dayName } from "./time.js";

/** A date as an input of that kind has it, in the time of this device. @param {number} at ms */
function dateOf(at) {
  const day = new Date(at);
  const two = (/** @type {number} */ number) => `${number}`.padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** @param {{id: string, at: number}} props */
export function DayName({ id, at }) {
  const input = useRef(/** @type {HTMLInputElement|null} */ (null));
  const [asked, ask] = useState(0);
  useLayoutEffect(() => {
    if (!asked) return;
    input.current?.focus();
    input.current?.showPicker?.();
  }, [asked]);
  const go = (/** @type {Event & {currentTarget: HTMLInputElement}} */ { currentTarget }) => {
    const [year, month, day] = currentTarget.value.split("-").map(Number);
    const wanted = new Date(year, month - 1, day).getTime();
    if (wanted > 0) jump(id, { at: wanted });
  };
  return html`<h2 class="day-name">
    <button type="button" title=${strings.messages.toDay} onClick=${() => ask(asked + 1)}>${dayName(at)}</button>
    ${
      asked > 0 &&
      html`<input ref=${input} type="date" class="day-input" tabindex="-1" aria-label=${strings.messages.toDay}
        max=${dateOf(Date.now())} value=${dateOf(at)} onChange=${go} />`
    }
  </h2>`;
}
