"""Small files of every kind that documents may be, and some that they may not."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pypdfium2
from PIL import Image

TEXT = b"isi dokumen contoh\n"
PDF = b"%PDF-1.4\n% contoh\n%%EOF\n"  # enough to be known as one, too little to be looked at
HTML = b"<!doctype html><script>alert(1)</script>"


def pdf(pages: int = 1, width: float = 595, height: float = 842) -> bytes:
    """A real one of empty pages."""
    made = io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(width, height)
    document.save(made)
    document.close()
    return made.getvalue()


def image(kind: str = "PNG", size: tuple[int, int] = (40, 20), **extra: object) -> bytes:
    """`extra`: as Pillow takes it."""
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **extra)
    return made.getvalue()


def archive(content: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in content.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            packed.writestr(name, data, stored)
    return made.getvalue()


def ooxml(folder: str = "word", **more: bytes) -> bytes:
    """docx by `word`, xlsx by `xl`, pptx by `ppt`."""
    parts = {"[Content_Types].xml": b"<Types/>", f"{folder}/document.xml": b"<d/>"}
    return archive(parts | {f"{folder}/{name}": data for name, data in more.items()})


def odf(kind: str = "text") -> bytes:
    media_type = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive({"mimetype": media_type, "content.xml": b"<d/>"})


def ole(*streams: str) -> bytes:
    """The smallest compound file with these streams, all empty, at its root."""
    entries = [_entry("Root Entry", 5, child=1 if streams else -1)]
    for number, name in enumerate(streams, 1):
        entries.append(_entry(name, 2, right=number + 1 if number < len(streams) else -1))
    directory = b"".join(entries).ljust(512 * -(-len(entries) // 4), b"\0")
    sectors = len(directory) // 512
    fat = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack(f"<{len(fat)}L", *fat).ljust(512, b"\xff")
    head = struct.pack(
        "<8s16xHHHHH6xLLLLLLLLL",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    return head + struct.pack("<L", 0) + b"\xff" * (512 - len(head) - 4) + table + directory


def _entry(name: str, kind: int, child: int = -1, right: int = -1) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBlll36xLQ", text, len(text), kind, 1, -1, right, child, 0xFFFFFFFE, 0)


def bomb_png(width: int = 20_000, height: int = 20_000) -> bytes:
    """A picture of 400 million pixels in some hundred kilobytes, if that."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">L", zlib.crc32(name + data))
        return struct.pack(">L", len(data)) + name + data + check

    pack = zlib.compressobj(9)
    row = b"\0" * (width // 8 + 1)
    data = b"".join(pack.compress(row) for _ in range(height)) + pack.flush()
    head = struct.pack(">LLBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def read_before_it_is_given(xml: bytes) -> bytes:
    """The shipped SOP with a decision by a variable that is declared but that nobody sets: its
    case stops there with an incident."""
    declared = b'<bpmn:property id="jumlah_paraf" name="Diberikan dari luar" /><bpmn:laneSet '
    asking = xml.replace(b'keputusan == "tanda_tangan"', b"jumlah_paraf &gt; 2")
    return asking.replace(b"<bpmn:laneSet ", declared, 1)
