"""Every no is a sentence that says what to do, keeps what was typed, and changes nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nakadachi.infra.files.models import StoredFile
from nakadachi.money.payments.gateways.sandbox import cards
from tests import cast, walk
from tests.web.contracts.pages import at_browser, everything, of_contract, of_end, of_milestone, pay, text_of

pytestmark = pytest.mark.django_db


def refused(client, address, form=None, *, status, sentence, kept=""):
    """The POST is refused in words, what was typed is still there, and nothing has changed."""
    before = everything()
    answer = client.post(address, form or {})
    page = text_of(answer)
    assert answer.status_code == status, page
    assert sentence in page
    assert kept in answer.content.decode()
    assert everything() == before


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        (cards.DECLINED, "支払いを断られました"),
        (cards.INSUFFICIENT_FUNDS, "利用可能額が足りません"),
        (cards.EXPIRED, "有効期限が切れています"),
    ],
)
def test_a_declined_card_keeps_everything_and_says_what_to_do(card, sentence):
    milestone = walk.milestone(walk.agreed())
    client = at_browser(cast.minato())
    page = text_of(pay(client, milestone, card))
    assert sentence in page
    assert "請求はされず、契約も変わっていません。¥10,550 の仮払いがまだ必要です。" in page
    assert "別のカードで支払う" in page
    assert not walk.milestone(milestone.contract).is_funded
    pay(client, milestone)
    assert walk.milestone(milestone.contract).is_funded


def test_no_card_or_an_unknown_one():
    milestone = walk.milestone(walk.agreed())
    client, address = at_browser(cast.minato()), of_milestone("funding", milestone)
    for card in ("", "1234"):
        form = {"request_key": str(uuid4()), "card_number": card}
        refused(client, address, form, status=422, sentence="カード番号を入力してください")


def test_an_empty_delivery():
    milestone = walk.funded()
    address = of_milestone("delivery", milestone)
    for note in ("", " \u200b\n\t "):
        form = {"request_key": str(uuid4()), "note": note}
        refused(at_browser(cast.hanako()), address, form, status=422, sentence="メッセージ")


def test_a_file_of_no_bytes_is_named():
    milestone = walk.funded()
    form = {"note": "原稿です。", "files": [SimpleUploadedFile("空.txt", b""), walk.upload()]}
    refused(
        at_browser(cast.hanako()),
        of_milestone("delivery", milestone),
        form,
        status=422,
        sentence="「空.txt」は空のファイル",
        kept="原稿です。",
    )


def test_a_file_that_is_too_large(settings):
    settings.FILE_BYTES_MAX = 1024
    milestone = walk.funded()
    form = {"note": "大きい原稿", "files": [SimpleUploadedFile("大.zip", b"x" * 2048)]}
    refused(at_browser(cast.hanako()), of_milestone("delivery", milestone), form, status=422, sentence="「大.zip」は")


def test_too_many_files():
    milestone = walk.funded()
    form = {"note": "多い", "files": [walk.upload(f"{number}.txt") for number in range(51)]}
    refused(at_browser(cast.hanako()), of_milestone("delivery", milestone), form, status=422, sentence="50個まで")


def test_a_note_of_100_000_characters_is_kept():
    milestone = walk.funded()
    note = "長" * 100_000
    form = {"note": note}
    refused(
        at_browser(cast.hanako()),
        of_milestone("delivery", milestone),
        form,
        status=422,
        sentence="20000文字以内",
        kept=note,
    )


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\秘密.txt", "秘密.txt"),
        ("a\x00b.txt", "ab.txt"),
        ("🍵☕️.txt", "🍵☕️.txt"),
        ("あ" * 300 + ".txt", "あ" * 78 + ".txt"),
        ("<b>x</b>.html", "b_.html"),
    ],
)
def test_hostile_file_names_become_plain_ones(name, stored):
    milestone = walk.funded()
    worker = at_browser(cast.hanako())
    upload = SimpleUploadedFile("x", b"text")
    upload._name = name
    answer = worker.post(of_milestone("delivery", milestone), {"note": "原稿", "files": [upload]}, follow=True)
    assert answer.status_code == 200
    found = StoredFile.objects.get()
    assert found.name == stored
    page = answer.content.decode()
    assert "<b>x</b>" not in page
    download = worker.get(f"/files/{found.token}/{found.name}")
    assert b"".join(download.streaming_content) == b"text"


def test_markup_is_shown_as_text():
    milestone = walk.funded()
    worker, client = at_browser(cast.hanako()), at_browser(cast.minato())
    evil = "<script>alert(1)</script>{{ 7|add:7 }}{% load i18n %}"
    worker.post(of_milestone("delivery", milestone), {"note": evil}, follow=True)
    client.post(of_milestone("revision", milestone), {"reason": evil}, follow=True)
    page = worker.get(of_contract("detail", milestone.contract)).content.decode()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}") >= 2


def test_a_revision_needs_a_reason():
    milestone = walk.delivered()
    address = of_milestone("revision", milestone)
    client = at_browser(cast.minato())
    refused(client, address, {"reason": "  "}, status=422, sentence="直してほしいところ")
    long = "長" * 100_000
    refused(client, address, {"reason": long}, status=422, sentence="20000文字以内", kept=long)


def test_an_ending_needs_a_reason_and_a_division_that_fits():
    milestone = walk.funded()
    client, address, field = (
        at_browser(cast.minato()),
        of_contract("end_new", milestone.contract),
        f"amount_{milestone.pk}",
    )
    key = str(uuid4())
    refused(
        client, address, {"reason": "", field: "4000", "request_key": key}, status=422, sentence="理由", kept="4000"
    )
    for amount, sentence in (
        ("10001", "¥10,000"),
        ("-1", "マイナス"),
        ("1.5", "小数"),
        ("千円", "数字"),
        ("", "金額を入力"),
        ("1000000000000", "金額が大きすぎます"),
    ):
        form = {"reason": "企画の変更", field: amount, "request_key": key}
        refused(client, address, form, status=422, sentence=sentence, kept="企画の変更")


STEPS = ("funding", "delivery", "delivery_withdrawal", "handback", "revision", "acceptance")
CLIENT_STEPS = {"funding", "revision", "acceptance"}


@pytest.mark.parametrize("step", STEPS)
def test_the_wrong_side_is_told_so(step):
    milestone = walk.delivered()
    wrong = cast.hanako() if step in CLIENT_STEPS else cast.minato()
    sentence = "契約のクライアントだけ" if step in CLIENT_STEPS else "契約のワーカーだけ"
    person = at_browser(wrong)
    address = of_milestone(step, milestone)
    assert person.get(address).status_code == 403
    form = {"note": "x", "reason": "x", "card_number": cards.SUCCESS, "request_key": str(uuid4())}
    refused(person, address, form, status=403, sentence=sentence)


def test_the_offering_side_cannot_answer_its_own_offer():
    contract = walk.offered()
    client = at_browser(cast.minato())
    refused(client, of_contract("confirmation", contract), status=403, sentence="契約のワーカーだけ")
    refused(client, of_contract("refusal", contract), status=403, sentence="契約のワーカーだけ")


def test_an_offer_cannot_be_answered_too_late(page_clock):
    contract = walk.offered()
    page_clock.now = contract.answer_by + timedelta(minutes=1)
    worker = at_browser(cast.hanako())
    refused(worker, of_contract("confirmation", contract), status=409, sentence="期限")


def test_work_is_not_delivered_before_the_money_is_there():
    milestone = walk.milestone(walk.agreed())
    refused(
        at_browser(cast.hanako()),
        of_milestone("delivery", milestone),
        {"note": "先に送ります"},
        status=409,
        sentence="仮払いがまだ完了していません",
        kept="先に送ります",
    )


def test_one_cannot_answer_ones_own_proposal_to_end():
    end = walk.propose_end(walk.funded())
    client, worker = at_browser(cast.minato()), at_browser(cast.hanako())
    refused(client, of_end("end_acceptance", end), status=403, sentence="相手")
    refused(worker, of_end("end_withdrawal", end), status=403, sentence="取り下げ")


def test_an_ending_is_proposed_only_while_money_is_set_aside():
    agreed = walk.agreed()
    form = {"reason": "x", "request_key": str(uuid4())}
    client = at_browser(cast.minato())
    refused(client, of_contract("end_new", agreed), form, status=409, sentence="契約を終了できます")
    funded = walk.funded(job=walk.open_job(title="別の記事"))
    refused(client, of_contract("end_alone", funded.contract), form, status=409, sentence="双方の合意")
