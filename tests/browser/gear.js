// Cameras and microphones that a journey can pull out and plug in, and a voice that it can raise: pictures are painted, sounds are made.
window.gear = (() => {
  const media = navigator.mediaDevices;
  const piece = (kind, deviceId, label) => ({ kind, deviceId, label, groupId: "" });
  let there = [
    piece("audioinput", "desk", "Desk microphone"),
    piece("audioinput", "headset", "Headset"),
    piece("videoinput", "front", "Front camera"),
    piece("videoinput", "usb", "USB camera"),
    piece("audiooutput", "default", "Default"),
    piece("audiooutput", "tv", "Television"),
  ];
  let audio;
  let voice;
  const given = [];
  const refused = {};
  const one = (kind, wish) => {
    if (refused[kind]) throw new DOMException("refused by the journey", refused[kind]);
    const pieces = there.filter((each) => each.kind === kind);
    const id = wish?.deviceId?.exact ?? wish?.deviceId?.ideal;
    const found = pieces.find(({ deviceId }) => deviceId === id);
    if (!found && (wish?.deviceId?.exact || !pieces.length))
      throw new DOMException("not there", "NotFoundError");
    return found ?? pieces[0];
  };
  const named = (track, { deviceId, label }) => {
    Object.defineProperty(track, "label", { value: label });
    const settings = track.getSettings.bind(track);
    track.getSettings = () => ({ ...settings(), deviceId });
    given.push([deviceId, track]);
    return track;
  };
  const picture = (which) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 240 });
    const pen = canvas.getContext("2d");
    let turn = 0;
    const paint = () => {
      pen.fillStyle = which.deviceId === "usb" ? "#355" : "#543";
      pen.fillRect(0, 0, 320, 240);
      pen.fillStyle = "#fff";
      turn = (turn + 16) % 320;
      pen.fillRect(turn, 100, 40, 40);
    };
    paint();
    setInterval(paint, 200);
    return named(canvas.captureStream(5).getVideoTracks()[0], which);
  };
  const sound = (which) => {
    if (!audio) {
      audio = new AudioContext();
      voice = new GainNode(audio, { gain: 0 });
      const tone = new OscillatorNode(audio, { type: "sawtooth", frequency: 180 });
      tone.connect(voice);
      tone.start();
    }
    const out = new MediaStreamAudioDestinationNode(audio);
    voice.connect(out);
    return named(out.stream.getAudioTracks()[0], which);
  };
  media.enumerateDevices = async () => there;
  media.getUserMedia = async (wish) =>
    new MediaStream([
      ...(wish.audio ? [sound(one("audioinput", wish.audio))] : []),
      ...(wish.video ? [picture(one("videoinput", wish.video))] : []),
    ]);
  const changed = () => media.dispatchEvent(new Event("devicechange"));
  return {
    out: (id) => {
      there = there.filter(({ deviceId }) => deviceId !== id);
      for (const [whose, track] of given)
        if (whose === id && track.readyState === "live") {
          track.stop();
          track.dispatchEvent(new Event("ended"));
        }
      changed();
    },
    in: (kind, id, label) => {
      there = [...there, piece(kind, id, label)];
      changed();
    },
    refuse: (kind, name) => {
      refused[kind] = name;
    },
    speak: (loud) => {
      voice.gain.value = loud;
    },
  };
})();
