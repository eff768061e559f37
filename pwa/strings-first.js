/** What the first screen says, in English: all that a page needs before somebody is in. The rest is in strings.js. */

import { live } from "./languages/live.js";

export const first = {
  language: "en",
  name: "Parley",
  somebody: "Somebody",

  join: {
    welcome: "Chat and calls for the people around you.",
    name: "Your name",
    hint: "This is how others will see you.",
    button: "Join",
    signedOut: "This device was signed out.",
    joining: "Joining…",
    needsInvitation: "You need an invitation",
    howInvited:
      "Scan the QR code on the host's screen, or ask somebody who is here for the link. It opens this page with the invitation in it.",
    taken: (/** @type {string} */ name) => `Somebody here is called ${name}.`,
    thatsMe: "That's me",
    anotherName: "Choose another name",
    haveCode: "I have a code",
    takenHint: "If it is you on a new device, your other device can let you in.",
  },

  waiting: {
    title: "Waiting for your other device",
    how: "Open Parley there. It shows this code and asks whether to let this device in.",
    host: "No other device? The host can let you in from the computer Parley runs on.",
    code: (/** @type {string} */ code) => `The code is ${code.split("").join(" ")}`,
    refused: "It was refused. Try again, or choose another name.",
    expired: "Nobody answered in time. Ask again when your other device is at hand.",
    again: "Ask again",
  },

  waitingByCode: {
    how: (/** @type {string} */ name) =>
      `Your other device shows the same number. Say yes there, and this one belongs to ${name} too.`,
    refused: "It was refused on the other device.",
    expired: "Nobody said yes in time. Let your other device show a new code.",
    back: "Back",
  },

  connection: {
    connecting: "Connecting…",
    offline: "No connection. What you write is sent later.",
    now: "Try now",
    why: "Why?",
    noNetwork: "This device is in no network. Turn on Wi-Fi, or come nearer to it.",
    noAnswer:
      "The computer Parley runs on does not answer. It may be off or asleep; or this device is in another network than it, or a guest Wi-Fi, a VPN or a firewall keeps the two apart.",
  },

  update: {
    ready: "A new version is ready.",
    reload: "Reload",
    inCall: "It can be loaded after the call.",
  },

  /** When nothing said what went wrong. The server says its refusals itself; other languages have `errors`, by code. */
  failures: {
    lost: "There is no connection to the server just now.",
    internal: "Something went wrong. Try again.",
    unkept:
      "The page ended before the files of this message were kept. Attach them again; its words are still here.",
    unreadable:
      "A file of this message can no longer be read: it was changed, moved or deleted. Attach it again.",
  },
};

/** As in strings.js, for the views of the first screen. */
export const strings = live(first);
