/** A room's card: what it is, who is in it, how it is run, and leaving it. */

import { useEffect, useState } from "preact/hooks";
import { EVERYONE } from "../state/members.js";
import {
  changePicture,
  changeRoom,
  leaveRoom,
  memberCount,
  ownRole,
  room,
} from "../state/rooms.js";
import { strings } from "../strings.js";
import { ExportOne } from "./export.js";
import { Members } from "./members.js";
import { copy } from "./parts/clipboard.js";
import { Confirm } from "./parts/confirm.js";
import { GalleryButton } from "./parts/gallery-button.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { later } from "./parts/later.js";
import { RoomAvatar, roomTitle } from "./parts/room.js";
import { PictureButtons, RoomRules, RoomWords } from "./parts/room-fields.js";
import { back, conversationHref, go } from "./parts/route.js";
import { Retention } from "./retention.js";

const Attention = later(async () => (await import("./attention.js")).Attention, "attention");

/** @typedef {import("../state/world.js").RoomCard} RoomCard */
/** @typedef {{text: string, wrong?: boolean}} Said */
/** @typedef {(act: () => Promise<unknown>, done?: string) => Promise<void>} Attempt */

/** What was tried is said, whether it worked or not. @returns {[Said, Attempt, (said: Said) => void]} */
function useAttempt() {
  const [said, tell] = useState(/** @type {Said} */ ({ text: "" }));
  const attempt = async (/** @type {() => Promise<unknown>} */ act, done = strings.rooms.saved) => {
    try {
      await act();
      tell({ text: done });
    } catch (error) {
      tell({ text: /** @type {Error} */ (error).message, wrong: true });
    }
  };
  return [said, attempt, tell];
}

/** @param {{card: RoomCard, close: () => void}} props */
function Edit({ card, close }) {
  const id = card.conversation;
  const [words, setWords] = useState({ title: card.title, topic: card.topic });
  const [said, attempt, tell] = useAttempt();
  const save = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const title = words.title.trim();
    const topic = words.topic.trim();
    const changes = {
      ...(title !== card.title && { title }),
      ...(topic !== card.topic && { topic }),
    };
    if (!Object.keys(changes).length) return close();
    await attempt(async () => {
      await changeRoom(id, changes);
      close();
    });
  };
  const progress = (/** @type {number} */ part) =>
    tell({ text: strings.rooms.uploading(Math.round(part * 100)) });
  return html`<form class="words room-edit" onSubmit=${save}>
    <${PictureButtons} has=${card.picture !== ""}
      choose=${(/** @type {File} */ picture) => attempt(() => changePicture(id, picture, progress))}
      remove=${() => attempt(() => changeRoom(id, { picture: "" }))} />
    <${RoomWords} words=${words} change=${setWords} />
    <p class=${said.wrong ? "wrong" : "hint"} role="status">${said.text}</p>
    <div class="actions">
      <button type="button" class="button" onClick=${close}>${strings.cancel}</button>
      <button type="submit" class="button primary" disabled=${!words.title.trim()}>${strings.save}</button>
    </div>
  </form>`;
}

/** @param {{card: RoomCard}} props */
function Rules({ card }) {
  const id = card.conversation;
  const [said, attempt] = useAttempt();
  const role = ownRole(id).value;
  if (role === "member") return null;
  return html`<section class="panel">
    <h2>${strings.rooms.rules}</h2>
    <${RoomRules} rules=${card} isOwner=${role === "owner" && id !== EVERYONE}
      change=${(/** @type {import("./parts/room-fields.js").Rules} */ rules) => attempt(() => changeRoom(id, rules))} />
    <p class=${said.wrong ? "wrong" : "hint"} role="status">${said.text}</p>
  </section>`;
}

/** @param {{id: string}} props */
function Link({ id }) {
  const [said, attempt] = useAttempt();
  const url = `${location.origin}/${conversationHref(id)}`;
  return html`
    <button type="button" class="button" onClick=${() => attempt(() => copy(url), strings.rooms.linkCopied)}>
      <${Icon} name="link" small />${strings.rooms.link}
    </button>
    <p class=${said.wrong ? "wrong" : "hint"} role="status">${said.text}</p>
  `;
}

/** @param {{card: RoomCard}} props */
function Leaving({ card }) {
  const { rooms } = strings;
  const [asking, setAsking] = useState(false);
  const isOwner = ownRole(card.conversation).value === "owner";
  const after = card.size === 1 ? rooms.leaveLast : isOwner ? rooms.leaveOwner : "";
  const act = async () => {
    await leaveRoom(card.conversation);
    go("#/");
  };
  return html`
    <button type="button" class="button danger" onClick=${() => setAsking(true)}>
      <${Icon} name="leave" small />${rooms.leave}
    </button>
    ${
      asking &&
      html`<${Confirm} title=${rooms.leaveTitle(roomTitle(card))} text=${`${rooms.leaveText} ${after}`.trim()}
        action=${rooms.leave} act=${act} close=${() => setAsking(false)} />`
    }
  `;
}

/** @param {{card: RoomCard}} props */
function Card({ card }) {
  const id = card.conversation;
  const [editing, setEditing] = useState(false);
  const topic =
    card.topic || (id === EVERYONE ? strings.rooms.everyoneTopic : strings.rooms.noTopic);
  return html`<div class="person-card room-card">
    <${RoomAvatar} room=${card} size="huge" />
    <h1 dir="auto">${roomTitle(card)}</h1>
    <p class="hint">${strings.rooms.members(memberCount(id).value)}</p>
    <${Retention} />
    ${!editing && html`<p dir="auto" class=${card.topic ? "" : "hint"}>${topic}</p>`}
    ${
      ownRole(id).value !== "member" &&
      !editing &&
      html`<button type="button" class="button" onClick=${() => setEditing(true)}><${Icon} name="edit" small />${strings.rooms.edit}</button>`
    }
    ${editing && html`<${Edit} card=${card} close=${() => setEditing(false)} />`}
    <${Members} card=${card} />
    <${Rules} card=${card} />
    <${GalleryButton} id=${id} />
    <${Attention} id=${id} />
    <${ExportOne} conversation=${id} />
    <${Link} id=${id} />
    ${id !== EVERYONE && html`<${Leaving} card=${card} />`}
  </div>`;
}

/** @param {{id: string}} props */
export function RoomInfo({ id }) {
  const card = room(id).value;
  useEffect(() => {
    if (!card) go(conversationHref(id)); // which says why it is not there
  }, [card === null]);
  return html`<main class="pane main person">
    <header class="bar">
      <button type="button" class="icon-button" aria-label=${strings.back} onClick=${() => back(conversationHref(id))}><${Icon} name="back" /></button>
    </header>
    <div class="scroll">${card && html`<${Card} card=${card} />`}</div>
  </main>`;
}
