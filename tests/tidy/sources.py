"""The files that tidy tests look at."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "nakadachi"


def files(pattern: str, under: str = "nakadachi") -> list[Path]:
    return [
        path
        for path in sorted((ROOT / under).rglob(pattern))
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    ]


@lru_cache(maxsize=2_000)
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))
