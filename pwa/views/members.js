/** Who is in a room, their roles, and what its owner and moderators may do about it. */

import { useEffect, useState } from "preact/hooks";
import { MAX_ADDED } from "../protocol/limits.js";
import { connection } from "../state/connection.js";
import { directWith } from "../state/conversations.js";
import { EVERYONE } from "../state/members.js";
import { everyone, person } from "../state/people.js";
import {
  addMembers,
  changeRole,
  listMembers,
  ownRole,
  removeMember,
  roleOf,
} from "../state/rooms.js";
import { me } from "../state/session.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { ChoosePeople } from "./parts/choose-people.js";
import { Confirm } from "./parts/confirm.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { conversationHref, go } from "./parts/route.js";

/** @typedef {import("../state/world.js").RoomCard} RoomCard */
/** @typedef {import("../state/rooms.js").Role} Role */

const RANK = { owner: 0, moderator: 1, member: 2 };

/** The members, page after page, asked again whenever the room's size or roles change, or the connection is back. @param {RoomCard} card */
function useMembers(card) {
  const [ids, setIds] = useState(/** @type {string[]} */ ([]));
  const [after, setAfter] = useState("");
  const online = connection.value.state === "online";
  const now = `${card.size} ${card.owner} ${card.moderators.join()}`;
  const fetch = async (/** @type {string} */ from, /** @type {() => boolean} */ isStale) => {
    const page = await listMembers(card.conversation, from);
    if (isStale()) return;
    setIds((before) => [...(from ? before : []), ...page.members.map((one) => one.person)]);
    setAfter(page.after);
  };
  useEffect(() => {
    let stale = false;
    if (online) fetch("", () => stale).catch(() => {}); // the connection broke: asked again with the next
    return () => {
      stale = true;
    };
  }, [card.conversation, now, online]);
  return { ids, more: after && (() => fetch(after, () => false)) };
}

/** What one may do about a member. @param {RoomCard} card @param {string} id @returns {{name: string, role?: Role, removes?: boolean, confirms?: boolean}[]} */
function choices(card, id) {
  const { rooms } = strings;
  const own = ownRole(card.conversation).value;
  const role = roleOf(card, id);
  if (card.conversation === EVERYONE || id === me.value.id || RANK[own] >= RANK[role]) return [];
  const remove = { name: rooms.remove, removes: true, confirms: true };
  if (own !== "owner") return [remove];
  const other = role === "moderator" ? "member" : "moderator";
  const turn = {
    name: other === "moderator" ? rooms.makeModerator : rooms.makeMember,
    role: /** @type {Role} */ (other),
  };
  return [turn, { name: rooms.makeOwner, role: "owner", confirms: true }, remove];
}

/** @param {{card: RoomCard, id: string}} props */
function Member({ card, id }) {
  const { rooms } = strings;
  const who = person(id).value;
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(/** @type {ReturnType<typeof choices>[0]|null} */ (null));
  const [wrong, setWrong] = useState("");
  const role = roleOf(card, id);
  const chip =
    card.conversation === EVERYONE && role === "owner" ? rooms.roles.host : rooms.roles[role];
  const act = async (/** @type {ReturnType<typeof choices>[0]} */ choice) => {
    if (choice.removes) await removeMember(card.conversation, id);
    else await changeRole(card.conversation, id, choice.role ?? "member");
  };
  const take = (/** @type {ReturnType<typeof choices>[0]} */ choice) => {
    setOpen(false);
    if (choice.confirms) setAsked(choice);
    else act(choice).catch((error) => setWrong(error.message));
  };
  const write = () => go(conversationHref(directWith(id)));
  const isMe = id === me.value.id;
  return html`<li>
    <div class="row member">
      <${Avatar} person=${who} />
      <span class="row-text">
        <span class="row-line"><span class="row-title" dir="auto">${isMe ? rooms.you : who.name}</span>
          ${role !== "member" && html`<span class="chip">${chip}</span>`}</span>
        ${who.about && html`<span class="preview" dir="auto">${who.about}</span>`}
        ${wrong && html`<span class="wrong" role="alert">${wrong}</span>`}
      </span>
      ${
        !isMe &&
        html`<button type="button" class="icon-button" aria-label=${rooms.options(who.name)} aria-haspopup="dialog" onClick=${() => setOpen(true)}>
          <${Icon} name="more" /></button>`
      }
    </div>
    ${
      open &&
      html`<${Dialog} label=${rooms.options(who.name)} close=${() => setOpen(false)}>
        <div class="card member-options">
          <h2 dir="auto">${who.name}</h2>
          <button type="button" class="button" onClick=${write}><${Icon} name="message" small />${rooms.write}</button>
          ${choices(card, id).map(
            (
              choice,
            ) => html`<button type="button" class=${choice.removes ? "button danger" : "button"} key=${choice.name}
              onClick=${() => take(choice)}>${choice.name}</button>`,
          )}
        </div>
      <//>
      `
    }
    ${
      asked &&
      html`<${Confirm}
        title=${asked.removes ? rooms.removeTitle(who.name) : rooms.makeOwnerTitle(who.name)}
        text=${asked.removes ? rooms.removeText : rooms.makeOwnerText}
        action=${asked.name} act=${() => act(asked)} close=${() => setAsked(null)} />`
    }
  </li>`;
}

/** @param {{card: RoomCard, ids: string[], close: () => void}} props */
function Add({ card, ids, close }) {
  const [chosen, choose] = useState(/** @type {string[]} */ ([]));
  const [wrong, setWrong] = useState("");
  const others = everyone.value.filter(({ id }) => !ids.includes(id));
  const add = async () => {
    try {
      await addMembers(card.conversation, chosen);
      close();
    } catch (error) {
      setWrong(/** @type {Error} */ (error).message);
    }
  };
  return html`<${Dialog} label=${strings.rooms.add} close=${close}>
    <div class="card add-people">
      <h2>${strings.rooms.add}</h2>
      ${others.length ? html`<${ChoosePeople} people=${others} chosen=${chosen} choose=${choose} />` : html`<p class="hint">${strings.rooms.allThere}</p>`}
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
      <div class="actions">
        <button type="button" class="button" onClick=${close}>${strings.cancel}</button>
        <button type="button" class="button primary" disabled=${!chosen.length || chosen.length > MAX_ADDED} onClick=${add}>${strings.rooms.addChosen(chosen.length)}</button>
      </div>
    </div>
  <//>
  `;
}

/** @param {{card: RoomCard}} props */
export function Members({ card }) {
  const { ids, more } = useMembers(card);
  const [adding, setAdding] = useState(false);
  const mayAdd = card.conversation !== EVERYONE && ownRole(card.conversation).value !== "member";
  const rank = (/** @type {string} */ id) => RANK[roleOf(card, id)];
  const sorted = ids.toSorted(
    (one, other) =>
      rank(one) - rank(other) || person(one).value.name.localeCompare(person(other).value.name),
  );
  return html`<section class="panel members">
    <h2>${strings.people.label}</h2>
    ${mayAdd && html`<button type="button" class="button" onClick=${() => setAdding(true)}><${Icon} name="invite" small />${strings.rooms.add}</button>`}
    <ul class="list" role="list" aria-label=${strings.people.label}>
      ${sorted.map((id) => html`<${Member} card=${card} id=${id} key=${id} />`)}
    </ul>
    ${more && html`<button type="button" class="button quiet" onClick=${more}>${strings.rooms.more}</button>`}
    ${adding && html`<${Add} card=${card} ids=${ids} close=${() => setAdding(false)} />`}
  </section>`;
}
