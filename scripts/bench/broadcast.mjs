// What a client says goes to every client: `ws` as its own readme has it. node broadcast.mjs PORT CHAIN KEY

import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { WebSocket, WebSocketServer } from "ws";

const [port, cert, key] = process.argv.slice(2);
const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) });
const everybody = new WebSocketServer({ server });

everybody.on("connection", (client) => {
  client.on("message", (data, isBinary) => {
    for (const one of everybody.clients)
      if (one.readyState === WebSocket.OPEN) one.send(data, { binary: isBinary });
  });
});
server.listen(Number(port), "127.0.0.1");
