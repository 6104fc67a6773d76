"""The page of demo logins that `bin/run` prints."""

from pathlib import Path
from unicodedata import east_asian_width

from django.conf import settings

from nakadachi.demo.members import PASSWORD
from nakadachi.demo.operator_code import SECRET
from nakadachi.demo.stage import person

ROLES = (("ワーカー", "hanako"), ("クライアント", "minato"), ("運営", "desk"))
FILE_NAME = "demo-logins.txt"


def text() -> str:
    """Role, name, address and password, in columns."""
    rows = [("役割", "表示名", "メールアドレス", "パスワード")]
    rows += [(role, person(key).name, person(key).email, PASSWORD) for role, key in ROLES]
    widths = [max(_width(row[column]) for row in rows) for column in range(3)]
    code = f"  運営のログインでは二段階認証のコードも入力します: {settings.SITE_URL}/_demo/code/ (キー: {SECRET})\n"
    return "".join(f"  {_line(row, widths)}\n" for row in rows) + code


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join([*map(_padded, row, widths), row[-1]])


def write(folder: Path) -> None:
    """Put it where `bin/run` looks."""
    path = folder / FILE_NAME
    if not path.exists() or path.read_text(encoding="utf-8") != text():
        path.write_text(text(), encoding="utf-8")


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
