// A page that is connected to a Server, on a clock the test owns.

import { wallClock } from "../../pwa/protocol/clock.js";
import { connect } from "../../pwa/state/connection.js";
import { settle, TestClock } from "./clock.mjs";
import { Server } from "./server.mjs";

export async function online(server = new Server(), clock = new TestClock()) {
  Object.assign(wallClock, { now: clock.now, later: clock.later });
  const ear = { hello: () => {}, event: () => {}, signedOut: () => {} };
  connect(ear, { socket: server.open, twin: server.open, clock, random: () => 1 });
  await settle();
  return { server, clock };
}
