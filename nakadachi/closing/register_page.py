"""`docs/operations/kept.md`: what is erased and what is kept of somebody who leaves, made from the register."""

from django.utils.translation import override

from nakadachi.closing.register import Ground, Register, Table, load
from nakadachi.closing.register_words import GROUNDS, GROUPS

_HEAD = """# What is kept of somebody who leaves

<!-- Made by `bin/nakadachi docs` from nakadachi/closing/register.toml. Change the register, not this page. -->

When the time to undo a closing is over, everything below is done to what the market knows of its member. What is kept
is kept under a number, no name; the day on which it goes is written down with the closing (`closing_kept`) and told in
the receipt. The worker purges it on that day. `FISCAL_YEAR_END_MONTH` says when your business year ends. Have grounds
and terms looked at by whoever advises you on tax: books of a year with a loss, for example, are kept for ten years.

- **Under lock**: legal names and the bank accounts of executed payouts (`closing_paper`). In the console, 会員 →
  保管しているもの, for the finance role, one paper at a time, with a reason that stays in the audit log.
- **Backups** hold what was there when they were taken. Keep them no longer than 35 days. What was erased
  since is erased again by `restore --erased erased.jsonl` ([Backup](backup.md)).
- **Mails as files** (without `SMTP_HOST`) are no part of the database: empty the folder of a market that was tried out.
- **A single text or file** of somebody who left, written about another person: an inquiry of the category 個人情報.
"""


def render() -> str:
    """The whole page, in English."""
    register = load()
    with override("en"):
        return "\n".join([_HEAD, *_grounds(register), *_tables(register), ""])


def _grounds(register: Register) -> list[str]:
    rows = [
        f"| {name} | {GROUNDS[name]} | {ground.law} | {_term(ground)} | {_kept_tables(register, name)} |"
        for name, ground in register.grounds.items()
    ]
    head = ["## Grounds\n", "| ground | why | law | term | tables |", "|---|---|---|---|---|"]
    return [*head, *rows, ""]


def _term(ground: Ground) -> str:
    length = f"{ground.years} years" if ground.years else f"{ground.days} days"
    start = {
        "erased": "the day of the erasure",
        "fiscal_year": "the end of the business year in which the account closed",
        "filing": "the tax declaration of that business year (two months after its end)",
    }
    return f"{length} from {start[ground.after]}"


def _kept_tables(register: Register, ground: str) -> str:
    return ", ".join(f"`{table.name}`" for table in register.tables if ground in table.keep)


def _tables(register: Register) -> list[str]:
    told = ["## Tables\n", "| table | what it is | erased | kept |", "|---|---|---|---|"]
    told += [_row(table) for table in register.tables if table.steps or table.keep]
    nothing = ", ".join(f"`{table.name}`" for table in register.tables if not (table.steps or table.keep))
    return [*told, f"\nNothing about a person stands in {nothing}."]


def _row(table: Table) -> str:
    gone = []
    for step in table.steps:
        columns = ", ".join(dict.fromkeys([*step.erase, *step.put]))
        gone.append(f"whole rows ({columns})" if step.delete else columns)
    kept = "; ".join(f"{', '.join(columns)} ({ground})" for ground, columns in table.keep.items())
    note = f"<br>{table.note}" if table.note else ""
    return f"| `{table.name}` | {GROUPS[table.group]}{note} | {'; '.join(gone) or '–'} | {kept or '–'} |"
