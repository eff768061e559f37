/** Who chose what in a poll: the first of each option are known, all others are asked of the server page by page. */

import { useEffect, useState } from "preact/hooks";
import { votersOf } from "../state/receipts.js";
import { NOBODY } from "../state/tallies.js";
import { strings } from "../strings.js";
import { Faces } from "./parts/faces.js";
import { html } from "./parts/html.js";

/** @typedef {{person: string, choices: number[]}} Voter */
/** @typedef {{voters: Voter[], after: string, state: ""|"loading"|"done", failed: string}} Pages */

/** @type {Pages} */
const NOTHING = { voters: [], after: "", state: "", failed: "" };

/** The pages asked for so far; another vote makes them old. @param {string} id @param {import("../state/messages.js").MessageItem} item */
function usePages(id, item) {
  const [pages, set] = useState(NOTHING);
  const more = async (/** @type {Pages} */ { voters, after }) => {
    set((now) => ({ ...now, state: "loading", failed: "" }));
    try {
      const page = await votersOf(id, item.seq, after);
      const state = page.after ? "" : "done";
      set({ voters: [...voters, ...page.people], after: page.after, state, failed: "" });
    } catch (error) {
      set((now) => ({ ...now, state: "", failed: /** @type {Error} */ (error).message }));
    }
  };
  const isMore = item.votes.some(({ count, people }) => count > people.length);
  useEffect(() => {
    set(NOTHING);
    if (isMore) more(NOTHING);
  }, [id, item.seq, item.votes]);
  return { ...pages, isMore, more: () => more(pages) };
}

/** @param {{id: string, item: import("../state/messages.js").MessageItem}} props */
export function Voters({ id, item }) {
  const { voters, state, failed, isMore, more } = usePages(id, item);
  const chose = (/** @type {number} */ option) =>
    voters.filter(({ choices }) => choices.includes(option)).map(({ person }) => person);
  return html`
    ${item.poll?.options.map((option, at) => {
      const { count, people } = item.votes[at] ?? NOBODY;
      const known = [...new Set([...people, ...chose(at)])];
      return html`<${Faces} key=${at} title=${option} tally=${{ count, people: known }} />`;
    })}
    ${state === "loading" && html`<p class="note" role="status"><span class="spinner"></span><span class="unseen">${strings.messages.loadingDetails}</span></p>`}
    ${failed && html`<p class="note" role="alert">${failed}</p>`}
    ${isMore && state === "" && html`<p class="voters-more"><button type="button" class="button quiet" onClick=${more}>${strings.reactions.showMore}</button></p>`}
  `;
}
