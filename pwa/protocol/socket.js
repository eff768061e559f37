// A WebSocket as a transport: bytes out, bytes in, nothing decided here.

/** @typedef {import("./line.js").Open} Open */

/**
 * @param {string} url ws: or wss:
 * @param {typeof WebSocket} [Socket]
 * @returns {Open}
 */
export function socketTo(url, Socket = globalThis.WebSocket) {
  return (ear) => {
    const socket = new Socket(url);
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => ear.heard(new Uint8Array(data));
    socket.onclose = ({ code }) => ear.closed(code);
    return {
      send(frame) {
        if (socket.readyState === Socket.OPEN) socket.send(/** @type {BufferSource} */ (frame));
      },
      close() {
        socket.onmessage = socket.onclose = null;
        socket.close();
      },
    };
  };
}
