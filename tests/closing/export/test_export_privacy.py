"""Nothing private of anybody else is in an archive; and what is one's own is, down to the last word."""

import pytest
from allauth.mfa.models import Authenticator

from nakadachi.infra.clock import now
from nakadachi.market.contracts.models import Delivery
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.models import Proposal, ProposalTemplate
from nakadachi.market.tasks.models import Claim
from nakadachi.money.payments.models import Dispute, Payment, Refund
from nakadachi.people.access.models import Session
from nakadachi.people.models import BankAccount, Member
from nakadachi.people.standing.models import Note, Standing
from nakadachi.people.verification.models import Evidence
from nakadachi.trust.inquiries.models import Inquiry
from nakadachi.trust.inquiries.models import Message as Letter
from nakadachi.trust.mediation.models import Case, SealedOffer, Statement
from nakadachi.trust.messaging.models import Message
from tests import cast
from tests.closing.export.opening import Opened, opened, ready
from tests.every_page.undoing import undone
from tests.every_page.world import World

CLIENT, WORKER, BOTH, NOBODY = {"client"}, {"worker"}, {"client", "worker"}, set()
SEALED_YEN = {"client": 7_411, "worker": 8_537}


def plant(world: World) -> dict[str, set[str]]:
    """A word of its own in every private place, and in whose archive it belongs."""
    at = now()
    people = {side: world.people[side] for side in ("client", "worker")}
    words: dict[str, set[str]] = {}
    for side, member in people.items():
        own, tag = {side}, side.upper()
        Member.objects.filter(pk=member.pk).update(
            email=f"zz-{side}@example.jp", family_kana=f"カナ{tag}", given_kana=f"メイ{tag}", password=f"PW{tag}"
        )
        BankAccount.objects.filter(member=member).update(holder_kana=f"ﾒｲｷﾞ{tag}")
        Standing.objects.update_or_create(member=member, defaults={"suspension_reason": f"停止{tag}"})
        Evidence.objects.create(member=member, what="phone", said=f"090-{tag}", asked_at=at)
        Note.objects.create(member=member, author=cast.tanaka(), text=f"メモ{tag}", at=at)
        Authenticator.objects.create(user=member, type="totp", data={"secret": f"鍵{tag}"})
        Session.objects.create(
            session_key=f"key{tag}", session_data=f"data{tag}", expire_date=at, member=member, device=f"端末{tag}",
            started_at=at, seen_at=at,
        )  # fmt: skip
        ProposalTemplate.objects.update_or_create(member=member, name="n", defaults={"introduction": f"定型{tag}"})
        for word in (
            f"zz-{side}@example.jp",
            f"カナ{tag}",
            f"メイ{tag}",
            f"停止{tag}",
            f"090-{tag}",
            f"定型{tag}",
            f"端末{tag}",
        ):
            words[word] = own
        for word in (f"PW{tag}", f"メモ{tag}", f"鍵{tag}", f"key{tag}", f"data{tag}"):
            words[word] = NOBODY
        case = world.case
        Statement.objects.create(case=case, author=member, text=f"説明{tag}", at=at)
        SealedOffer.objects.create(case=case, side=side, number=9, worker_amount_yen=SEALED_YEN[side], at=at)
        words[f"説明{tag}"] = own
        words[f'"worker_amount_yen": {SEALED_YEN[side]}'] = own
    words["ﾒｲｷﾞWORKER"] = WORKER
    Case.objects.filter(pk=world.case.pk).update(reason="申立理由")
    words["申立理由"] = {side for side, member in people.items() if world.case.opened_by_id == member.pk}
    Job.objects.filter(pk=world.draft.pk).update(description="下書きの文")
    words["下書きの文"] = CLIENT
    Proposal.objects.filter(pk=world.proposal.pk).update(approach="受けた提案")
    words["受けた提案"] = BOTH
    Proposal.objects.filter(pk=world.revised.pk).update(approach="取り下げ済み", status="withdrawn", closed_at=at)
    words["取り下げ済み"] = WORKER
    Delivery.objects.filter(milestone=world.delivered).update(note="納品の言葉")
    words["納品の言葉"] = BOTH
    withdrawn = Delivery.objects.filter(milestone=world.accepted).first()
    Delivery.objects.filter(pk=withdrawn.pk).update(note="撤回の言葉", withdrawn_at=at)
    words["撤回の言葉"] = WORKER
    Message.objects.filter(pk=world.question.pk).update(text="伝えた言葉")
    words["伝えた言葉"] = BOTH
    Message.objects.create(
        thread=world.question.thread, author=people["worker"], text="消した言葉", at=at, taken_back_at=at
    )
    words["消した言葉"] = NOBODY
    Letter.objects.filter(inquiry=world.inquiry).update(text="問合せの言葉")
    Letter.objects.create(inquiry=world.inquiry, kind="note", author=cast.tanaka(), text="内部の言葉", at=at)
    words |= {"問合せの言葉": WORKER, "内部の言葉": NOBODY}
    Letter.objects.filter(inquiry=world.letter).update(text="他人の手紙")
    Inquiry.objects.filter(pk=world.letter.pk).update(excerpt="他人の手紙")
    words["他人の手紙"] = NOBODY
    readable, unread = world.tasks.submitted, world.tasks.rejected
    Claim.objects.filter(pk=readable.pk).update(answers={"q1": "読める回答"})
    Claim.objects.filter(pk=unread.pk).update(answers={"q1": "払わぬ回答"})
    words |= {"読める回答": BOTH, "払わぬ回答": WORKER}
    Payment.objects.filter(payer=people["client"]).update(decline_code="kard")
    Refund.objects.update(note="経理の言葉")
    Dispute.objects.update(evidence="証拠の言葉")
    words |= {'"decline_code": "kard"': CLIENT, "経理の言葉": NOBODY, "証拠の言葉": NOBODY}
    return words


def text_of(archive: Opened) -> str:
    """Everything but the bytes of documents and files."""
    parts = [one for path, one in archive.entries.items() if not path.startswith(("terms/", "files/"))]
    return b"\n".join(parts).decode()


def misplaced(words: dict[str, set[str]], texts: dict[str, str]) -> list[str]:
    wrong = []
    for word, owners in words.items():
        for side, text in texts.items():
            if (word in text) != (side in owners):
                wrong.append(f"{side}: {word} {'is in it' if word in text else 'is missing'}")
    return wrong


def test_each_private_word_is_in_its_owners_archive_alone(world):
    with undone():
        words = plant(world)
        made = {side: opened(ready(Member.objects.get(pk=world.people[side].pk), now())) for side in sorted(BOTH)}
        assert misplaced(words, {side: text_of(one) for side, one in made.items()}) == []
        assert all(one.faults_of_schema() == [] for one in made.values())


def test_the_search_would_find_it(world):
    """The planted words are found when they are told: the worker's archive is not the client's."""
    with undone():
        words = plant(world)
        worker = text_of(opened(ready(Member.objects.get(pk=world.people["worker"].pk), now())))
        assert any("is in it" in fault for fault in misplaced(words, {"client": worker}))


@pytest.mark.parametrize("side", ["client", "worker", "other"])
def test_no_address_and_no_account_of_anybody_else(side, world):
    """Whoever they are: of all members of the market, one's own address alone, and one's own account."""
    with undone():
        BankAccount.objects.filter(member=world.people["worker"]).update(number="7431952")
        me = world.people[side]
        archive = opened(ready(me, now()))
        text = text_of(archive)
        others = Member.objects.exclude(pk=me.pk)
        assert [email for email in others.values_list("email", flat=True) if email in text] == []
        assert me.email in text
        assert ("7431952" in text) == (side == "worker")
        assert [
            row["name"] for row in archive.data("files.json") if row["belongs_to"]["kind"].startswith("export.")
        ] == []


def test_a_stranger_gets_nothing_of_the_market(world):
    """Sakura has nothing to do with it: no contract, no message, no file, no entry."""
    with undone():
        archive = opened(ready(world.people["other"], now()))
    for path in ("contracts.json", "messages.jsonl", "ledger.jsonl", "files.json", "proposals_received.json"):
        assert archive.data(path) == [], path


def test_the_operators_own_work_is_not_theirs_to_take(world):
    """Who works for the operator takes along what is theirs as a member, nothing of what they did in the console."""
    with undone():
        plant(world)
        text = text_of(opened(ready(world.people["staff"], now())))
    assert [
        word for word in ("内部の言葉", "説明WORKER", "他人の手紙", "メモCLIENT", "問合せの言葉") if word in text
    ] == []
