"""The written terms: complete, stable under their hash, and readable in the PDF."""

from datetime import date
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts import queries
from nakadachi.market.contracts.models import Terms
from nakadachi.money.documents.canonical import canonical, sha256_of
from nakadachi.money.documents.written_terms import DocumentChangedError, terms_pdf
from tests import cast, walk
from tests.cast import by

STRANGE = "髙﨑①㈱𠮷ｱ"


@pytest.fixture
def terms(db: None) -> Terms:
    job = walk.open_job(title=f"{STRANGE}の記事 *太字* #panic() $x$")
    return Terms.objects.get(contract=walk.agreed([6_000, 4_000], job=job))


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_every_item_of_the_law_is_there(terms: Terms) -> None:
    document = terms.document
    assert document["client"]["name"] == "湊商店"
    assert document["worker"]["name"] == "はなこ"
    assert document["commissioned_on"] == "2026-11-02"
    assert document["scope"] == walk.SCOPE
    first = document["milestones"][0]
    assert (first["due_on"], first["inspected_on"], first["paid_on"]) == ("2026-12-01", "2026-12-15", "2026-12-30")
    assert first["amount_yen"] == 6_000
    assert document["totals"] == {
        "amount_yen": 10_000, "client_fee_yen": 550, "client_pays_yen": 10_550, "worker_fee_yen": 1_650,
        "withholding_yen": 0, "worker_receives_yen": 8_350, "tax_yen": 200,
    }  # fmt: skip
    assert document["fees"]["rule"] == "lancers-2022-10/project"
    for item in ("place", "payment", "rights"):
        assert len(document[item]) > 20
    assert "14日後の23時59分" in document["inspection"]["words"][0]
    assert all(date.fromisoformat(piece["paid_on"]) for piece in document["milestones"])
    assert "山田" not in canonical(document).decode(), "the legal name stays private"


def test_the_hash_is_over_the_canonical_form(terms: Terms) -> None:
    stored = Terms.objects.get(pk=terms.pk)
    assert sha256_of(stored.document) == stored.sha256
    shuffled = dict(reversed(list(stored.document.items())))
    assert sha256_of(shuffled) == stored.sha256
    changed = {**stored.document, "scope": stored.document["scope"] + " "}
    assert sha256_of(changed) != stored.sha256


def test_canonical_form_is_the_one_of_the_standard() -> None:
    value = {"b": [1, True, None], "a": 'é\n"\\\u2028', "\U0001f375": 1, "\ufb33": 2}
    assert canonical(value) == '{"a":"é\\n\\"\\\\\u2028","b":[1,true,null],"\U0001f375":1,"\ufb33":2}'.encode()
    with pytest.raises(AssertionError, match="float"):
        canonical({"a": 1.5})


def test_the_pdf_says_what_was_agreed(terms: Terms) -> None:
    pdf = terms_pdf(terms.document, version=terms.version, sha256=terms.sha256)
    text = text_of(pdf)
    plain = text.replace(" ", "").replace("\n", "")
    for expected in (
        STRANGE, "*太字*#panic()$x$", "湊商店", "はなこ", "¥6,000", "¥10,000", "¥10,550", "¥8,350", "2026年11月2日(月)",
        "2026年12月1日(火)", "2026年12月15日(火)", "2026年12月30日(水)", "第1版", terms.sha256, "著作権",
    ):  # fmt: skip
        assert expected in plain, expected


def test_the_pdf_is_the_same_every_time(terms: Terms) -> None:
    make = {"version": terms.version, "sha256": terms.sha256}
    assert terms_pdf(terms.document, **make) == terms_pdf(Terms.objects.get().document, **make)


def test_a_changed_document_is_not_printed(terms: Terms) -> None:
    with pytest.raises(DocumentChangedError):
        terms_pdf({**terms.document, "scope": "別の仕事"}, version=1, sha256=terms.sha256)


def test_a_contract_of_any_length_is_printed(db: None) -> None:
    job = walk.open_job(title="長い契約")
    sent = walk.proposal(job)

    offer = contracts.offer(
        proposal=sent, scope="一行\n" * 5_000, milestones=walk.pieces([500] * 20, walk.DUE_ON),
        by=by(cast.minato()), at=walk.START,
    )  # fmt: skip
    contract = contracts.confirm(contract=offer, by=by(cast.hanako()), at=walk.START)
    terms = queries.terms_for(by(cast.hanako()), contract.pk, 1)
    reader = PdfReader(BytesIO(terms_pdf(terms.document, version=1, sha256=terms.sha256)))
    assert len(reader.pages) > 50
    assert all(terms.sha256 in page.extract_text() for page in (reader.pages[0], reader.pages[-1]))


def test_the_database_keeps_terms_as_they_are(terms: Terms) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Terms.objects.filter(pk=terms.pk).update(version=2)
    with pytest.raises(DatabaseError), transaction.atomic():
        terms.delete()
