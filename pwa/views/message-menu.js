/** A message's menu: emoji to put under it, what can be done with it, and what that leads to. */

import { useState } from "preact/hooks";
import { reachedBy } from "../state/reading.js";
import { takeBack } from "../state/revising.js";
import { strings } from "../strings.js";
import { ACTIONS } from "./message-actions.js";
import { Confirm } from "./parts/confirm.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { later } from "./parts/later.js";
import { allOf } from "./parts/locale.js";
import { usePlace } from "./parts/place.js";
import { exactTime } from "./parts/time.js";
import { put, QuickRow } from "./reactions.js";

/** @typedef {import("../state/messages.js").MessageItem} MessageItem */
/** @typedef {import("./message-actions.js").Panel} Panel */

const EmojiPicker = later(async () => (await import("./emoji-picker.js")).EmojiPicker, "emoji");
const Details = later(async () => (await import("./message-details.js")).MessageDetails, "details");
const Reactors = later(async () => (await import("./reactors.js")).Reactors, "details");
const Forward = later(async () => (await import("./forward.js")).Forward, "room");

const MOST_NAMES = 12;

/** @param {{id: string, item: MessageItem}} props */
function Note({ id, item }) {
  const { read, delivered } =
    item.mine && item.seq ? reachedBy(id, item.seq).value : { read: [], delivered: [] };
  const names = (/** @type {{name: string}[]} */ people) =>
    allOf(people.slice(0, MOST_NAMES).map((one) => one.name));
  return html`<div class="menu-note">
    <time>${exactTime(item.at)}</time>
    ${read.length > 0 && html`<span dir="auto">${strings.messages.noteReadBy(names(read))}</span>`}
    ${delivered.length > 0 && html`<span dir="auto">${strings.messages.noteReached(names(delivered))}</span>`}
  </div>`;
}

/** Up and down move among the entries, as menus do. @param {KeyboardEvent & {currentTarget: HTMLElement}} event */
function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const entries = [
    .../** @type {NodeListOf<HTMLElement>} */ (
      event.currentTarget.querySelectorAll("[role=menuitem]")
    ),
  ];
  const at = entries.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  entries.at((at + step) % entries.length)?.focus();
}

/** @param {{id: string, item: MessageItem, at: import("./parts/place.js").At, show: (panel: Panel) => void, close: () => void}} props */
function Menu({ id, item, at, show, close }) {
  const box = usePlace(at);
  const act = (/** @type {import("./message-actions.js").Action} */ action) => {
    let stays = false;
    const context = {
      id,
      item,
      show: (/** @type {Panel} */ panel) => {
        stays = true;
        show(panel);
      },
    };
    Promise.resolve(action.act(context)).catch(() => {}); // refused, or no connection: all stays as it is
    if (!stays) close();
  };
  return html`<${Dialog} label=${strings.messages.menu} kind="menu-layer" close=${close}>
    <div ref=${box} class="menu">
      ${item.seq > 0 && !item.deleted && html`<${QuickRow} id=${id} item=${item} more=${() => show("picker")} close=${close} />`}
      <div role="menu" aria-label=${strings.messages.menu} onKeyDown=${move}>
        ${ACTIONS.filter(({ fits }) => fits(item, id)).map(
          (
            action,
          ) => html`<button type="button" role="menuitem" class=${action.icon === "trash" ? "danger" : ""} key=${action.name} onClick=${() => act(action)}>
            <${Icon} name=${action.icon} />${action.words()}</button>`,
        )}
        ${item.files
          .filter((file) => file.id)
          .map(
            (
              file,
            ) => html`<a role="menuitem" href=${file.url} download=${file.name} onClick=${close} key=${file.id}>
              <${Icon} name="download" /><span dir="auto">${strings.messages.download(file.name)}</span></a>`,
          )}
      </div>
      <${Note} id=${id} item=${item} />
    </div>
  <//>`;
}

/**
 * @param {{id: string, item: MessageItem, x: number, y: number, top?: number, panel?: Panel|"", close: () => void}} props
 * `panel` is what opens at once, instead of the menu
 */
export function MessageMenu({ id, item, x, y, top, panel: first = "", close }) {
  const [panel, show] = useState(first);
  const at = { x, y, top };
  const pick = (/** @type {string} */ emoji) => {
    put(id, item, emoji);
    close();
  };
  if (panel === "picker") return html`<${EmojiPicker} at=${at} pick=${pick} close=${close} />`;
  if (panel === "details") return html`<${Details} id=${id} item=${item} close=${close} />`;
  if (panel === "reactors") return html`<${Reactors} id=${id} item=${item} close=${close} />`;
  if (panel === "forward") return html`<${Forward} id=${id} item=${item} close=${close} />`;
  if (panel === "delete")
    return html`<${Confirm} title=${strings.talk.removeTitle} text=${strings.talk.removeText} action=${strings.talk.remove}
      act=${() => takeBack(id, item.seq)} close=${close} />`;
  return html`<${Menu} id=${id} item=${item} at=${at} show=${show} close=${close} />`;
}
