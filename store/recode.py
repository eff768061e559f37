"""One recording made into what every browser plays: MP3, its length in front. A program of its own.

Run as `python store/recode.py SOURCE KIND TARGET`: exit code 0 when TARGET is made, 1 with a line on stderr when not.
What decodes here is a large C library and the bytes are anybody's, so it runs outside the server and within limits of
its own, and only with the decoders that browsers record for.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from fractions import Fraction

import av

RATE = 48_000  # samples a second: what Opus is decoded to
BIT_RATE = 64_000  # of one channel; speech at half of it begins to sound hollow
MAX_SECONDS = 60 * 60  # of sound, as MAX_VOICE_MS of the protocol
MAX_MEMORY = 1024 * 1024 * 1024  # bytes of address space; the library alone takes a third of it
MAX_TARGET = 64 * 1024 * 1024  # bytes written

CONTAINERS = {"audio/webm": "matroska", "audio/ogg": "ogg", "audio/mp4": "mp4"}
"""The media types that browsers record in, with the demuxer of each."""

CODECS = {"opus", "vorbis", "aac"}


class NotPlayable(Exception):
    """These bytes are no recording that can be made into anything; the text says why, for the log."""


def recode(source: str, kind: str, target: str) -> None:
    """Writes `target`. Raises NotPlayable for anything bytes can do."""
    try:
        with av.open(source, format=CONTAINERS[kind], options={"protocol_whitelist": "file"}) as recording:
            sounds = recording.streams.audio
            if len(sounds) != 1 or len(recording.streams) != 1:
                raise NotPlayable(f"expected one track of sound, got {len(recording.streams)} tracks")
            if sounds[0].codec_context.name not in CODECS:
                raise NotPlayable(f"expected {sorted(CODECS)}, got {sounds[0].codec_context.name}")
            with av.open(target, "w", format="mp3") as output:
                _encode(recording, output)
    except (av.error.FFmpegError, KeyError, OSError, ValueError, MemoryError) as error:
        raise NotPlayable(f"{type(error).__name__} while decoding") from error


def _encode(recording: av.container.InputContainer, output: av.container.OutputContainer) -> None:
    stream = output.add_stream("libmp3lame", rate=RATE, layout="mono")
    stream.bit_rate = BIT_RATE
    taken = 0
    for frame in _frames(recording):
        frame.pts, frame.time_base = taken, Fraction(1, RATE)  # a pause leaves no hole
        taken += frame.samples
        if taken > MAX_SECONDS * RATE:
            raise NotPlayable(f"more than {MAX_SECONDS} s are more than is worth making playable")
        output.mux(stream.encode(frame))
    if not taken:
        raise NotPlayable("there is no sound in it")
    output.mux(stream.encode(None))


def _frames(recording: av.container.InputContainer) -> Iterator[av.AudioFrame]:
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE)
    for frame in recording.decode(audio=0):
        yield from resampler.resample(frame)
    yield from resampler.resample(None)


def _limit() -> None:
    """What this process may take at most; calls and messages go before it. Windows has none of this."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_TARGET, MAX_TARGET))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """The program: what it is given is one recording."""
    source, kind, target = sys.argv[1:]
    with contextlib.suppress(OSError, ValueError):  # a system that has set less than this already
        _limit()
    try:
        recode(source, kind, target)
    except NotPlayable as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
