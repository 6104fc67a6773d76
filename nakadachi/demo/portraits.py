"""Pictures beside some of the names: a few plain shapes each, drawn here, so that nobody is photographed."""

import io
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from PIL import Image, ImageDraw

from nakadachi.demo.moments import Past
from nakadachi.demo.stage import Stage, Step, person
from nakadachi.people.avatars import set_avatar

SIDE = 512
Shape = tuple[str, str, tuple[float, ...]]
"""How, in which colour, where in tenths of the side."""
PICTURES: dict[str, tuple[str, tuple[Shape, ...]]] = {
    "hanako": (  # a flower
        "#f3e6dc",
        (
            ("line", "#6f8f72", (5, 5.4, 5, 10)),
            *(("disc", "#d98c7a", (x, y, 1.45)) for x, y in ((5, 2.6), (3.2, 3.9), (3.9, 6), (6.1, 6), (6.8, 3.9))),
            ("disc", "#f0c674", (5, 4.4, 1.15)),
        ),
    ),
    "minato": (  # a bowl
        "#e4ebe6",
        (
            ("pie", "#3f6b6b", (5, 4.2, 3.4)),
            ("box", "#3f6b6b", (3.7, 7.2, 6.3, 8)),
            ("box", "#c9a66b", (1.6, 4, 8.4, 4.5)),
        ),
    ),
    "hidamari": (  # a cup, and the sun
        "#f6ead2",
        (
            ("disc", "#e9b45c", (7, 3, 1.3)),
            ("ring", "#7a5541", (7.2, 6.2, 1.1)),
            ("box", "#7a5541", (2.4, 4.8, 7, 7.6)),
            ("box", "#a9886f", (1.7, 7.9, 7.9, 8.4)),
        ),
    ),
    "sakana": (  # a fish over waves
        "#dce9f1",
        (
            ("oval", "#2f5f86", (2, 3.2, 7, 6.2)),
            ("wedge", "#2f5f86", (6.4, 4.7, 8.6, 3.2, 8.6, 6.2)),
            ("disc", "#dce9f1", (3.3, 4.4, 0.3)),
            ("box", "#8fb4cc", (0, 7.6, 10, 10)),
        ),
    ),
    "takumi": (  # a roof
        "#ece7df",
        (
            ("box", "#b08d63", (2.7, 5, 7.3, 8.4)),
            ("wedge", "#5b4a3c", (1.5, 5.2, 5, 2, 8.5, 5.2)),
            ("box", "#ece7df", (4.4, 6.2, 5.6, 8.4)),
        ),
    ),
    "ryo": (  # a hill, and the moon
        "#2d3b55",
        (
            ("disc", "#f1e3b3", (6.8, 3.2, 1.3)),
            ("wedge", "#53698f", (0, 10, 4, 4.6, 8, 10)),
            ("wedge", "#3f5277", (3.5, 10, 7.4, 6, 12, 10)),
        ),
    ),
}


def steps(past: Past) -> Iterator[Step]:
    """Chosen in the days after joining. The picture is decoded in a process of its own, so each stands alone."""
    for key in PICTURES:
        yield Step(past.moment(person(key).joined_days - 2, 12), partial(_choose, key), alone=True)


def _choose(key: str, stage: Stage, at: datetime) -> None:
    set_avatar(member=stage.members[key], picture=io.BytesIO(drawn(key)), by=stage.actor(key), at=at)


def drawn(key: str) -> bytes:
    """The picture as a PNG."""
    ground, shapes = PICTURES[key]
    picture = Image.new("RGB", (SIDE, SIDE), ground)
    pen = ImageDraw.Draw(picture)
    for how, colour, place in shapes:
        _draw(pen, how, colour, [value * SIDE / 10 for value in place])
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _draw(pen: ImageDraw.ImageDraw, how: str, colour: str, at: list[float]) -> None:
    if how in {"disc", "ring", "pie"}:
        x, y, radius = at
        box = (x - radius, y - radius, x + radius, y + radius)
        if how == "disc":
            pen.ellipse(box, fill=colour)
        elif how == "ring":
            pen.ellipse(box, outline=colour, width=SIDE // 28)
        else:
            pen.pieslice(box, 0, 180, fill=colour)
    elif how == "oval":
        pen.ellipse(at, fill=colour)
    elif how == "wedge":
        pen.polygon(at, fill=colour)
    elif how == "line":
        pen.line(at, fill=colour, width=SIDE // 36)
    else:
        pen.rounded_rectangle(at, SIDE // 50, fill=colour)
