"""`ledger check | statement ACCOUNT | trial-balance | handbook`: the ledger from a terminal."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nakadachi.kernel.refusal import NotVisible
from nakadachi.money.ledger import checks, handbook, queries
from nakadachi.money.ledger.statement import statement

OFFENDERS_SHOWN = 20


class Command(BaseCommand):
    """Reading only; nothing here posts."""

    help = "Audit the ledger, print a statement or the trial balance."

    def add_arguments(self, parser: CommandParser) -> None:
        """One subcommand each."""
        commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
        check = commands.add_parser("check", help="the full audit; exit 1 and the first 20 offenders")
        check.add_argument("--json", action="store_true")
        one = commands.add_parser("statement", help="every entry of one account, e.g. member:12, hold:7, psp_clearing")
        one.add_argument("account")
        one.add_argument("--since", type=date.fromisoformat, metavar="DATE")
        one.add_argument("--until", type=date.fromisoformat, metavar="DATE")
        trial = commands.add_parser("trial-balance", help="one row per account; the sum is 0")
        trial.add_argument("--json", action="store_true")
        book = commands.add_parser("handbook", help="write docs/ledger.md from the chart; --check only compares")
        book.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Dispatch."""
        match options["command"]:
            case "check":
                self.check_ledger(as_json=options["json"])
            case "statement":
                self.statement(options["account"], options["since"], options["until"])
            case "trial-balance":
                self.trial_balance(as_json=options["json"])
            case "handbook":
                self.handbook(only_compare=options["check"])

    def check_ledger(self, *, as_json: bool) -> None:
        """Exit 0 when clean, 1 with the first offenders."""
        offenders = checks.run()
        shown = offenders[:OFFENDERS_SHOWN]
        if as_json:
            answer = {
                "ok": not offenders,
                "checks": checks.names(),
                "offenders": [{"check": o.check, "what": o.what, "detail": o.detail} for o in shown],
                "offenders_total": len(offenders),
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        elif not offenders:
            self.stdout.write(f"ledger: {len(checks.names())} checks, all clean")
        else:
            for offender in shown:
                self.stdout.write(str(offender))
            self.stdout.write(f"ledger: {len(offenders)} offenders")
        if offenders:
            raise SystemExit(1)

    def statement(self, name: str, since: date | None, until: date | None) -> None:
        """The account's history with the balance after each entry."""
        try:
            account = queries.account_named(name)
        except NotVisible:
            raise CommandError(f"no account is called {name}; `ledger trial-balance` lists them") from None
        self.stdout.write(statement(account, since=since, until=until).as_text())

    def trial_balance(self, *, as_json: bool) -> None:
        """Every account with its balance."""
        rows = queries.trial_balance()
        sum_yen = sum(row.balance_yen for row in rows)
        if as_json:
            accounts = [{"account": r.account, "kind": r.kind, "balance_yen": r.balance_yen} for r in rows]
            self.stdout.write(json.dumps({"accounts": accounts, "sum_yen": sum_yen}))
            return
        for row in rows:
            self.stdout.write(f"{row.account:32} {row.kind:10} {row.balance_yen:>20,}")
        self.stdout.write(f"{'sum':43} {sum_yen:>20,}")

    def handbook(self, *, only_compare: bool) -> None:
        """Keep docs/ledger.md what the chart says."""
        if only_compare and not handbook.is_fresh():
            raise CommandError("docs/ledger.md is stale: run `bin/nakadachi ledger handbook`")
        if not only_compare:
            handbook.PATH.write_text(handbook.render(), encoding="utf-8")
