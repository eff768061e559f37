// What those who lead a room say in its call: who is muted, let in, put out, and what everybody may do. The rules are the
// server's (chat/group_calls.py); what is refused changes nothing here and is told, what was lost on the way is said again.

import { newNonce } from "../protocol/ids.js";

/** @typedef {import("./gathering.js").Right} Right */

export class Leading {
  #say;
  #scene;
  #granted;

  /**
   * @param {(name: string, body: object) => void} say about the call one is in, until it is heard
   * @param {import("./gathering-scene.js").Scene} scene
   * @param {(person: string) => Right[]} granted what somebody may do beside what everybody may
   */
  constructor(say, scene, granted) {
    this.#say = say;
    this.#scene = scene;
    this.#granted = granted;
  }

  /** End it for everybody. */
  close() {
    this.#write("call.close", {});
  }

  /** Ask one, or everybody else (""), to mute themselves. @param {string} person */
  silence(person) {
    this.#say("call.silence", { person });
  }

  /** Let in from the lobby, or turn away. @param {string} person @param {boolean} admitted */
  admit(person, admitted) {
    this.#scene.answered(person);
    if (admitted) this.#grant(person, this.#granted(person));
    else this.putOut(person);
  }

  /** Their devices ring; who is not in the room yet comes into it. @param {string[]} people */
  summon(people) {
    this.#write("call.summon", { people });
  }

  /** They do not come back into this call. @param {string} person */
  putOut(person) {
    this.#write("call.remove", { person });
  }

  /** One person may do that beside what everybody may, or no longer. @param {string} person @param {Right} right @param {boolean} may */
  allow(person, right, may) {
    const others = this.#granted(person).filter((one) => one !== right);
    this.#grant(person, may ? [...others, right] : others);
  }

  /** Somebody who asks for a right has to wait. @param {string} person @param {Right} right */
  defer(person, right) {
    this.#say("call.defer", { person, right });
  }

  /** @param {string} person @param {Right[]} rights */
  #grant(person, rights) {
    this.#write("call.grant", { person, rights, admitted: true });
  }

  /** @param {{locked?: boolean, lobby?: boolean, rights?: Right[]}} what */
  change(what) {
    this.#write("call.change", what);
  }

  /** @param {string} name @param {object} body */
  #write(name, body) {
    this.#say(name, { ...body, nonce: newNonce() });
  }
}
