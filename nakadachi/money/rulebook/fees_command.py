"""`bin/nakadachi fees`: names the price of an amount, without a database.

Prints one flat JSON object with --json, else a table in Japanese. Bad input is one sentence on stderr, exit code 2.
"""

import argparse
import json
import re
import sys
import unicodedata
from datetime import date
from typing import NoReturn

from nakadachi.infra import clock
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import BadYen, format_yen, parse_yen
from nakadachi.money.rulebook.loading import current, preset, services
from nakadachi.money.rulebook.model import BadRulebook, NoRule, Rulebook
from nakadachi.money.rulebook.quoting import Quote, Withholding, quote

_AMOUNT_SENTENCES = {
    "empty": "金額を入力してください（例: 10000）。",
    "shape": "金額は1円単位の数字で入力してください（例: 10000、10,000円）。",
    "fraction": "金額に小数は使えません。1円単位の整数で入力してください。",
    "negative": "金額は1円以上で入力してください。マイナスの金額は計算できません。",
    "zero": "金額は1円以上で入力してください。",
    "too_large": "金額が大きすぎます。1兆円未満で入力してください。",
}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one Japanese sentence instead of argparse's two lines."""

    def error(self, message: str) -> NoReturn:
        _stop(f"引数が正しくありません（{message}）。`bin/nakadachi fees --help` で使い方を確認できます。")


def main(argv: list[str]) -> int:
    """Run the command; returns the exit code."""
    arguments = _parser().parse_args(_glue_amount(argv))
    try:
        rulebook = _rulebook(arguments.service)
        priced = _quote(arguments, rulebook)
    except (BadRulebook, NoRule) as problem:
        _stop(f"料金設定ファイルに誤りがあります: {problem}")
    print(json.dumps(_flat(priced), ensure_ascii=False) if arguments.json else _table(priced, rulebook))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="bin/nakadachi fees", allow_abbrev=False, description="手数料と受取額を計算します。")
    parser.add_argument("--service", required=True, help="例: lancers")
    parser.add_argument("--format", required=True, help="project / task / hourly / monthly")
    parser.add_argument("--amount", required=True, help="契約金額（税込）")
    parser.add_argument("--on", help="基準日 YYYY-MM-DD（省略時は今日）")
    parser.add_argument(
        "--withheld-by", choices=["nobody", "client", "operator"], default="nobody", help="源泉徴収する人"
    )
    parser.add_argument(
        "--withholding-base",
        choices=["without_tax", "with_tax"],
        default="without_tax",
        help="源泉徴収の対象（税抜/税込）",
    )
    parser.add_argument("--json", action="store_true", help="JSONで出力します")
    return parser


def _glue_amount(argv: list[str]) -> list[str]:
    """`--amount -5` is an amount to refuse, not another option."""
    glued: list[str] = []
    for word in argv:
        if glued and glued[-1] == "--amount" and not word.startswith("--"):
            glued[-1] = f"--amount={word}"
        else:
            glued.append(word)
    return glued


def _rulebook(service: str) -> Rulebook:
    in_force = current()
    if service == in_force.service:
        return in_force
    if service not in services():
        _stop(f"サービス「{_shown(service)}」の料金表はありません。使えるサービス: {'、'.join(services())}。")
    return preset(service)


def _quote(arguments: argparse.Namespace, rulebook: Rulebook) -> Quote:
    if arguments.format not in rulebook.formats:
        known = "、".join(rulebook.formats)
        _stop(f"形式「{_shown(arguments.format)}」は{rulebook.name}にありません。使える形式: {known}。")
    on = _day(arguments.on)
    try:
        return quote(
            service=rulebook.service,
            format=arguments.format,
            amount_yen=_amount_yen(arguments.amount),
            on=on,
            withholding=Withholding(by=arguments.withheld_by, base=arguments.withholding_base),
        )
    except NoRule:
        _stop(f"{on.isoformat()} の料率は記録されていません。別の日付を --on で指定してください。")


def _amount_yen(text: str) -> int:
    try:
        return parse_yen(text)
    except BadYen as problem:
        _stop(_AMOUNT_SENTENCES.get(problem.code, _AMOUNT_SENTENCES["shape"]))


def _day(text: str | None) -> date:
    if text is None:
        return jst_date(clock.now())
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        return date.fromisoformat(plain if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", plain) else "")
    except ValueError:
        _stop(f"日付「{_shown(text)}」を読み取れません。YYYY-MM-DD の形で入力してください（例: 2026-11-22）。")


def _flat(priced: Quote) -> dict[str, int | str]:
    return {
        "client_pays": priced.client_pays_yen,
        "client_fee": priced.client_fee_yen,
        "worker_fee": priced.worker_fee_yen,
        "worker_receives": priced.worker_receives_yen,
        "tax": priced.tax_yen,
        "withholding": priced.withholding_yen,
        "rule": priced.rule,
        "source": priced.source,
    }


def _table(priced: Quote, rulebook: Rulebook) -> str:
    rows = [
        ("契約金額（税込）", format_yen(priced.amount_yen)),
        ("クライアントの支払額", format_yen(priced.client_pays_yen)),
        ("　うち手数料", format_yen(priced.client_fee_yen)),
        ("ワーカーの手数料", format_yen(priced.worker_fee_yen)),
        ("源泉徴収税額", format_yen(priced.withholding_yen)),
        ("ワーカーの受取額", format_yen(priced.worker_receives_yen)),
        ("手数料に含まれる消費税", format_yen(priced.tax_yen)),
    ]
    width = max(_columns(label) for label, _ in rows)
    figures = max(len(figure) for _, figure in rows)
    lines = [f"{rulebook.name}・{priced.format}・{priced.on.isoformat()} 時点"]
    lines += [f"{label}{' ' * (width - _columns(label))}  {figure:>{figures}}" for label, figure in rows]
    return "\n".join([*lines, f"根拠: {priced.rule} {priced.source}"])


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _shown(text: str) -> str:
    """A word of the user's inside a message: one line, not endless."""
    plain = "".join(letter if letter.isprintable() else "�" for letter in text)
    return plain if len(plain) <= 40 else f"{plain[:40]}…"


def _stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise SystemExit(2)
