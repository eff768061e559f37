/** What a call could not have of the device, the newest trouble first, until it was seen. */

import { useState } from "preact/hooks";
import { strings } from "../../strings.js";
import { CallButton } from "../call-controls.js";
import { problemWords } from "../call-words.js";
import { html } from "./html.js";

/** @param {{problems: import("../../call/devices.js").Problem[]}} props */
export function CallProblem({ problems }) {
  const [seen, setSeen] = useState(/** @type {typeof problems} */ ([]));
  const problem = problems.find((one) => !seen.includes(one)); // the same trouble met again is another one
  return (
    problem &&
    html`<p class="call-note problem">
      <span>${problemWords(problem)}</span>
      <${CallButton} name=${strings.close} icon="close" kind="plain" act=${() => setSeen([...seen, problem])} />
    </p>`
  );
}
