// What a client says goes to every client: Socket.IO as its own documents begin. node socket_io.mjs PORT CHAIN KEY

import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { Server } from "socket.io";

const [port, cert, key] = process.argv.slice(2);
const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) });
// A bench is over before a client has to answer that it is there
const everybody = new Server(server, { transports: ["websocket"], serveClient: false, pingInterval: 600_000 });

everybody.on("connection", (client) => {
  client.on("message.sent", (message) => everybody.emit("message.sent", message));
});
server.listen(Number(port), "127.0.0.1");
