// A WebSocket as a transport: bytes through, and silence once it is let go.

import assert from "node:assert/strict";
import { test } from "node:test";
import { socketTo } from "../../../pwa/protocol/socket.js";

class Socket {
  static OPEN = 1;
  static made = [];
  readyState = 1;
  sent = [];
  closed = false;

  constructor(url) {
    this.url = url;
    Socket.made.push(this);
  }

  send(frame) {
    this.sent.push(frame);
  }

  close() {
    this.closed = true;
  }
}

function open() {
  const told = [];
  const ear = { heard: (frame) => told.push([...frame]), closed: (code) => told.push(code) };
  const transport = socketTo("wss://parley.local/ws", Socket)(ear);
  return { told, transport, socket: Socket.made.at(-1) };
}

test("bytes go out and come in as they are, and the close code is passed on", () => {
  const { told, transport, socket } = open();
  assert.deepEqual([socket.url, socket.binaryType], ["wss://parley.local/ws", "arraybuffer"]);
  transport.send(new Uint8Array([1, 2]));
  socket.onmessage({ data: new Uint8Array([3]).buffer });
  socket.onclose({ code: 4001 });
  assert.deepEqual([socket.sent.map((frame) => [...frame]), told], [[[1, 2]], [[3], 4001]]);
});

test("nothing is sent on a socket that is closing", () => {
  const { transport, socket } = open();
  socket.readyState = 2;
  transport.send(new Uint8Array([1]));
  assert.deepEqual(socket.sent, []);
});

test("a socket that is let go tells nothing more", () => {
  const { transport, socket } = open();
  transport.close();
  assert.deepEqual([socket.closed, socket.onmessage, socket.onclose], [true, null, null]);
});
