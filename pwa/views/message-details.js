/** What is known about a message: when it was said and changed, and how far it has come. */

import { useEffect, useState } from "preact/hooks";
import { receiptsOf } from "../state/receipts.js";
import { versionsOf } from "../state/revising.js";
import { strings } from "../strings.js";
import { Dialog } from "./parts/dialog.js";
import { Faces } from "./parts/faces.js";
import { html } from "./parts/html.js";
import { exactTime } from "./parts/time.js";
import { nameOf } from "./quote.js";
import { Voters } from "./voters.js";

/** @typedef {import("../protocol/types.js").Tally} Tally */

/** What it said before, the latest first. @param {{id: string, item: import("../state/messages.js").MessageItem}} props */
function Versions({ id, item }) {
  const [before, setBefore] = useState(
    /** @type {import("../state/revising.js").Version[]} */ ([]),
  );
  const [failed, setFailed] = useState("");
  useEffect(() => {
    versionsOf(id, item.seq).then(
      (all) => setBefore(all.slice(0, -1).reverse()),
      (error) => setFailed(error.message),
    );
  }, [id, item.seq, item.edited]);
  if (failed) return html`<p class="note" role="alert">${failed}</p>`;
  return html`<section>
    <h3>${strings.talk.versions}</h3>
    <ul class="versions" role="list" aria-label=${strings.talk.versions}>
      ${before.map(
        ({ text, at }) =>
          html`<li key=${at}><span dir="auto">${text || "–"}</span><time class="hint">${exactTime(at)}</time></li>`,
      )}
    </ul>
  </section>`;
}

/** @param {{id: string, item: import("../state/messages.js").MessageItem, close: () => void}} props */
export function MessageDetails({ id, item, close }) {
  const [come, setCome] = useState(/** @type {{read: Tally, delivered: Tally}|null} */ (null));
  const [failed, setFailed] = useState("");
  useEffect(() => {
    if (item.mine) receiptsOf(id, item.seq).then(setCome, (error) => setFailed(error.message));
  }, [id, item.seq, item.state]);
  const isNowhere = come && !come.read.count && !come.delivered.count;
  return html`<${Dialog} label=${strings.messages.details} close=${close}>
    <div class="card details">
      <h2>${strings.messages.details}</h2>
      <dl>
        <dt>${strings.messages.from}</dt><dd dir="auto">${nameOf(item.author)}</dd>
        <dt>${strings.messages.sentAt}</dt><dd><time>${exactTime(item.at)}</time></dd>
        ${item.edited > 0 && html`<dt>${strings.messages.editedAt}</dt><dd><time>${exactTime(item.edited)}</time></dd>`}
      </dl>
      ${item.poll && html`<${Voters} id=${id} item=${item} />`}
      ${item.edited > 0 && !item.deleted && html`<${Versions} id=${id} item=${item} />`}
      ${item.mine && !come && !failed && html`<p class="note" role="status"><span class="spinner"></span><span class="unseen">${strings.messages.loadingDetails}</span></p>`}
      ${failed && html`<p class="note" role="alert">${failed}</p>`}
      ${come && html`<${Faces} title=${strings.messages.readBy} tally=${come.read} /><${Faces} title=${strings.messages.deliveredTo} tally=${come.delivered} />`}
      ${isNowhere && html`<p class="hint">${strings.messages.nowhere}</p>`}
      <div class="actions"><button type="button" class="button" onClick=${close}>${strings.close}</button></div>
    </div>
  <//>`;
}
