"""The written terms (取引条件): everything that the Freelance Act wants shown at once, as one value.

Pure: facts in, document out. The document holds its own words, so that what was agreed stays readable and its hash
stays true whatever the program says later. It is Japanese, whatever language the pages are read in.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from nakadachi.kernel.calendar import jst, jst_date
from nakadachi.market.contracts import formats
from nakadachi.market.contracts.models import Contract, Milestone, Terms
from nakadachi.market.contracts.timers import inspected_on, paid_on
from nakadachi.money import rulebook
from nakadachi.money.rulebook import Quote

KIND = "nakadachi.terms/1"

PLACE = "本サイトの契約ページに、ファイルまたは文章で納品する(サービス上の納品機能による)。"
PAYMENT = (
    "クライアントが作業の開始前に、契約金額とクライアント手数料を本サービスの運営者に仮払いする。"
    "検収の完了により報酬が確定し、システム手数料を差し引いた受取額を、運営者がワーカーの登録した銀行口座へ振り込む。"
)
RIGHTS = (
    "成果物の著作権(著作権法第27条および第28条に定める権利を含む)は、検収が完了し報酬が確定した時に"
    "ワーカーからクライアントへ移転する。その対価は契約金額に含まれる。"
    "仮払いが返金されたマイルストーンの成果物の権利は、ワーカーに残る。"
)
REVISION = "納品物が業務内容と異なるとき、クライアントは検収の期限までに、理由を示して修正を依頼できる。"
HAND_BACK = "ワーカーは、検収が完了していないマイルストーンの仮払いを、いつでも返金できる。"
CHANGE = (
    "取引条件の変更(納品日、金額、単価、業務の内容、取引期限の変更と、マイルストーンの追加)は、"
    "双方が本サービス上で合意し、新しい版に記録したときに効力をもつ。"
    "仮払い済みの金額を上げる変更は、差額の仮払いが済むまで効力をもたない。"
)
EARLIER = "納品日より前に納品されたときは、検収の期限と支払期日も、納品された日から数えて早くなる。"


def document(
    contract: Contract,
    milestones: Sequence[Milestone],
    *,
    version: int,
    agreed_at: datetime,
    replaces: Terms | None = None,
) -> dict[str, Any]:
    """The terms of a contract whose sides are loaded, as agreed at a moment. Fees stay those of the first agreement."""
    commissioned_on = jst_date(contract.agreed_at or agreed_at)
    quotes = [quote_for(contract, milestone, commissioned_on) for milestone in milestones]
    priced = quotes[0] if quotes else unit_quote_for(contract, commissioned_on)
    said = formats.of(contract).terms_of(contract)
    instead = said.pop("instead", {})
    chain = {"replaces": {"version": replaces.version, "sha256": replaces.sha256}} if replaces else {}
    return {
        **chain,
        "kind": KIND,
        "version": version,
        "contract": {
            "id": contract.pk,
            "title": contract.title,
            "format": contract.format,
            "service": contract.service,
        },
        "commissioned_on": commissioned_on.isoformat(),
        "agreed_at": jst(agreed_at).isoformat(timespec="seconds"),
        "client": _side(contract.client),
        "worker": _side(contract.worker),
        "scope": contract.scope,
        **_way(contract, said, commissioned_on),
        "milestones": [_piece(contract, milestone, quote) for milestone, quote in zip(milestones, quotes, strict=True)],
        "totals": _totals(quotes),
        "fees": {"rule": priced.rule, "source": priced.source, "tax": "included"},
        "place": instead.get("place", PLACE),
        "inspection": _inspection(contract, instead.get("inspection", [])),
        **_deadline(contract),
        "payment": instead.get("payment", PAYMENT),
        "rights": instead.get("rights", RIGHTS),
    }


def quote_for(contract: Contract, milestone: Milestone, on: date) -> Quote:
    """What a milestone costs both sides under the rules of the day the contract was agreed."""
    return rulebook.quote(service=contract.service, format=contract.format, amount_yen=milestone.amount_yen, on=on)


def unit_quote_for(contract: Contract, on: date) -> Quote:
    """What the agreed price itself costs both sides: the whole of a project, one unit of another format."""
    return rulebook.quote(service=contract.service, format=contract.format, amount_yen=contract.amount_yen, on=on)


def _way(contract: Contract, said: dict[str, Any], on: date) -> dict[str, Any]:
    """The price of one unit and what its format says; a project says all of it by its milestones."""
    return {"way": {"unit_price": _figures(unit_quote_for(contract, on)), **said}} if said else {}


def _side(member: Any) -> dict[str, Any]:
    return {"id": member.pk, "name": member.display_name, "legal_form": member.legal_form}


def _piece(contract: Contract, milestone: Milestone, quote: Quote) -> dict[str, Any]:
    return {
        "position": milestone.position,
        "title": milestone.title,
        "due_on": milestone.due_on.isoformat(),
        "inspected_on": inspected_on(milestone.due_on, contract.auto_accept_days).isoformat(),
        "paid_on": paid_on(milestone.due_on, contract.auto_accept_days).isoformat(),
        **_figures(quote),
    }


def _figures(quote: Quote) -> dict[str, int]:
    whole = quote.whole
    return {
        "amount_yen": whole.amount_yen,
        "client_fee_yen": whole.client_fee_yen,
        "client_pays_yen": whole.client_pays_yen,
        "worker_fee_yen": whole.worker_fee_yen,
        "withholding_yen": whole.withholding_yen,
        "worker_receives_yen": whole.worker_receives_yen,
        "tax_yen": whole.tax_yen,
    }


def _totals(quotes: Sequence[Quote]) -> dict[str, int]:
    figures = [_figures(quote) for quote in quotes]
    names = figures[0] if figures else ()
    return {name: sum(row[name] for row in figures) for name in names}


def revision_words(revisions_max: int) -> str:
    """How often each milestone may be sent back.

    Having work redone for nothing that is not the worker's fault is unfair under Art. 5 (2) no. 2 of the Freelance Act
    (commissions of a month or longer), so the number is agreed on beforehand and is never unlimited.
    """
    if revisions_max == 0:
        return "修正の依頼は契約金額に含まれない。納品物が業務内容と異なるときは、双方が協議して扱いを決める。"
    return (
        f"修正の依頼は、マイルストーンごとに{revisions_max}回までとする。"
        "これを超える作業は、双方の合意により新しいマイルストーンとして追加する。"
    )


def _inspection(contract: Contract, first: Sequence[str]) -> dict[str, Any]:
    """What the format says `first`, then the rules of milestones."""
    auto_accept_days, revisions_max = contract.auto_accept_days, contract.revisions_max
    silence = (
        f"納品された日から{auto_accept_days}日後の23時59分までに検収または修正の依頼がないときは、"
        "その時に検収が完了したものとする。"
    )
    revision = ([REVISION] if revisions_max else []) + [revision_words(revisions_max)]
    words = [*first, silence, *revision, EARLIER, CHANGE, HAND_BACK]
    return {"auto_accept_days": auto_accept_days, "revisions_max": revisions_max, "words": words}


def _deadline(contract: Contract) -> dict[str, Any]:
    """取引期限: until when it goes on without a step, what moves that day, and what happens on it."""
    if contract.deal_ends_at is None:
        return {}
    rules, ends_on = rulebook.current().deal, jst_date(contract.deal_ends_at)
    words = [
        f"取引期限は、この版の作成時において{ends_on.year}年{ends_on.month}月{ends_on.day}日の23時59分とする。",
        f"仮払い、納品、検収、取引条件の変更または連絡催促があったときは、取引期限はその日の{rules.event_months}か月後より"
        f"前にはならない。また、合意した納品日の{rules.notice_months}か月後より前にはならない。"
        "双方は、合意により取引期限を延ばすことができる。",
        "取引期限までに完了しないときは、その時に契約は終了する。納品されて検収を待つ分は検収が完了したものとして報酬を確定し、"
        "納品されていない分の仮払いはクライアントに返金する。",
        f"運営者は、取引期限の{rules.notice_months}か月前に、双方に通知する。",
    ]
    return {"deadline": {"ends_on": ends_on.isoformat(), "words": words}}
