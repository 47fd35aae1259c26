"""A program of its own, for one picture of a file that nobody can trust.

    python -I rendering.py KIND PAGE WIDTH <file >picture

KIND: a media type; PAGE: 0 asks for the sizes of all pages as JSON, from 1 on a page as WebP. It
imports nothing of ours, gets no secrets, and is ended by its limits when the file asks too much.
Exit codes: 0; TOO_LARGE; any other means that the file cannot be read.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys

TOO_LARGE = 4
MEMORY, OUTPUT = 1536 << 20, 16 << 20  # bytes
CPU_SECONDS = 15
PIXELS = 80_000_000  # of an image: A3 at 600 dpi
PAGES = 3000
TALL = 4  # a picture is at most so many times as tall as it is wide
Sizes = list[tuple[float, float]]


def limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 2))  # the first has a name
    os.nice(5)


def render_pdf(content: bytes, page: int, width: int) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    if len(document) > PAGES:
        sys.exit(TOO_LARGE)
    if page == 0:
        return sizes_as_json([document.get_page_size(number) for number in range(len(document))])
    document.init_forms()  # so that what was filled in is seen
    shown = document[page - 1]
    wide, tall = shown.get_size()
    scale = min((width - 0.5) / wide, TALL * width / tall)  # half a pixel is rounded up
    return as_webp(shown.render(scale=scale).to_pil())


def render_image(content: bytes, page: int, width: int) -> bytes:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # ours is asked first, and is larger than a warning
    image: Image.Image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP"))
    if image.width * image.height > PIXELS:
        sys.exit(TOO_LARGE)
    if page == 0:
        turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        return sizes_as_json([image.size[::-1] if turned else image.size])
    image.draft("RGB", (width, width))  # a JPEG is read at a fraction of its size
    image = ImageOps.exif_transpose(image)
    image.thumbnail((width, TALL * width))
    clean = Image.new("RGB", image.size, "white")  # nothing of what the file says about itself
    image = image.convert("RGBA")
    clean.paste(image, mask=image.getchannel("A"))
    return as_webp(clean)


def sizes_as_json(sizes: Sizes) -> bytes:
    return json.dumps([[round(wide, 1), round(tall, 1)] for wide, tall in sizes]).encode()


def as_webp(image: object) -> bytes:
    made = io.BytesIO()
    image.save(made, "WEBP", quality=72, method=3)  # type: ignore[attr-defined]  # a PIL image
    return made.getvalue()


def main() -> None:
    kind, page, width = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    limit()
    content = sys.stdin.buffer.read()
    render = render_pdf if kind == "application/pdf" else render_image
    try:
        made = render(content, page, width)
    except MemoryError:
        sys.exit(TOO_LARGE)
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    os._exit(0)  # pdfium's own clearing up is not worth its risk


if __name__ == "__main__":
    main()
