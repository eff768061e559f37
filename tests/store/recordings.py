"""Recordings as browsers make them, and what is in a file of sound; made and read by PyAV."""

import array
import math
from dataclasses import dataclass
from pathlib import Path

import av

RATE = 48_000


@dataclass(frozen=True)
class Sound:
    """What a program that plays it finds."""

    container: str
    codec: str
    seconds: float
    loudest: float


def record(path: Path, container: str = "webm", codec: str = "libopus", seconds: float = 2.0) -> Path:
    """A tone of 440 Hz in a file such as MediaRecorder gives: nothing about its length in front."""
    options = {"movflags": "frag_keyframe+empty_moov"} if container == "mp4" else {"live": "1"}
    with av.open(str(path), "w", format=container, options=options if container != "ogg" else {}) as output:
        stream = output.add_stream(codec, rate=RATE, layout="mono")
        resampler = av.AudioResampler(
            format=stream.codec_context.format, layout="mono", rate=RATE, frame_size=stream.codec_context.frame_size
        )
        for first in range(0, int(seconds * RATE), 960):
            tone = [int(12_000 * math.sin(2 * math.pi * 440 * (first + at) / RATE)) for at in range(960)]
            frame = av.AudioFrame(format="s16", layout="mono", samples=960)
            frame.sample_rate, frame.pts = RATE, first
            frame.planes[0].update(array.array("h", tone).tobytes())
            for ready in resampler.resample(frame):
                output.mux(stream.encode(ready))
        output.mux(stream.encode(None))
    return path


def heard(path: Path) -> Sound:
    """All of it decoded."""
    with av.open(str(path)) as recording:
        codec = recording.streams.audio[0].codec_context.name
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        samples, loudest = 0, 0
        for frame in recording.decode(audio=0):
            for ready in resampler.resample(frame):
                plane = array.array("h", bytes(ready.planes[0])[: ready.samples * 2])
                samples, loudest = samples + ready.samples, max(loudest, *map(abs, plane))
        return Sound(recording.format.name, codec, samples / RATE, loudest / 32768)
