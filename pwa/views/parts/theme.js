/** Light, dark, or as the system is: says when the dark sheet applies, and colours the browser's own bars to match. */

import { effect } from "@preact/signals-core";
import { theme } from "../../state/settings.js";

const WHEN = { system: "(prefers-color-scheme: dark)", light: "not all", dark: "all" };

/** Follows the setting for the life of the page. */
export function followTheme() {
  const sheet = /** @type {HTMLLinkElement} */ (document.getElementById("dark"));
  const bar = /** @type {HTMLMetaElement} */ (document.querySelector('meta[name="theme-color"]'));
  const system = window.matchMedia(WHEN.system);
  const colour = () => {
    bar.content = getComputedStyle(document.documentElement).getPropertyValue("--surface").trim();
  };
  effect(() => {
    sheet.media = WHEN[theme.value];
    if (theme.value === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme.value;
    colour();
  });
  system.addEventListener("change", colour);
}
