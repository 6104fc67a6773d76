"""Finds every message that code and templates ask to have translated, without gettext tools."""

import ast
import io
from collections import defaultdict
from pathlib import Path

from django.utils.translation.template import templatize

_CALLS = {
    "_": 0, "N_": 0, "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0,
    "ngettext": 0, "ngettext_lazy": 0, "pgettext": 1, "pgettext_lazy": 1, "npgettext": 1,
}  # fmt: skip

Key = tuple[str | None, str]


def messages_of(package: Path) -> dict[Key, list[str]]:
    """(context, message id) → where it stands."""
    found: dict[Key, list[str]] = defaultdict(list)
    for path in sorted(package.rglob("*.py")):
        if "migrations" not in path.parts:
            _from_python(path.read_text(encoding="utf-8"), str(path.relative_to(package)), found)
    for suffix in ("*.html", "*.txt"):
        for path in sorted(package.rglob(suffix)):
            if "templates" in path.parts:
                source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
                _from_template(source, str(path.relative_to(package)), found)
    return found


def _from_python(source: str, where: str, found: dict[Key, list[str]]) -> None:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            _from_call(node, f"{where}:{node.lineno}", found)


def _from_call(node: ast.Call, where: str, found: dict[Key, list[str]]) -> None:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name not in _CALLS:
        return
    at = _CALLS[name]
    texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if len(texts) <= at:
        return
    found[(texts[0] if at else None, texts[at])].append(where)


def _from_template(templatized: str, where: str, found: dict[Key, list[str]]) -> None:
    """`templatize` turns a template into lines with gettext calls between rubbish; read the calls one by one."""
    text = io.StringIO(templatized).read()
    for name in sorted(_CALLS, key=len, reverse=True):
        start = 0
        while (start := text.find(f"{name}(", start)) != -1:
            before = text[start - 1] if start else " "
            call = _balanced(text, start)
            start += len(name)
            if before.isalnum() or before in "_.":
                continue
            try:
                node = ast.parse(call.strip(), mode="eval").body
            except SyntaxError:
                continue
            if isinstance(node, ast.Call):
                _from_call(node, where, found)


def _balanced(text: str, start: int) -> str:
    """The call from its name to the closing bracket, strings respected."""
    depth, quote, index = 0, "", text.index("(", start)
    while index < len(text):
        ch = text[index]
        if quote:
            if ch == "\\":
                index += 1
            elif ch == quote:
                quote = ""
        elif ch in "\"'":
            quote = ch
        elif ch == "(":
            depth += 1
        elif ch == ")":
            depth -= 1
            if depth == 0:
                return text[start : index + 1]
        index += 1
    return text[start:]
