/** The ways into a thread: what hangs under its first message, and a bar when something is new in one. */

import { person } from "../state/people.js";
import { conversationIn } from "../state/world.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { threadHref } from "./parts/route.js";
import { brief } from "./parts/time.js";

/** @param {{id: string, item: import("../state/messages.js").MessageItem, thread: import("../protocol/types.js").ThreadCard}} props */
export function Answers({ id, item, thread }) {
  const news = conversationIn(id).value?.threads.some((one) => one.thread === item.seq);
  return html`<a class=${news ? "answers news" : "answers"} href=${threadHref(id, item.seq)}>
    ${thread.people.slice(0, 3).map((one) => html`<${Avatar} person=${person(one).value} size="small" key=${one} />`)}
    <span>${strings.threads.answers(thread.count)}</span>
    <time class="hint">${brief(thread.last_at)}</time>
    ${news && html`<span class="unseen">${strings.threads.news}</span>`}
  </a>`;
}

/** @param {{id: string}} props */
export function ThreadBar({ id }) {
  const threads = conversationIn(id).value?.threads ?? [];
  if (!threads.length) return null;
  return html`<a class="thread-bar" href=${threadHref(id, threads[0].thread)}>
    <${Icon} name="thread" small />${strings.threads.newIn(threads.length)}
  </a>`;
}
