"""One stylesheet and one script: complete, compressed, kept for ever under their digest."""

import gzip
import re

import brotli
import pytest
from django.test import Client

from nakadachi.web.ui import assets

HEX = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});")
TEXT_ON_GROUND = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "sunken"), ("ink", "tint"), ("ink", "warn-tint"),
    ("ink-2", "paper"), ("ink-2", "surface"), ("ink-2", "sunken"), ("ink-2", "tint"), ("ink-2", "warn-tint"),
    ("ink-2", "good-tint"), ("ink-2", "bad-tint"), ("accent", "paper"), ("accent", "surface"), ("accent", "tint"),
    ("accent", "sunken"), ("accent", "warn-tint"), ("on-accent", "accent"), ("on-accent", "accent-strong"),
    ("good", "surface"), ("good", "good-tint"), ("warn", "surface"), ("warn", "warn-tint"), ("bad", "surface"),
    ("bad", "bad-tint"), ("on-bad", "bad"),
]  # fmt: skip
BORDER_ON_GROUND = [("edge", "surface"), ("edge", "paper"), ("focus", "paper"), ("accent", "surface")]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def palettes() -> list[dict[str, str]]:
    """Light, dark by the system's wish, dark by choice."""
    text = (assets.STATIC / "css" / "tokens.css").read_text()
    return [dict(HEX.findall(part)) for part in re.split(r"\n\s+color-scheme:", text)[1:]]


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark", "dark-chosen"])
def test_words_can_be_read(palette: dict[str, str]) -> None:
    faint = {pair: contrast(palette[pair[0]], palette[pair[1]]) for pair in TEXT_ON_GROUND}
    assert not {pair: ratio for pair, ratio in faint.items() if ratio < 4.5}
    borders = {pair: contrast(palette[pair[0]], palette[pair[1]]) for pair in BORDER_ON_GROUND}
    assert not {pair: ratio for pair, ratio in borders.items() if ratio < 3}


def test_both_ways_into_the_dark_are_the_same() -> None:
    _light, wished, chosen = palettes()
    assert wished == chosen


def test_every_stylesheet_stands_in_a_layer() -> None:
    loose = [path.name for path in assets.sources("css") if "@layer" not in path.read_text()]
    assert not loose
    assert assets.sources("css")[0].name == "layers.css"


@pytest.mark.parametrize(("kind", "ceiling"), [("css", 12_000), ("js", 22_000)])
def test_a_phone_on_a_train_loads_it_in_a_moment(kind: str, ceiling: int) -> None:
    made = assets.bundle(kind)
    assert len(made.brotlied) <= ceiling
    assert brotli.decompress(made.brotlied) == gzip.decompress(made.gzipped) == made.plain


def test_scripts_travel_without_comments_and_with_every_statement() -> None:
    kept = 'take("image/*");\n  /* one */ go("*/");\n'
    assert assets.without_comments(f"/* Of\ntwo lines. */\n{kept}  /* last */\n") == kept
    plain = assets.bundle("js").plain.decode()
    assert "/* Forms" not in plain
    assert "const GIVE_UP_MS = 10000;" in plain


@pytest.mark.parametrize("kind", ["css", "js"])
def test_kept_for_ever_only_under_its_own_digest(client: Client, kind: str) -> None:
    digest = assets.bundle(kind).digest
    answer = client.get(f"/assets/{digest}.{kind}", headers={"accept-encoding": "gzip, br"})
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert answer["Content-Encoding"] == "br"
    assert brotli.decompress(answer.content) == assets.bundle(kind).plain
    outdated = client.get(f"/assets/000000000000.{kind}")
    assert outdated["Cache-Control"] == "no-cache"
    assert outdated.content == assets.bundle(kind).plain


def test_pictures_of_the_frame_and_nothing_else(client: Client) -> None:
    assert client.get("/assets/x/mark.svg")["Content-Type"] == "image/svg+xml"
    assert client.get("/assets/x/social.png").status_code == 200
    assert client.get("/assets/x/settings.py").status_code == 404
    assert client.get("/assets/x/..%2Fcss%2Ftokens.css").status_code == 404
