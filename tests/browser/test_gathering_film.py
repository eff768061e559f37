"""The sound of a film that is shared in a call of a room: both channels are heard."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.browser.calling import joined
from tests.browser.firefox import until
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_gathering import ROOM, does, live

# A picture that moves, and a tone that is only in the left channel
FILM = """() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
  const pen = canvas.getContext("2d");
  let turn = 0;
  setInterval(() => pen.fillRect((turn += 3) % 640, 0, 6, 6), 200);
  const stream = canvas.captureStream(5);
  const audio = new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: 440 });
  const sides = new ChannelMergerNode(audio, { numberOfInputs: 2 });
  const out = new MediaStreamAudioDestinationNode(audio, { channelCount: 2 });
  tone.connect(sides, 0, 0);
  sides.connect(out);
  tone.start();
  stream.addTrack(out.stream.getAudioTracks()[0]);
  navigator.mediaDevices.getDisplayMedia = async () => stream;
}"""

# How loud each channel of the film is, of 1; nothing before it comes
SIDES = """async () => {
  const { gathering } = await import("/state/gathering.js");
  const sound = gathering.value.seats.find((one) => one.screenSound)?.screenSound;
  if (!sound) return null;
  if (!window.sides) {
    const audio = new AudioContext();
    const parts = new ChannelSplitterNode(audio, { numberOfOutputs: 2 });
    audio.createMediaStreamSource(sound).connect(parts);
    window.sides = [0, 1].map((at) => {
      const meter = new AnalyserNode(audio);
      parts.connect(meter, at);
      return meter;
    });
  }
  return window.sides.map((meter) => {
    const wave = new Float32Array(meter.fftSize);
    meter.getFloatTimeDomainData(wave);
    return Math.max(...wave.map(Math.abs));
  });
}"""

LOUD, QUIET = 0.3, 0.05  # of 1


def sides(page: Page) -> Any:
    """How loud the film is on the left and on the right."""
    return page.evaluate(SIDES)


def test_both_channels_of_a_film_are_heard(open_server: RunningServer, phone: Callable[..., Phone]) -> None:
    ana, ben = joined(phone, "Ana"), joined(phone, "Ben")
    for page in (ana, ben):
        does(page, "start", ROOM, {"video": False})
    live(ana, ben)
    ben.evaluate(FILM)
    does(ben, "share", True)
    until(lambda: (sides(ana) or [0])[0] > LOUD, "the left channel")
    left, right = sides(ana)
    assert left > LOUD
    assert right < QUIET, "in one channel both were the same"
