// A message of Anna's to Ben and what is said about it: the world as Anna knows it.

import { withEvents } from "../../pwa/state/pages.js";
import { emptyWorld } from "../../pwa/state/world.js";
import { ANNA, BEN, DIRECT, frozen, Log } from "./events.mjs";

export class About {
  log = new Log();
  world = emptyWorld(ANNA);

  constructor(fields = {}, author = ANNA) {
    this.hear(this.log.created());
    this.target = this.hear(this.log.sent(author, "Hello", fields)).body.seq;
  }

  hear(event) {
    this.world = frozen(withEvents(this.world, [event]));
    return event;
  }

  /** Something about it, by Ben if nobody else is named. */
  say(name, fields = {}, author = BEN) {
    return this.hear(this.log.say(name, author, { target: this.target, ...fields }));
  }

  get conversation() {
    return this.world.conversations[DIRECT];
  }

  get entry() {
    return this.conversation.entries.find(({ seq }) => seq === this.target);
  }
}
