/** What is said about cameras, microphones, loudspeakers and connections, in English: a part of strings.js, which has everything else. */

export const gear = {
  title: "Camera and microphone",
  camera: "Camera",
  microphone: "Microphone",
  speaker: "Loudspeaker",
  automatic: "As the device has it",
  numbered: {
    camera: (/** @type {number} */ n) => `Camera ${n}`,
    microphone: (/** @type {number} */ n) => `Microphone ${n}`,
    speaker: (/** @type {number} */ n) => `Loudspeaker ${n}`,
  },
  none: {
    camera: "No camera was found",
    microphone: "No microphone was found",
    speaker: "The device chooses where sound goes",
  },
  level: "How loud you are",
  chime: "Test",
  hear: "Test the loudspeaker",
  cameraIsOff: "Your camera is off",
  opening: "Camera and microphone are starting…",

  muted: "You are muted: nobody hears what you say.",
  swaps: {
    camera: {
      replaced: (/** @type {string} */ label) =>
        `The camera is gone. You are seen through: ${label}`,
      returned: (/** @type {string} */ label) => `Your camera is back: ${label}`,
      gone: () => "The camera is gone. The call goes on with sound.",
      kept: (/** @type {string} */ label) => `That camera did not start. Still used: ${label}`,
    },
    microphone: {
      replaced: (/** @type {string} */ label) =>
        `The microphone is gone. You are heard through: ${label}`,
      returned: (/** @type {string} */ label) => `Your microphone is back: ${label}`,
      gone: () => "The microphone is gone: nobody hears you. Plug one in to be heard.",
      kept: (/** @type {string} */ label) => `That microphone did not start. Still used: ${label}`,
    },
    speaker: {
      replaced: (/** @type {string} */ label) => `Sound comes from: ${label}`,
      returned: (/** @type {string} */ label) =>
        `Sound comes from your loudspeaker again: ${label}`,
      gone: (/** @type {string} */ label) =>
        `The loudspeaker is gone: ${label}. Sound comes from another.`,
      kept: (/** @type {string} */ label) => `Still used: ${label}`,
    },
  },

  /** Before a call. */
  look: "Check camera and microphone first",
  join: "Join now",
  ring: "Ring everybody",
  open: "Open quietly",

  /** By oneself. */
  test: "Test camera and microphone",
  testHint: "See and hear yourself before others do.",
  echo: "See and hear yourself as others do",
  echoHint:
    "Sound and picture go to the server and come back a second later. Nobody else sees or hears it, and nothing is kept.",
  begin: "Start the test",
  end: "End the test",
  again: "Test again",
  echoed: "This is you, a second later",
  results: "How it went",
  verdicts: {
    line: {
      waiting: "Connecting to the server…",
      good: (/** @type {number} */ ms) => `The connection is good: the server answers in ${ms} ms.`,
      slow: (/** @type {number} */ ms) =>
        `The server answers slowly, in ${ms} ms. Others may hear you late.`,
      lossy: (/** @type {number} */ percent) =>
        `The connection loses ${percent} % on the way. Sound may stutter; go nearer to the Wi-Fi.`,
      tcp: (/** @type {number} */ ms) =>
        `Connected by TCP, in ${ms} ms, because this network lets no UDP through. Calls work, and may stutter more.`,
      failed:
        "No connection for calls. A firewall may close the server's port for calls; ask who runs the server.",
    },
    camera: {
      waiting: "Waiting for your picture to come back…",
      good: (/** @type {number} */ width, /** @type {number} */ height) =>
        `Your picture comes back, ${width} × ${height}.`,
      off: "The camera is off.",
      missing: "There is no picture: see above why.",
    },
    microphone: {
      waiting: "Say something: your voice comes back a second later.",
      good: "Your voice comes back.",
      quiet: "You are very quiet. Go nearer to the microphone, or choose another one.",
      loud: "You are very loud. Go a little away from the microphone.",
      muted: "The microphone is muted.",
      missing: "There is no sound: see above why.",
    },
  },

  /** The line, and how it is. */
  lines: {
    fair: (/** @type {string} */ name) => `${name}’s connection is weak`,
    poor: (/** @type {string} */ name) => `${name}’s connection is poor`,
  },
  brief: { fair: "weak connection", poor: "poor connection" },
  ownLine: {
    loss: {
      fair: "Your connection loses a little of the sound and picture.",
      poor: "Your connection loses much of the sound and picture. Turning the camera off may help.",
    },
    delay: {
      fair: "Your connection is slow: others hear you a little late.",
      poor: "Your connection is very slow: others hear you late. Turning the camera off may help.",
    },
  },

  statistics: {
    title: "Statistics",
    copy: "Copy as text",
    copied: "Copied.",
    waiting: "Measuring…",
    path: "Path",
    paths: {
      udp: "UDP",
      tcp: "TCP",
      relay: "through a relay",
      server: "to the server",
      direct: "from device to device",
    },
    roundTrip: "Round trip",
    room: "May be sent",
    sent: "Sent",
    received: "Received",
    stream: "Stream",
    sources: {
      microphone: "Microphone",
      camera: "Camera",
      screen: "Screen",
      "screen-sound": "Sound of the screen",
    },
    codec: "Codec",
    size: "Size",
    frames: "Frames/s",
    rate: "kbit/s",
    loss: "Loss",
    jitter: "Jitter",
    held: "Held back by",
    limits: { bandwidth: "the network", cpu: "this device", other: "something else" },
  },
};
