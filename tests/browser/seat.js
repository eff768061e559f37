// A page at the forwarding unit: answers every offer, sends a fake camera and microphone, counts what comes.

/** @type {RTCPeerConnection} */ let pc;
/** @type {Record<string, MediaStreamTrack | undefined>} */ let sending;
/** @type {Wish} */ let wish;
const states = [];

/**
 * @typedef {object} Wish
 * @property {number} [width] of the camera, in pixels
 * @property {boolean} [screen] share something that moves, too
 * @property {boolean} [tcp] pretend that no UDP gets through
 * @property {boolean} [sealed] encrypt for the others, so that the unit cannot look
 * @property {string} [codec] of the camera, as in "VP9"
 */

/** @param {Wish} wished */
async function begin(wished) {
  wish = wished;
  const { width = 1280 } = wish;
  pc = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
  pc.addEventListener("connectionstatechange", () => states.push(pc.connectionState));
  pc.addEventListener("track", ({ track, receiver, streams }) => {
    if (wish.sealed) receiver.transform = cipher();
    show(track, streams[0]?.id);
  });
  const video = { width, height: (width * 9) / 16 };
  const media = await navigator.mediaDevices.getUserMedia({ audio: true, video });
  sending = {
    0: media.getAudioTracks()[0],
    1: media.getVideoTracks()[0],
    2: wish.screen ? drawn() : undefined,
  };
}

/** @param {MediaStreamTrack} track @param {string | undefined} owner */
function show(track, owner) {
  const element = document.createElement(track.kind === "video" ? "video" : "audio");
  element.srcObject = new MediaStream([track]);
  element.muted = true;
  element.title = owner ?? "";
  document.body.append(element);
  element.play().catch(() => {}); // a section that is silenced again stops it
}

/** A picture that moves, for a screen that is shared. */
function drawn() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
  const context = canvas.getContext("2d");
  let step = 0;
  setInterval(() => {
    context.fillStyle = `hsl(${step++ % 360} 80% 50%)`;
    context.fillRect(0, 0, 640, 360);
  }, 100);
  return canvas.captureStream(10).getVideoTracks()[0];
}

/** The same way in and out: every byte but those that a payload needs in the clear. */
function cipher() {
  const code = `onrtctransform = ({ transformer: { readable, writable } }) =>
    readable.pipeThrough(new TransformStream({
      transform(frame, controller) {
        const data = new Uint8Array(frame.data.slice(0));
        const clear = frame.type === undefined ? 1 : frame.type === "key" ? 10 : 3;
        for (let at = clear; at < data.length; at++) data[at] ^= 0x5a;
        frame.data = data.buffer;
        controller.enqueue(frame);
      },
    })).pipeTo(writable);`;
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  return new RTCRtpScriptTransform(new Worker(address));
}

/** @param {string} offer */
async function answer(offer) {
  const sdp = wish.tcp ? offer.replace(/a=candidate:\d+ 1 udp .*\r\n/g, "") : offer;
  await pc.setRemoteDescription({ type: "offer", sdp });
  const ours = pc.getTransceivers().filter(({ mid }) => ["0", "1", "2", "3"].includes(mid));
  for (const { sender } of ours) if (wish.sealed && !sender.transform) sender.transform = cipher();
  for (const one of ours) {
    if (one.direction === "sendonly") continue;
    one.direction = "sendonly";
    await one.sender.replaceTrack(sending[one.mid] ?? null);
  }
  await pc.setLocalDescription();
  if (wish.codec) await encode(ours.find(({ mid }) => mid === "1").sender, wish.codec);
  return pc.localDescription.sdp;
}

/** In this codec; who answers sends otherwise what the offer names first. @param {RTCRtpSender} sender @param {string} name */
async function encode(sender, name) {
  const parameters = sender.getParameters();
  const codec = parameters.codecs.find(({ mimeType }) => mimeType === `video/${name}`);
  for (const one of parameters.encodings) one.codec = codec;
  await sender.setParameters(parameters);
}

/** Whether this browser can make it. @param {string} codec */
function makes(codec) {
  const { codecs } = RTCRtpSender.getCapabilities("video");
  return codecs.some(({ mimeType }) => mimeType === `video/${codec}`);
}

/** The microphone, on or off. @param {boolean} on */
function speak(on) {
  sending[0].enabled = on;
}

/** A figure of every track that comes, by mid. @param {string} figure */
async function inbound(figure) {
  const found = {};
  for (const one of (await pc.getStats()).values())
    if (one.type === "inbound-rtp" && one.mid !== undefined) found[one.mid] = one[figure] ?? 0;
  return found;
}

/** How the candidate in use goes: "udp" or "tcp". */
async function way() {
  const report = await pc.getStats();
  const pair = [...report.values()].find((one) => one.type === "candidate-pair" && one.nominated);
  return pair && report.get(pair.localCandidateId).protocol;
}

Object.assign(globalThis, { begin, answer, inbound, makes, speak, way, states });
