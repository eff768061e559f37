/** The way from the settings to trying camera and microphone. */

import { isInCall } from "../state/gathering.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { later } from "./parts/later.js";
import { useLook } from "./parts/look.js";

const GearTest = later(
  async () => (await import("./gear-test.js")).GearTest,
  "call",
  "call-faces",
  "gathering",
  "gear",
  "trial",
);

export function GearSettings() {
  const [looks, setLooks] = useLook();
  return html`<section class="panel">
    <h2>${strings.gear.title}</h2>
    <div class="setting">
      <span class="hint">${strings.gear.testHint}</span>
      <button type="button" class="button" disabled=${isInCall.value} onClick=${() => setLooks(true)}>${strings.gear.test}</button>
    </div>
    ${looks && html`<${GearTest} close=${() => setLooks(null)} />`}
  </section>`;
}
