/** A person's round picture: their own, or letters on a colour that follows from who they are. */

import { avatarUrl, hue, initials, presence } from "../../state/people.js";
import { strings } from "../../strings.js";
import { html } from "./html.js";

const HUES = 10; // colours in tokens.css

/** How somebody is who is here: which dot, or none. @param {string} id @returns {""|"online"|"idle"|"away"|"busy"} */
export function dotOf(id) {
  const { online, status, idle } = presence(id).value;
  if (!online) return "";
  if (status !== "available") return status;
  return idle ? "idle" : "online";
}

/**
 * @param {{person: import("../../state/people.js").Person,
 *   size?: "small"|"medium"|""|"large"|"huge", dot?: boolean}} props
 * `dot` shows presence, for who is watched.
 */
export function Avatar({ person, size = "", dot = false }) {
  const picture = avatarUrl(person);
  const shown = dot ? dotOf(person.id) : "";
  const shade = Math.floor((hue(person.id) / 360) * HUES);
  return html`<span class=${`avatar ${size}`} data-hue=${shade}>
    ${
      picture
        ? html`<img src=${picture} alt="" width="112" height="112" loading="lazy" decoding="async" />`
        : html`<span aria-hidden="true">${initials(person.name)}</span>`
    }
    ${shown && html`<span class=${`dot ${shown}`} role="img" aria-label=${strings.status.dots[shown]}></span>`}
  </span>`;
}
