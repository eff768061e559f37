/** The three places of the side pane, in the thumb's half. */

import { badgeText, unreadConversations } from "../state/badges.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { side } from "./parts/route.js";

/** @type {{name: "chats"|"people"|"settings", href: string}[]} */
const TABS = [
  { name: "chats", href: "#/" },
  { name: "people", href: "#/people" },
  { name: "settings", href: "#/settings" },
];

/** Which of them a rarer screen belongs to. @type {Record<string, string>} */
const WITHIN = { profile: "settings", "new-room": "chats", rooms: "chats" };

export function Tabs() {
  const here = WITHIN[side.value.name] ?? side.value.name;
  const unread = badgeText(unreadConversations.value);
  return html`<nav class="tabs" aria-label=${strings.tabs.label}>
    ${TABS.map(
      ({ name, href }) => html`<a
        class="tab"
        href=${href}
        aria-current=${here === name ? "page" : undefined}
        key=${name}
      >
        <span class="tab-icon">
          <${Icon} name=${name} />
          ${
            name === "chats" &&
            unread &&
            html`<span class="badge">${unread}<span class="unseen"> ${strings.chats.unread("").trim()}</span></span>`
          }
        </span>
        ${strings.tabs[name]}
      </a>`,
    )}
  </nav>`;
}
