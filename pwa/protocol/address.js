// Where something is said: a conversation, or the thread under one of its messages, as one string.

/** The address of the thread under a message. @param {string} conversation @param {number} root */
export function threadIn(conversation, root) {
  return `${conversation}#${root}`;
}

/** Whether this is a thread's address. @param {string} address */
export function isThread(address) {
  return address.includes("#");
}

/** The conversation something is said in, there or in a thread of it. @param {string} address */
export function conversationOf(address) {
  return splitAddress(address).conversation;
}

/** The conversation of an address, and the message its thread is under; 0 where it is the conversation itself. @param {string} address */
export function splitAddress(address) {
  const [conversation, root = "0"] = address.split("#");
  return { conversation, thread: Number(root) };
}
