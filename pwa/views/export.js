/** Taking one's conversations along: an archive that any browser opens without Parley. */

import { useState } from "preact/hooks";
import { exportUrl } from "../state/export.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";

/** All of them, in the settings. */
export function ExportAll() {
  const [files, setFiles] = useState(false);
  const { language } = strings;
  return html`<section class="panel">
    <h2>${strings.exports.title}</h2>
    <p class="hint">${strings.exports.hint}</p>
    <label class="setting">
      <span>${strings.exports.files}</span>
      <input type="checkbox" class="switch" role="switch" checked=${files} onChange=${() => setFiles(!files)} />
    </label>
    <a class="button" href=${exportUrl({ language, files })} download><${Icon} name="download" small />${strings.exports.all}</a>
  </section>`;
}

/** One of them, with its files. @param {{conversation: string}} props */
export function ExportOne({ conversation }) {
  const { language } = strings;
  return html`<a class="button quiet" href=${exportUrl({ language, conversation, files: true })} download>
    <${Icon} name="download" small />${strings.exports.one}
  </a>`;
}
