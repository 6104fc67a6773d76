"""Plain text with a few marks as safe HTML: everything is escaped first, and only these marks become elements.

`## ` and `### ` headings, `- ` and `1. ` lists, `| a | b |` tables, `[words](address)` links (http, https, mailto and
our own addresses), blank lines between paragraphs.
"""

import re
from collections.abc import Iterable

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_LINK = re.compile(r"\[([^\[\]]+)\]\(((?:https?://|mailto:|/)[^\s()<>\"]*)\)")
_NUMBERED = re.compile(r"\d+\. ")


def to_html(text: str) -> SafeString:
    """The whole text, block by block."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return mark_safe("\n".join(_block(part) for block in blocks for part in _parts(block)))  # noqa: S308  escaped below


def _parts(block: str) -> list[str]:
    """A heading ends at its line, also when the next paragraph follows without a blank line."""
    parts: list[str] = []
    kinds: list[str] = []
    for line in block.split("\n"):
        kind = _kind(line)
        if parts and kind == kinds[-1] and kind != "heading":
            parts[-1] += "\n" + line
        else:
            parts.append(line)
            kinds.append(kind)
    return [part for part in parts if part.strip()]


def _kind(line: str) -> str:
    if line.startswith(("## ", "### ")):
        return "heading"
    if line.startswith("- "):
        return "bullets"
    if line.startswith("|"):
        return "table"
    return "numbers" if _NUMBERED.match(line) else "words"


def _block(part: str) -> SafeString:
    lines = part.split("\n")
    kind = _kind(lines[0])
    if kind == "heading":
        level = 3 if lines[0].startswith("### ") else 2
        return format_html("<h{0}>{1}</h{0}>", level, _inline(lines[0].lstrip("# ")))
    if kind == "bullets":
        return format_html("<ul>{}</ul>", _items(line[2:] for line in lines))
    if kind == "numbers":
        return format_html("<ol>{}</ol>", _items(_NUMBERED.sub("", line, count=1) for line in lines))
    if kind == "table":
        rows = format_html_join("", "<tr>{}</tr>", ((_cells(line),) for line in lines))
        return format_html('<div class="table-box"><table class="table"><tbody>{}</tbody></table></div>', rows)
    return format_html("<p>{}</p>", mark_safe("<br>".join(_inline(line) for line in lines)))  # noqa: S308  escaped


def _items(texts: Iterable[str]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((_inline(text),) for text in texts))


def _cells(line: str) -> SafeString:
    first, *rest = [cell.strip() for cell in line.strip().strip("|").split("|")]
    return format_html(
        '<th scope="row">{}</th>{}', _inline(first), format_html_join("", "<td>{}</td>", ((_inline(c),) for c in rest))
    )


def _inline(text: str) -> SafeString:
    """Links; the rest is text. What is inside a link was escaped with everything else."""
    return mark_safe(_LINK.sub(r'<a href="\2">\1</a>', escape(text)))  # noqa: S308  escaped in this line
