/** The way from the settings to trying camera and microphone. */

import { useState } from "preact/hooks";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { later } from "./parts/later.js";

const GearTest = later(
  async () => (await import("./gear-test.js")).GearTest,
  "call",
  "call-faces",
  "gathering",
  "gear",
  "trial",
);

export function GearSettings() {
  const [open, setOpen] = useState(false);
  return html`<section class="panel">
    <h2>${strings.gear.title}</h2>
    <div class="setting">
      <span class="hint">${strings.gear.testHint}</span>
      <button type="button" class="button" onClick=${() => setOpen(true)}>${strings.gear.test}</button>
    </div>
    ${open && html`<${GearTest} close=${() => setOpen(false)} />`}
  </section>`;
}
