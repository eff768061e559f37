// Following: whether one hears of what is said in a thread, unasked or as one chose.

import { splitAddress } from "../protocol/address.js";
import { newNonce } from "../protocol/ids.js";
import { ask } from "./connection.js";
import { messageAt } from "./fetched.js";
import { follows } from "./threads.js";
import { byId, conversationIn, world } from "./world.js";

/** @type {(address: string) => import("./world.js").Sig<boolean>} */
export const isFollowed = byId((address) => {
  const { conversation, thread } = splitAddress(address);
  const known = conversationIn(conversation).value;
  const began = messageAt(conversation, thread).value?.author === world.value.me;
  const card = conversationIn(address).value?.card ?? null;
  return follows(card, began || known?.kind === "direct");
});

/** @param {string} address @param {boolean} on */
export function follow(address, on) {
  const { conversation, thread: target } = splitAddress(address);
  return ask("thread.follow", { nonce: newNonce(), conversation, target, on });
}
