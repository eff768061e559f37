/** The whole window: joining, or the two panes with what lies over them. */

import { session } from "../state/session.js";
import { strings } from "../strings.js";
import { CallLayer } from "./call.js";
import { Claims } from "./claims.js";
import { ConnectionBanner } from "./connection.js";
import { Conversation } from "./conversation.js";
import { Conversations } from "./conversations.js";
import { Join } from "./join.js";
import { html } from "./parts/html.js";
import { Mark } from "./parts/mark.js";
import { main, place, side } from "./parts/route.js";
import { wide } from "./parts/wide.js";
import { People } from "./people.js";
import { PersonCard } from "./person.js";
import { Profile } from "./profile.js";
import { Settings } from "./settings.js";
import { Tabs } from "./tabs.js";
import { UpdateBanner } from "./update.js";

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

export function App() {
  const { state } = session.value;
  if (state === "unknown") return html`<${ConnectionBanner} /><div class="empty"><${Mark} /></div>`;
  if (state === "signed-out") return html`<${Join} />`;
  const front = place.value.pane;
  return html`
    <${ConnectionBanner} />
    <${UpdateBanner} />
    <div class="panes">
      ${(wide.value || front === "side") && html`<${Side} />`}
      ${(wide.value || front === "main") && html`<${Main} />`}
    </div>
    <${Claims} />
    <${CallLayer} />
  `;
}
