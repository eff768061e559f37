/** Somebody calls: the whole screen, who it is, and three ways to answer. Escape does not decline, it only would by mistake. */

import { useEffect } from "preact/hooks";
import { accept, decline } from "../state/calls.js";
import { person } from "../state/people.js";
import { notifications } from "../state/settings.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { CallIcon } from "./parts/call-icon.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { showNotice } from "./parts/notice.js";
import { conversationHref } from "./parts/route.js";

const words = strings.call;

/** @param {{name: string, kind: string, icon: import("./parts/call-icon.js").CallIconName, act: () => void, first?: boolean}} props */
function Way({ name, kind, icon, act, first = false }) {
  return html`<div class="call-way">
    <button type="button" class=${`call-button large ${kind}`} aria-label=${name} onClick=${act} autofocus=${first}>
      <${CallIcon} name=${icon} />
    </button>
    <span aria-hidden="true">${name}</span>
  </div>`;
}

/** Says it outside the page too while nobody looks at it, and takes that back when it rings no more.
 * @param {string} name @param {string} text @param {string} hash */
function useNotice(name, text, hash) {
  useEffect(() => {
    const may =
      "Notification" in window && Notification.permission === "granted" && notifications.peek();
    const looking = document.visibilityState === "visible" && document.hasFocus();
    if (!may || looking) return undefined;
    showNotice(name, text, hash);
    return () => void closeNotice(hash);
  }, []);
}

/** @param {string} tag */
async function closeNotice(tag) {
  const worker = await navigator.serviceWorker?.getRegistration();
  for (const notice of (await worker?.getNotifications({ tag })) ?? []) notice.close();
}

/** @param {{call: import("../state/calls.js").CallState}} props */
export function Incoming({ call }) {
  const who = person(call.person).value;
  const { video } = call;
  useNotice(
    who.name,
    video ? words.incomingVideo : words.incomingVoice,
    conversationHref(call.conversation),
  );
  return html`<${Dialog} label=${words.incoming} kind="call incoming" close=${() => {}}>
    <div class="call-face">
      <span class="call-pulse"><${Avatar} person=${who} size="huge" /></span>
      <h1 dir="auto">${who.name}</h1>
      <p>${video ? words.incomingVideo : words.incomingVoice}</p>
    </div>
    <div class="call-ways">
      <${Way} name=${words.decline} kind="end" icon="end" act=${decline} />
      ${video && html`<${Way} name=${words.acceptAudio} kind="" icon="phone" act=${() => accept({ video: false })} />`}
      <${Way} name=${words.accept} kind="answer" icon=${video ? "camera" : "phone"} act=${() => accept({ video: true })} first />
    </div>
  </${Dialog}>`;
}
