/** Which language the app speaks on this device. */

import { CHOICES, LANGUAGES } from "../languages/known.js";
import { language } from "../state/settings.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { missing } from "./parts/language.js";

export function LanguageChoice() {
  const choose = (/** @type {Event} */ { target }) => {
    language.value = /** @type {HTMLSelectElement} */ (target).value;
  };
  const listed = new Set([...CHOICES, ...(language.value in LANGUAGES ? [language.value] : [])]);
  return html`<section class="panel">
    <h2 id="language">${strings.settings.language}</h2>
    <div class="field"><select aria-labelledby="language" value=${language.value} onChange=${choose}>
      <option value="system">${strings.settings.languageSystem}</option>
      ${[...listed].map((tag) => html`<option key=${tag} value=${tag} lang=${CHOICES.includes(tag) ? tag : undefined}>${LANGUAGES[tag].name}</option>`)}
    </select></div>
    ${missing.value && html`<p class="hint" role="status">${strings.settings.languageMissing}</p>`}
  </section>`;
}
