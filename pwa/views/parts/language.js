/** The language of the page: the one chosen on this device, else the first that the browser asks for. */

import { effect, signal } from "@preact/signals-core";
import { LANGUAGES, meant } from "../../languages/known.js";
import { speak } from "../../languages/live.js";
import { sayFailures } from "../../protocol/errors.js";
import { callStrangers } from "../../state/people.js";
import { language } from "../../state/settings.js";
import { strings } from "../../strings-first.js";
import { sentence } from "./failures.js";

const read = signal(navigator.languages);
const byAddress = new URLSearchParams(location.search).get("language"); // for this page only, kept nowhere

/** Whether the language that is wanted did not come: without a network, and never seen here before. */
export const missing = signal(false);

/** Follows the setting, and the browser's own languages, for the life of the page. @returns {Promise<void>} when it speaks */
export function followLanguage() {
  sayFailures(sentence);
  callStrangers(() => strings.somebody);
  window.addEventListener("languagechange", () => {
    read.value = navigator.languages;
  });
  window.addEventListener("online", () => missing.value && turn(wanted()));
  /** @type {Promise<void>} */
  let spoken = Promise.resolve();
  effect(() => {
    spoken = turn(wanted());
  });
  return spoken;
}

const wanted = () => meant(byAddress ?? language.value, read.value);

/** Loads a language and speaks it; what was spoken goes on until then. @param {string} tag */
async function turn(tag) {
  const { dir, load } = LANGUAGES[tag];
  try {
    const catalogue = await load();
    if (tag !== wanted()) return; // another was chosen meanwhile
    speak(catalogue);
    Object.assign(document.documentElement, { lang: strings.language, dir });
    missing.value = false;
  } catch {
    missing.value = true;
  }
}
