/** Home: the two panes, of which a phone shows one. Screens that are rarer than these come when they are wanted. */

import { useEffect } from "preact/hooks";
import { watchPeople } from "../state/people.js";
import { session } from "../state/session.js";
import { strings } from "../strings.js";
import { Conversations } from "./conversations.js";
import { html } from "./parts/html.js";
import { laterScreen } from "./parts/later.js";
import { Mark } from "./parts/mark.js";
import { useParting } from "./parts/parting.js";
import { main, place, side } from "./parts/route.js";
import { wide, wider } from "./parts/wide.js";
import { People } from "./people.js";
import { Tabs } from "./tabs.js";

const Conversation = laterScreen(
  async () => (await import("./conversation.js")).Conversation,
  "conversation",
  "message",
  "talk",
  "text",
  "reactions",
  "pins",
  "thread",
  "files",
  "composer",
  "voice",
  "assist",
  "viewer",
  "blocks",
);
const Thread = laterScreen(
  async () => (await import("./thread.js")).Thread,
  "conversation",
  "message",
  "text",
  "reactions",
  "files",
  "composer",
  "voice",
  "assist",
  "viewer",
  "thread",
);
const PersonCard = laterScreen(
  async () => (await import("./person.js")).PersonCard,
  "panel",
  "person",
  "blocks",
);
const Profile = laterScreen(async () => (await import("./profile.js")).Profile, "profile");
const Settings = laterScreen(
  async () => (await import("./settings.js")).Settings,
  "panel",
  "settings",
);

const NewRoom = laterScreen(
  async () => (await import("./new-room.js")).NewRoom,
  "panel",
  "settings",
  "profile",
  "room",
);
const Rooms = laterScreen(async () => (await import("./rooms.js")).Rooms, "room");
const RoomInfo = laterScreen(
  async () => (await import("./room.js")).RoomInfo,
  "panel",
  "settings",
  "person",
  "profile",
  "room",
);

const SIDES = {
  chats: Conversations,
  people: People,
  settings: Settings,
  profile: Profile,
  "new-room": NewRoom,
  rooms: Rooms,
};

/** @param {{box: import("preact").RefObject<HTMLElement>, hidden: boolean}} props */
function Side({ box, hidden }) {
  const name = /** @type {keyof typeof SIDES} */ (side.value.name);
  return html`<section ref=${box} class="pane side" aria-label=${strings.sides[name]} hidden=${hidden}>
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
  const { name, id, seq = 0, at = 0 } = main.value;
  if (!id) return html`<${Nothing} />`;
  if (name === "thread")
    return wider.value
      ? html`<div class="beside"><${Conversation} key=${id} id=${id} /><${Thread} key=${seq} id=${id} seq=${seq} at=${at} /></div>`
      : html`<${Thread} key=${seq} id=${id} seq=${seq} at=${at} />`;
  if (name === "person") return html`<${PersonCard} key=${id} id=${id} />`;
  return name === "room"
    ? html`<${RoomInfo} key=${id} id=${id} />`
    : html`<${Conversation} key=${id} id=${id} />`;
}

export function Home() {
  const front = place.value.pane;
  const isBeside = wide.value || front === "side";
  const left = useParting(isBeside);
  const { me } = session.value;
  useEffect(() => watchPeople([me]), [me]); // one's own status, set on another device
  return html`<div class="panes">
    ${left.stays && html`<${Side} box=${left.box} hidden=${!isBeside} key=${left.turn} />`}
    ${(wide.value || front === "main") && html`<${Main} />`}
  </div>`;
}
