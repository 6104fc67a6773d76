"""Reading everything that belongs to a case, in a fixed order. Nothing here depends on who asks, or when."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from nakadachi.infra.files import queries as files
from nakadachi.infra.files.models import StoredFile
from nakadachi.kernel.calendar import jst
from nakadachi.market.contracts.models import Delivery, Milestone, Revision, Terms
from nakadachi.money.ledger import queries as ledger
from nakadachi.trust.mediation import queries
from nakadachi.trust.mediation.evidence.bundle import EXCERPT_MAX, MESSAGES_MAX, Bundle, Enclosure
from nakadachi.trust.mediation.evidence.recording import recorded_in
from nakadachi.trust.mediation.models import Case, Ruling, Statement
from nakadachi.trust.messaging.models import Message

OPERATOR = "運営"


def bundle_of(case: Case) -> Bundle:
    """Everything of a case that was found by `queries.case_for`."""
    terms = list(Terms.objects.filter(contract=case.contract_id).order_by("version"))
    milestones = list(Milestone.objects.filter(contract=case.contract_id).order_by("position"))
    deliveries = list(Delivery.objects.filter(milestone__contract=case.contract_id).order_by("delivered_at", "pk"))
    statements, rulings = queries.statements_of(case), queries.rulings_of(case)
    messages = _messages(case)
    journals = _journals(case)
    said = list(_said(case, statements, rulings))
    handed_in = list(_handed_in(deliveries, {one.pk: one.title for one in milestones}))
    recorded = recorded_in(case)
    moments = [
        case.opened_at,
        *(row["at"] for row in [*said, *handed_in, *recorded]),
        *(one.agreed_at for one in terms),
        *(at for one in messages for at in (one.at, one.taken_back_at) if at),
        *([case.closed_at] if case.closed_at else []),
    ]
    return Bundle(
        case=case,
        as_of=max(moments),
        cover={
            **_head(case),
            "terms": [
                {"version": one.version, "sha256": one.sha256, "agreed_at": _moment(one.agreed_at)} for one in terms
            ],
            "milestones": [_milestone(one, case) for one in milestones],
            "handed_in": [_shortened(row) for row in [*handed_in, *recorded]],
            "said": [_shortened(row) for row in said],
            "messages_count": len(messages),
            "journals": journals,
        },
        texts={
            "02_経過/納品と修正の依頼.txt": _text(handed_in),
            **({"02_経過/作業時間の記録.txt": _text(recorded)} if recorded else {}),
            "02_経過/仲介での説明と判断.txt": _text(said),
            "03_メッセージ/メッセージ.txt": _text(_talk(messages)),
            "04_お金の記録/仕訳.csv": _table(journals),
        },
        terms=terms,
        enclosures=list(_enclosures(deliveries, statements, messages)),
    )


def _head(case: Case) -> dict[str, Any]:
    hold = case.hold
    return {
        "case": case.pk,
        "contract": {"id": case.contract_id, "title": case.contract.title},
        "client": case.contract.client.display_name,
        "worker": case.contract.worker.display_name,
        "opened_at": _moment(case.opened_at),
        "status": case.status,
        "rest_yen": case.rest_yen,
        "result_yen": case.result_yen,
        "hold": {
            "id": hold.pk,
            "amount_yen": hold.amount_yen,
            "funded_yen": hold.funded_yen,
            "settled_yen": hold.settled_yen,
            "refunded_yen": hold.refunded_yen,
            "balance_yen": hold.balance_yen,
        },
    }


def _milestone(one: Milestone, case: Case) -> dict[str, Any]:
    return {
        "position": one.position,
        "title": one.title,
        "amount_yen": one.amount_yen,
        "due_on": one.due_on.isoformat(),
        "status": one.status,
        "is_claimed": one.hold_id == case.hold_id,
    }


def _handed_in(deliveries: Sequence[Delivery], titles: dict[int, str]) -> Iterator[dict[str, Any]]:
    """Deliveries and requests to change them. What was taken back is named, and not shown."""
    rows = []
    for one in deliveries:
        about = f"{titles[one.milestone_id]} 第{one.number}回"
        if one.withdrawn_at is not None:
            rows.append({"at": one.withdrawn_at, "who": "ワーカー", "what": f"納品の取り下げ({about})", "text": ""})
            continue
        rows.append({"at": one.delivered_at, "who": "ワーカー", "what": f"納品({about})", "text": one.note})
        if one.revision_requested_at is not None:
            what = f"修正の依頼({about})"
            rows.append(
                {"at": one.revision_requested_at, "who": "クライアント", "what": what, "text": one.revision_reason}
            )
    yield from sorted(rows, key=lambda row: row["at"])


def _said(case: Case, statements: Sequence[Statement], rulings: Sequence[Ruling]) -> Iterator[dict[str, Any]]:
    """The claim, statements, rulings and the appeal. Offers stay sealed, here too."""
    sides = {case.contract.client_id: case.contract.client, case.contract.worker_id: case.contract.worker}
    rows = [{"at": case.opened_at, "who": case.opened_by.display_name, "what": "仲介の申し立て", "text": case.reason}]
    for one in statements:
        side = sides.get(one.author_id)
        rows.append({"at": one.at, "who": side.display_name if side else OPERATOR, "what": "説明", "text": one.text})
    for ruling in rulings:
        what = f"判断(ワーカーの報酬額 {ruling.worker_amount_yen:,}円)"
        rows.append({"at": ruling.at, "who": OPERATOR, "what": what, "text": ruling.reasons})
    if case.appealed_by is not None:
        at = queries.appealed_at(case) or rulings[0].at
        rows.append(
            {"at": at, "who": case.appealed_by.display_name, "what": "不服の申し立て", "text": case.appeal_reason}
        )
    yield from sorted(rows, key=lambda row: row["at"])


def _messages(case: Case) -> list[Message]:
    """The thread of the contract, or the end of a very long one."""
    contract = case.contract
    rows = Message.objects.filter(thread__job=contract.job_id, thread__worker=contract.worker_id)
    return list(rows.select_related("author").order_by("-pk")[:MESSAGES_MAX])[::-1]


def _talk(messages: Sequence[Message]) -> Iterator[dict[str, Any]]:
    for one in messages:
        text = "(取り消されたメッセージ)" if one.is_taken_back else one.text
        yield {"at": one.at, "who": one.author.display_name, "what": f"メッセージ {one.pk}", "text": text}


def _journals(case: Case) -> list[dict[str, Any]]:
    heads = ledger.journals_of("hold", [case.hold_id]).get(case.hold_id, [])
    lines = ledger.lines_of([head.journal_id for head in heads])
    return [
        {
            "journal": head.journal_id,
            "on": head.effective_at.isoformat(),
            "kind": head.kind,
            "account": line.account,
            "amount_yen": line.amount_yen,
        }
        for head in heads
        for line in lines[head.journal_id]
    ]


def _table(journals: Sequence[dict[str, Any]]) -> str:
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(["仕訳", "日付", "種類", "勘定", "金額(円)"])
    writer.writerows([list(row.values()) for row in journals])
    return "\ufeff" + sheet.getvalue()


def _enclosures(
    deliveries: Sequence[Delivery], statements: Sequence[Statement], messages: Sequence[Message]
) -> Iterator[Enclosure]:
    """In the order of their weight: what was said in the case, what was handed in, what was sent."""
    shown = [one.pk for one in deliveries if one.withdrawn_at is None]
    asked = [one.pk for one in deliveries if one.withdrawn_at is None and one.revision_requested_at is not None]
    sent = [one.pk for one in messages if one.files_count and not one.is_taken_back]
    for folder, label, owners in (
        ("05_仲介のファイル", Statement._meta.label_lower, [one.pk for one in statements]),
        ("06_納品のファイル", Delivery._meta.label_lower, shown),
        ("07_修正の依頼のファイル", Revision._meta.label_lower, asked),
        ("08_メッセージのファイル", Message._meta.label_lower, sent),
    ):
        found = files.of_owners(label, owners) if owners else {}
        for owner in owners:
            yield from (_enclosure(folder, row) for row in found.get(owner, ()))


def _enclosure(folder: str, row: StoredFile) -> Enclosure:
    return Enclosure(f"{folder}/{row.pk}_{row.name}", row)


def _shortened(row: dict[str, Any]) -> dict[str, Any]:
    text = row["text"]
    cut = text if len(text) <= EXCERPT_MAX else f"{text[:EXCERPT_MAX]}…(全文は 02_経過 にあります)"
    return {**row, "at": _moment(row["at"]), "text": cut}


def _text(rows: Sequence[dict[str, Any]] | Iterator[dict[str, Any]]) -> str:
    parts = [f"■ {_moment(row['at'])} {row['who']} {row['what']}\n{row['text']}\n" for row in rows]
    return "\n".join(parts) or "(ありません)\n"


def _moment(at: datetime) -> str:
    return f"{jst(at):%Y-%m-%d %H:%M}"
