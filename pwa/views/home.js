/** Home: the two panes, of which a phone shows one. Screens that are rarer than these come when they are wanted. */

import { strings } from "../strings.js";
import { Conversations } from "./conversations.js";
import { html } from "./parts/html.js";
import { laterScreen } from "./parts/later.js";
import { Mark } from "./parts/mark.js";
import { main, place, side } from "./parts/route.js";
import { wide } from "./parts/wide.js";
import { People } from "./people.js";
import { Tabs } from "./tabs.js";

const Conversation = laterScreen(
  async () => (await import("./conversation.js")).Conversation,
  "conversation",
  "message",
  "files",
  "composer",
  "viewer",
);
const PersonCard = laterScreen(
  async () => (await import("./person.js")).PersonCard,
  "panel",
  "person",
);
const Profile = laterScreen(async () => (await import("./profile.js")).Profile, "profile");
const Settings = laterScreen(
  async () => (await import("./settings.js")).Settings,
  "panel",
  "settings",
);

const SIDES = { chats: Conversations, people: People, settings: Settings, profile: Profile };

function Side() {
  const name = /** @type {keyof typeof SIDES} */ (side.value.name);
  return html`<section class="pane side" aria-label=${strings.sides[name]}>
    <${SIDES[name]} />
    <${Tabs} />
  </section>`;
}

function Nothing() {
  return html`<main class="pane main nothing">
    <div class="empty">
      <${Mark} />
      <h2>${strings.chats.pick}</h2>
      <p>${strings.chats.pickHint}</p>
    </div>
  </main>`;
}

function Main() {
  const { name, id } = main.value;
  if (!id) return html`<${Nothing} />`;
  return name === "person"
    ? html`<${PersonCard} key=${id} id=${id} />`
    : html`<${Conversation} key=${id} id=${id} />`;
}

export function Home() {
  const front = place.value.pane;
  return html`<div class="panes">
    ${(wide.value || front === "side") && html`<${Side} />`}
    ${(wide.value || front === "main") && html`<${Main} />`}
  </div>`;
}
