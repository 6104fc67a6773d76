"""From data to PDF. One compiler per template is kept: it has read the fonts, so the second page takes milliseconds."""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import noto_cjk_sans_jp_bold
import noto_cjk_sans_jp_regular
import typst

TEMPLATES = Path(__file__).parent / "templates"
_FONT_FOLDERS = [str(Path(str(font.FONT_PATH)).parent) for font in (noto_cjk_sans_jp_regular, noto_cjk_sans_jp_bold)]
_one_at_a_time = Lock()


@lru_cache(maxsize=8)
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(
        input=str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_FONT_FOLDERS,
        ignore_system_fonts=True,
    )


def pdf(template: str, data: dict[str, Any], *, at: datetime) -> bytes:
    """Typeset `data` (JSON values) with a template of this package; `at` is written into the file as its date."""
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    with _one_at_a_time:
        made = _compiler(template).compile(format="pdf", sys_inputs=inputs, timestamp=int(at.timestamp()))
    assert isinstance(made, bytes)
    return made
