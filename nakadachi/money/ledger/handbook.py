"""`docs/ledger.md`, rendered from the chart, the limits and the refusals; a test compares the file with this."""

from pathlib import Path

from nakadachi.money.ledger import book
from nakadachi.money.ledger.chart import ACCOUNT_KINDS, JOURNAL_KINDS
from nakadachi.money.ledger.refusals import SQLSTATES

PATH = Path(__file__).resolve().parents[3] / "docs" / "ledger.md"

_HEAD = f"""# The ledger

<!-- Made by `bin/nakadachi ledger handbook`. Change the chart, not this page. -->

Whole yen, double entry: every journal sums to zero, credit +, debit −. What is owed stands positive, what is held
stands negative. Journals and entries are never changed; a mistake is corrected by a reversing journal.

* One writer: the database functions `ledger.post`, `ledger.post_batch` and `ledger.reverse`, called through
  `nakadachi.money.ledger.book`. The role that serves the pages may execute and read, never write.
* A request has a key. The same key with the same kind, reference and lines answers with the first journal; with other
  lines it is refused. The date and the inputs of the calculation are not compared: a retry after midnight is the same.
* Mode **S**: the balance is kept with every posting and never below zero. Mode **A**: accounts that everybody credits;
  only entries are written, and added up behind the newest finished transaction. Their exact balance is folded + tail.
* Limits: a journal has 2–{book.LINES_MAX} lines, one per account, each up to ±{book.AMOUNT_YEN_MAX:,} yen;
  a batch has up to {book.BATCH_MAX:,} journals.
* `posted_at` is the database's clock and never goes back. `effective_at` is the business date; statements follow it.
* Entries stand in monthly partitions, made three months ahead; the balances of finished months are kept in
  `balance_snapshot`.
* `bin/nakadachi ledger check` audits all of it from one snapshot; so does a job every hour.
"""


def render() -> str:
    """The whole page."""
    parts = [_HEAD, "## Accounts\n", _accounts(), "## Journals\n", _journals(), "## Refusals\n", _refusals()]
    return "\n".join(parts)


def is_fresh() -> bool:
    """True when the file says what the code says."""
    return PATH.exists() and PATH.read_text(encoding="utf-8") == render()


def _accounts() -> str:
    rows = ["| account | kind | mode | meaning |", "|---|---|---|---|"]
    for kind in ACCOUNT_KINDS.values():
        name = f"`{kind.name}`" if kind.system_id else f"`{kind.name}:<id>`"
        rows.append(f"| {name} | {kind.account_class} | {kind.mode} | {kind.meaning} |")
    return "\n".join(rows) + "\n"


def _journals() -> str:
    rows = ["A line in brackets is left out when it is zero.\n", "| journal | meaning | lines |", "|---|---|---|"]
    for kind in JOURNAL_KINDS.values():
        lines = ", ".join(_line(line) for line in kind.lines) or "as its original, signs turned"
        rows.append(f"| `{kind.name}` | {kind.meaning} | {lines} |")
    return "\n".join(rows) + "\n"


def _line(line: str) -> str:
    plain = f"{'−' if line[0] == '-' else '+'}{line[1:].rstrip('?')}"
    return f"[{plain}]" if line.endswith("?") else plain


def _refusals() -> str:
    rows = ["| SQLSTATE | `LedgerRefused` |", "|---|---|"]
    rows += [f"| {sqlstate} | {code} |" for sqlstate, code in SQLSTATES.items()]
    return "\n".join(rows) + "\n"
