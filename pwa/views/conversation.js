/** One conversation: who it is with, what was said, and where one writes. */

import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { startCall } from "../state/calls.js";
import { connection } from "../state/connection.js";
import { conversation, current, show } from "../state/conversations.js";
import { watchPeople } from "../state/people.js";
import { strings } from "../strings.js";
import { Composer } from "./composer.js";
import { Messages } from "./messages.js";
import { Avatar } from "./parts/avatar.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { back, peerHref } from "./parts/route.js";
import { presenceWords } from "./people.js";
import { addFiles, trayOf } from "./tray.js";

/** @param {{row: import("../state/conversations.js").Row}} props */
function Head({ row }) {
  const { peer } = row;
  const call = (/** @type {boolean} */ video) => () => startCall(row.id, { video });
  const status = row.typing.length
    ? html`<span class="writing">${strings.chats.writing}</span>`
    : peer && presenceWords(peer.id);
  return html`<header class="bar">
    <button type="button" class="icon-button back" aria-label=${strings.back} onClick=${() => back()}>
      <${Icon} name="back" />
    </button>
    <a class="whom" href=${peerHref(row.id)}>
      ${peer && html`<${Avatar} person=${peer} size="medium" dot />`}
      <span class="whom-text">
        <h1 dir="auto">${row.title}</h1>
        <span class="status">${connection.value.state === "online" ? status : ""}</span>
      </span>
    </a>
    ${
      peer &&
      !peer.removed &&
      html`<button type="button" class="icon-button" aria-label=${strings.messages.voiceCall} onClick=${call(false)}>
          <${Icon} name="phone" />
        </button>
        <button type="button" class="icon-button" aria-label=${strings.messages.videoCall} onClick=${call(true)}>
          <${Icon} name="video" />
        </button>`
    }
  </header>`;
}

/** Files may be dropped anywhere on the pane. @param {string} id */
function useDrop(id) {
  const [over, setOver] = useState(false);
  const carriesFiles = (/** @type {DragEvent} */ event) =>
    event.dataTransfer?.types.includes("Files");
  return {
    over,
    onDragOver: (/** @type {DragEvent} */ event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (/** @type {DragEvent & {currentTarget: HTMLElement}} */ event) => {
      if (!event.currentTarget.contains(/** @type {Node|null} */ (event.relatedTarget)))
        setOver(false);
    },
    onDrop: (/** @type {DragEvent} */ event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      addFiles(trayOf(id), event.dataTransfer?.files ?? []);
    },
  };
}

/** @param {{id: string}} props */
export function Conversation({ id }) {
  const row = conversation(id).value;
  const peer = row.peer?.id ?? "";
  const { over, ...drop } = useDrop(id);
  useLayoutEffect(() => {
    show(id);
    return () => show("");
  }, [id]);
  useEffect(() => (peer ? watchPeople([peer], { directory: true }) : undefined), [peer]);
  return html`<main class="pane main conversation" ...${drop}>
    <${Head} row=${row} />
    ${current.value === id ? html`<${Messages} id=${id} row=${row} />` : html`<div class="wall"></div>`}
    ${
      row.peer?.removed
        ? html`<p class="note closed">${strings.messages.removed}</p>`
        : html`<${Composer} id=${id} />`
    }
    ${over && html`<div class="drop" aria-hidden="true"><${Icon} name="clip" />${strings.messages.drop}</div>`}
  </main>`;
}
