/** Who put which emoji under a message: asked of the server page by page, since there may be thousands. */

import { useEffect, useState } from "preact/hooks";
import { person } from "../state/people.js";
import { reactorsOf } from "../state/receipts.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { Dialog } from "./parts/dialog.js";
import { scrolls } from "./parts/faces.js";
import { html } from "./parts/html.js";
import { nameOf } from "./quote.js";

/** @typedef {{person: string, emoji: string[]}} Reactor */

/** @param {string} id @param {number} seq */
function useReactors(id, seq) {
  const [{ people, after, state }, set] = useState({
    people: /** @type {Reactor[]} */ ([]),
    after: "",
    state: "loading",
  });
  const more = async (from = after) => {
    set((now) => ({ ...now, state: "loading" }));
    try {
      const page = await reactorsOf(id, seq, from);
      set((now) => ({ people: [...now.people, ...page.people], after: page.after, state: "" }));
    } catch (error) {
      set((now) => ({ ...now, state: /** @type {Error} */ (error).message }));
    }
  };
  useEffect(() => {
    more("");
  }, [id, seq]);
  return { people, after, state, more };
}

/** @param {{id: string, item: import("../state/messages.js").MessageItem, close: () => void}} props */
export function Reactors({ id, item, close }) {
  const { people, after, state, more } = useReactors(id, item.seq);
  const [only, setOnly] = useState("");
  const shown = only ? people.filter(({ emoji }) => emoji.includes(only)) : people;
  return html`<${Dialog} label=${strings.reactions.who} close=${close}>
    <div class="card details">
      <h2>${strings.reactions.who}</h2>
      <div class="reactions" role="group" aria-label=${strings.reactions.label}>
        ${item.reactions.map(
          ({
            emoji,
            tally,
          }) => html`<button type="button" class="chip" key=${emoji} aria-pressed=${only === emoji}
            aria-label=${strings.reactions.only(emoji, tally.count)} onClick=${() => setOnly(only === emoji ? "" : emoji)}>
            <span class="emoji">${emoji}</span> <span class="count">${tally.count}</span></button>`,
        )}
      </div>
      <ul class="faces" role="list" aria-label=${strings.people.label} tabindex=${scrolls(shown)}>
        ${shown.map((one) => {
          return html`<li key=${one.person}><${Avatar} person=${person(one.person).value} size="small" /><span dir="auto">${nameOf(one.person)}</span><span class="emoji">${one.emoji.join(" ")}</span></li>`;
        })}
      </ul>
      ${state === "loading" && html`<p class="note" role="status"><span class="spinner"></span><span class="unseen">${strings.messages.loadingDetails}</span></p>`}
      ${state && state !== "loading" && html`<p class="note" role="alert">${state}</p>`}
      <div class="actions">
        ${after && state !== "loading" && html`<button type="button" class="button quiet" onClick=${() => more()}>${strings.reactions.showMore}</button>`}
        <button type="button" class="button" onClick=${close}>${strings.close}</button>
      </div>
    </div>
  <//>`;
}
