/** What can be done with a message, and what is known about it. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { reachedBy } from "../state/reading.js";
import { strings } from "../strings.js";
import { copy } from "./parts/clipboard.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { exactTime } from "./parts/time.js";

const EDGE = 8; // px kept free around the menu

/** @param {{id: string, item: import("../state/messages.js").MessageItem}} props */
function Details({ id, item }) {
  const { read, delivered } =
    item.mine && item.seq ? reachedBy(id, item.seq).value : { read: [], delivered: [] };
  const names = (/** @type {{name: string}[]} */ people) =>
    people.map((one) => one.name).join(", ");
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

/** @param {{id: string, item: import("../state/messages.js").MessageItem, x: number, y: number, close: () => void}} props */
export function MessageMenu({ id, item, x, y, close }) {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  useLayoutEffect(() => {
    const { style, offsetWidth, offsetHeight } = /** @type {HTMLDivElement} */ (box.current);
    style.left = `${Math.max(EDGE, Math.min(x, window.innerWidth - offsetWidth - EDGE))}px`;
    style.top = `${Math.max(EDGE, Math.min(y, window.innerHeight - offsetHeight - EDGE))}px`;
  });
  const take = () => {
    copy(item.text).catch(() => {});
    close();
  };
  return html`<${Dialog} label=${strings.messages.menu} kind="menu-layer" close=${close}>
    <div ref=${box} class="menu">
      <div role="menu" aria-label=${strings.messages.menu} onKeyDown=${move}>
        ${
          item.text &&
          html`<button type="button" role="menuitem" onClick=${take}><${Icon} name="copy" />${strings.messages.copy}</button>`
        }
        ${item.files
          .filter((file) => file.id)
          .map(
            (
              file,
            ) => html`<a role="menuitem" href=${file.url} download=${file.name} onClick=${close} key=${file.id}>
              <${Icon} name="download" /><span dir="auto">${strings.messages.download(file.name)}</span></a>`,
          )}
      </div>
      <${Details} id=${id} item=${item} />
    </div>
  <//>`;
}
