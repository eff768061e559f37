/** A thread: what was said under one message, beside its conversation where there is room, else in its place. */

import { useEffect, useLayoutEffect } from "preact/hooks";
import { threadIn } from "../protocol/address.js";
import { connection } from "../state/connection.js";
import { conversation } from "../state/conversations.js";
import { messageAt } from "../state/fetched.js";
import { follow, isFollowed } from "../state/following.js";
import { jump } from "../state/history.js";
import { forgetThread, load } from "../state/loading.js";
import { person } from "../state/people.js";
import { mayWrite } from "../state/rooms.js";
import { conversationIn } from "../state/world.js";
import { strings } from "../strings.js";
import { Composer } from "./composer.js";
import { Gate, isGone } from "./gate.js";
import { Messages } from "./messages.js";
import { Avatar } from "./parts/avatar.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { titleOf } from "./parts/room.js";
import { back, messageHref } from "./parts/route.js";
import { exactTime } from "./parts/time.js";
import { wider } from "./parts/wide.js";
import { inBrief, nameOf } from "./quote.js";

/** The message it is under, in short. @param {{id: string, seq: number}} props */
function Root({ id, seq }) {
  const entry = messageAt(id, seq).value;
  if (!entry) return null;
  const who = person(entry.author).value;
  return html`<a class="thread-root" href=${messageHref(id, seq)}>
    <${Avatar} person=${who} size="small" />
    <span class="thread-root-text">
      <span class="hint"><bdi>${nameOf(entry.author)}</bdi> · <time>${exactTime(entry.at)}</time></span>
      <span class="thread-words" dir="auto">${inBrief(entry, id)}</span>
    </span>
  </a>`;
}

/** Whether one hears of what is said here. @param {{address: string}} props */
function Follow({ address }) {
  const on = isFollowed(address).value;
  const turn = () => follow(address, !on).catch(() => {});
  return html`<button type="button" class=${on ? "button follow" : "button quiet follow"} role="switch" aria-checked=${on}
    title=${strings.threads.followHint} onClick=${turn}>
    <${Icon} name=${on ? "bell" : "muted"} small />${strings.threads.follow}
  </button>`;
}

/** @param {{id: string, seq: number, at?: number}} props `seq`: the message it is under, `at`: an answer to show */
export function Thread({ id, seq, at = 0 }) {
  const address = threadIn(id, seq);
  const row = conversation(id).value;
  const online = connection.value.state === "online";
  const loaded = conversationIn(address).value?.loaded ?? false; // a long gap in the conversation takes its threads along
  const gone = isGone(id, address);
  useEffect(() => {
    if (online && !loaded && !gone) load(address);
  }, [address, online, loaded, gone]);
  useEffect(() => {
    if (at > 0) jump(address, { seq: at });
  }, [address, at]);
  useLayoutEffect(() => () => forgetThread(address), [address]);
  if (gone && wider.value) return null; // the room beside it says so
  if (gone) return html`<main class="pane main conversation"><${Gate} id=${id} /></main>`;
  return html`<aside class="pane thread conversation" aria-label=${strings.threads.label}>
    <header class="bar">
      <button type="button" class="icon-button" aria-label=${strings.threads.close} onClick=${() => back(messageHref(id, seq))}>
        <${Icon} name="close" />
      </button>
      <span class="whom-text"><h2>${strings.threads.label}</h2><span class="status" dir="auto">${titleOf(row)}</span></span>
      ${online && html`<${Follow} address=${address} />`}
    </header>
    <${Root} id=${id} seq=${seq} />
    <${Messages} id=${address} row=${{ ...row, id: address, typing: [], unread: 0 }} />
    ${mayWrite(id).value && html`<${Composer} id=${address} />`}
  </aside>`;
}
