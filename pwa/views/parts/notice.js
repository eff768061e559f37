/** Tells of a message while the page is not looked at: a notification, and a soft sound when it is open elsewhere. */

import { hear } from "../../state/connection.js";
import { current } from "../../state/conversations.js";
import { person } from "../../state/people.js";
import { session } from "../../state/session.js";
import { notifications } from "../../state/settings.js";
import { strings } from "../../strings.js";
import { conversationHref, go } from "./route.js";
import { pop } from "./sound.js";

/** Shows one; the same place replaces its last. @param {string} title @param {string} body @param {string} hash where a tap leads */
export async function showNotice(title, body, hash) {
  const options = {
    body,
    tag: hash,
    icon: "/icons/icon-192.png",
    badge: "/icons/badge.png",
    data: { url: `/${hash}` },
  };
  const worker = await navigator.serviceWorker?.getRegistration();
  if (worker) return worker.showNotification(title, options); // the only way on Android
  const notice = new Notification(title, options);
  notice.onclick = () => {
    window.focus();
    go(hash);
    notice.close();
  };
  return undefined;
}

/** @param {{text: string, files: {name: string}[]}} message */
const summary = ({ text, files }) =>
  text || files.map((file) => file.name).join(", ") || strings.notice.somebody;

/** Follows what comes in for the life of the page. */
export function followMessages() {
  hear("message.sent", (body) => {
    const message = /** @type {import("../../protocol/types.js").MessageSent} */ (body);
    if (message.author === session.value.me) return;
    const looking = document.visibilityState === "visible" && document.hasFocus();
    if (looking && current.value === message.conversation) return;
    pop();
    const may = "Notification" in window && Notification.permission === "granted";
    if (!looking && may && notifications.value)
      showNotice(
        person(message.author).value.name,
        summary(message),
        conversationHref(message.conversation),
      );
  });
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (typeof data?.open === "string") go(data.open.slice(1)); // sw.js: a notification was tapped
  });
}
