"""Pictures and films made for tests, with a place in every corner where phones and programs put one."""

import io
import struct
from pathlib import Path

import av
import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo

PLACE = b"52 deg 31 min north, 13 deg 24 min east"  # what must not be found afterwards
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>' + PLACE + b"</exif:GPSLatitude></x:xmpmeta>"
ON_ITS_SIDE = 6  # EXIF: turn it by a quarter, clockwise
SIZE = (64, 48)


def scene(size: tuple[int, int] = SIZE) -> Image.Image:
    """Something that is not all one colour, so that a wrong turn shows."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste("crimson", (0, 0, size[0] // 4, size[1] // 4))
    return image


def exif(orientation: int = ON_ITS_SIDE) -> Image.Exif:
    """What a phone writes: how the picture stands, who made it, and where."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = "A maker"
    tags[0x010E] = PLACE.decode()
    tags.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0), 29: PLACE.decode()})
    return tags


def jpeg(size: tuple[int, int] = SIZE, orientation: int = ON_ITS_SIDE) -> bytes:
    """With EXIF, XMP, a comment, and a second picture with its own EXIF behind the first."""
    packed = io.BytesIO()
    scene(size).save(packed, "JPEG", exif=exif(orientation), xmp=XMP, comment=PLACE, icc_profile=b"colours")
    behind = io.BytesIO()
    scene((16, 16)).save(behind, "JPEG", exif=exif())
    return packed.getvalue() + behind.getvalue()


def png(size: tuple[int, int] = SIZE, orientation: int = ON_ITS_SIDE) -> bytes:
    """With EXIF and all three kinds of text, and something behind its end."""
    texts, packed = PngInfo(), io.BytesIO()
    texts.add_text("Comment", PLACE.decode())
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    texts.add(b"prVt", PLACE)
    scene(size).save(packed, "PNG", exif=exif(orientation), pnginfo=texts)
    return packed.getvalue() + PLACE


def webp(size: tuple[int, int] = SIZE, orientation: int = ON_ITS_SIDE) -> bytes:
    """With EXIF and XMP, and something behind its end."""
    packed = io.BytesIO()
    scene(size).save(packed, "WEBP", lossless=True, exif=exif(orientation), xmp=XMP)
    return packed.getvalue() + PLACE


def gif() -> bytes:
    """Two frames that play for ever, with a comment, XMP as Adobe lays it out, and another program's extension."""
    packed = io.BytesIO()
    frames = [scene(), scene().rotate(180)]
    frames[0].save(packed, "GIF", save_all=True, append_images=frames[1:], loop=0, duration=100, comment=PLACE)
    content = packed.getvalue()
    xmp = b"\x21\xff\x0bXMP DataXMP" + XMP + b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    other = b"\x21\xff\x0bMAKERS  1.0" + bytes([len(PLACE)]) + PLACE + b"\0"
    at = content.index(b"\x21\xff\x0bNETSCAPE2.0")
    return content[:at] + other + xmp + content[at:-1] + other + b";" + PLACE


def directory(order: str, at: int, entries: list[tuple[int, int, bytes | list[int]]], following: int = 0) -> bytes:
    """A directory of TIFF at a place in its file, with all values behind it: tag, type, and bytes or numbers."""
    sizes = {3: "H", 4: "I"}
    table, values, behind = struct.pack(f"{order}H", len(entries)), b"", at + 2 + 12 * len(entries) + 4
    for tag, kind, value in entries:
        raw = value if isinstance(value, bytes) else struct.pack(f"{order}{len(value)}{sizes[kind]}", *value)
        table += struct.pack(f"{order}HHI", tag, kind, len(value))
        if len(raw) > 4:
            table += struct.pack(f"{order}I", behind + len(values))
            values += raw + bytes(len(raw) % 2)
        else:
            table += raw.ljust(4, b"\0")
    return table + struct.pack(f"{order}I", following) + values


def dng(order: str = "<") -> bytes:
    """A raw photo: pixels in a directory within the first, a maker's notes, and a camera's own JPEG of it."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    gps = directory(order, 1024, [(1, 2, b"N\0"), (2, 5, b""), (29, 2, PLACE + b"\0")])
    shot = directory(order, 2048, [(0x829A, 4, [125]), (0x927C, 7, b"notes of a maker" * 10)])
    raw = directory(order, 4096, [(0x0100, 4, [64]), (0x0111, 4, [6000]), (0x0117, 4, [9]), (0x02BC, 1, XMP)])
    small = jpeg()
    second = directory(order, 5000, [(0x0201, 4, [8192]), (0x0202, 4, [len(small)])])
    first = directory(
        order,
        8,
        [
            (0x0112, 3, [ON_ITS_SIDE]), (0x014A, 4, [4096]), (0x02BC, 1, XMP), (0x83BB, 7, PLACE), (0x8649, 7, PLACE),
            (0x8769, 4, [2048]), (0x8825, 4, [1024]), (0xC612, 1, bytes([1, 4, 0, 0])),
        ],
        following=5000,
    )  # fmt: skip
    content = bytearray(8192)
    content[:8] = mark + struct.pack(f"{order}I", 8)
    for at, piece in ((8, first), (1024, gps), (2048, shot), (4096, raw), (5000, second), (6000, b"raw bytes")):
        content[at : at + len(piece)] = piece
    return bytes(content) + small


def tiff() -> bytes:
    """As scanners and programs write it, place and all."""
    packed, tags = io.BytesIO(), exif()
    tags[0x02BC] = XMP
    tags[0x8825] = dict(tags.get_ifd(0x8825))
    scene().save(packed, "TIFF", exif=tags)
    return packed.getvalue()


def heic(size: tuple[int, int] = SIZE) -> bytes:
    """With EXIF and XMP."""
    packed = io.BytesIO()
    pillow_heif.from_pillow(scene(size)).save(packed, exif=exif(1).tobytes(), xmp=XMP, quality=60)
    return packed.getvalue()


def film(path: Path, size: tuple[int, int] = SIZE, seconds: int = 2, place: str = "+52.5200+013.4050/") -> bytes:
    """A film as phones write it; `path` says of which kind. Its place is in `udta` and in the keys of `meta`."""
    options = {"movflags": "use_metadata_tags"} if path.suffix == ".mov" else {}
    with av.open(str(path), "w", options=options) as out:
        if place:
            out.metadata.update({"location": place, "com.apple.quicktime.location.ISO6709": place, "comment": place})
        stream = out.add_stream("libx264" if path.suffix != ".webm" else "libvpx", rate=5)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for number in range(5 * seconds):
            picture = scene(size)
            picture.paste("gold", (number, number, number + 10, number + 10))
            for packet in stream.encode(av.VideoFrame.from_image(picture)):
                out.mux(packet)
        for packet in stream.encode():
            out.mux(packet)
    return path.read_bytes()


def box(kind: bytes, *inside: bytes) -> bytes:
    """A box of ISO's media files."""
    content = b"".join(inside)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def tracked(samples: list[bytes], handler: bytes) -> bytes:
    """A film with one track of such samples, two in each chunk, and a place in every other corner."""
    table = struct.pack(">III", 0, 0, len(samples)) + b"".join(struct.pack(">I", len(sample)) for sample in samples)
    chunks = [samples[at : at + 2] for at in range(0, len(samples), 2)]
    each = [(1, 2)] if len(samples) % 2 == 0 else [(1, 2), (len(chunks), 1)]
    stsc = struct.pack(">II", 0, len(each)) + b"".join(struct.pack(">III", *one, 1) for one in each)

    def moov(first: int) -> bytes:
        places, at = [], first
        for chunk in chunks:
            places.append(at)
            at += sum(map(len, chunk))
        stco = struct.pack(">II", 0, len(places)) + b"".join(struct.pack(">I", place) for place in places)
        stbl = box(b"stbl", box(b"stsz", table), box(b"stsc", stsc), box(b"stco", stco))
        hdlr = box(b"hdlr", bytes(8), handler, bytes(13))
        trak = box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", hdlr, box(b"minf", stbl)), box(b"udta", PLACE))
        return box(b"moov", box(b"mvhd", bytes(100)), trak, box(b"gps ", PLACE), box(b"meta", PLACE))

    front = box(b"ftyp", b"isom", bytes(4), b"isom")
    begins = len(front) + len(moov(0)) + 8
    return front + moov(begins) + box(b"mdat", *samples) + box(b"uuid", bytes(16), PLACE)
