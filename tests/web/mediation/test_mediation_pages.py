"""The pages of a mediation: asked for, talked about, settled by offers, ruled on, answered; and what is refused."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nakadachi.infra.clock import now
from nakadachi.infra.events.models import Event
from nakadachi.trust.mediation.models import Case, SealedOffer, Statement
from tests import cast, logins, walk
from tests.every_page.world import fingerprint
from tests.trust.mediation import stages

pytestmark = pytest.mark.django_db


def browser(member) -> Client:
    client = Client(headers={"accept-language": "ja"})
    logins.log_in(client, member)
    return client


def now_case() -> Case:
    """Talking at the present moment, since pages read the clock."""
    return stages.claim(walk.delivered(at=now()), at=now())


def at(name: str, *ids: int) -> str:
    return reverse(f"mediation:{name}", args=ids)


def test_asked_for_from_the_milestone_and_twice_is_once():
    one = walk.delivered(at=now())
    client = browser(cast.minato())
    page = client.get(reverse("contracts:milestone", args=[one.contract_id, one.pk])).content.decode()
    assert at("new", one.hold_id) in page and "仲介を申し立てる" in page
    asking = client.get(at("new", one.hold_id)).content.decode()
    assert "無料" in asking and "納品済みのため" in asking
    form = {"reason": "約束の内容と違います。", "request_key": str(uuid4())}
    for _ in range(2):
        answer = client.post(at("new", one.hold_id), form)
        assert answer.status_code == 302
    case = Case.objects.get()
    assert client.get(at("new", one.hold_id)).headers["Location"] == at("detail", case.pk)
    page = client.get(reverse("contracts:detail", args=[one.contract_id])).content.decode()
    assert "仲介中" in page and at("detail", case.pk) in page and "カード会社" not in page
    assert at("detail", case.pk) in browser(cast.hanako()).get("/mypage/").content.decode()


def test_without_a_reason_nothing_is_opened():
    one = walk.delivered(at=now())
    client = browser(cast.minato())
    before = fingerprint()
    answer = client.post(at("new", one.hold_id), {"reason": " "})
    assert answer.status_code == 422 and "経緯" in answer.content.decode()
    assert fingerprint() == before


def test_offers_are_asked_once_more_stay_sealed_and_settle_it():
    case = now_case()
    client, worker = browser(cast.minato()), browser(cast.hanako())
    form = {"amount": "6,000", "request_key": str(uuid4())}
    asked = client.post(at("offer", case.pk), form).content.decode()
    assert "この案を出す" in asked and "¥5,010" in asked and not SealedOffer.objects.exists()
    for _ in range(2):
        assert client.post(at("offer", case.pk), {**form, "confirmed": "1"}).status_code == 302
    assert SealedOffer.objects.count() == 1
    assert "6,000" not in worker.get(at("detail", case.pk)).content.decode()
    low = client.post(at("offer", case.pk), {"amount": "5,999", "confirmed": "1"})
    assert low.status_code == 422 and "¥6,000" in low.content.decode() and "5,999" in low.content.decode()
    worker.post(at("offer", case.pk), {"amount": "4000", "confirmed": "1", "request_key": str(uuid4())})
    case = stages.fresh(case)
    assert (case.outcome, case.result_yen) == ("agreed", 5_000)
    done = worker.get(at("detail", case.pk)).content.decode()
    assert "和解" in done and "¥5,000" in done


def test_figures_come_while_one_types():
    case = now_case()
    answer = browser(cast.minato()).post(at("offer", case.pk), {"amount": "10000"}, headers={"hx-request": "true"})
    assert "¥8,350" in answer.content.decode() and "<html" not in answer.content.decode()


def test_statements_are_read_by_both_and_a_refused_one_is_kept():
    case = now_case()
    worker = browser(cast.hanako())
    worker.post(at("detail", case.pk), {"text": "約束どおりです。", "request_key": str(uuid4())})
    assert "約束どおりです。" in browser(cast.minato()).get(at("detail", case.pk)).content.decode()
    assert worker.post(at("detail", case.pk), {"text": ""}).status_code == 422
    assert Statement.objects.count() == 1


def test_strangers_find_nothing():
    case = now_case()
    other = browser(cast.sakura())
    for name in ("detail", "evidence", "offer", "withdrawal", "acceptance", "appeal"):
        assert other.get(at(name, case.pk)).status_code == 404
    assert other.get(at("new", case.hold_id)).status_code == 404


def test_taken_back_by_the_side_that_asked_only():
    case = now_case()
    assert browser(cast.hanako()).post(at("withdrawal", case.pk)).status_code == 403
    client = browser(cast.minato())
    for _ in range(2):
        assert client.post(at("withdrawal", case.pk)).status_code == 302
    assert stages.fresh(case).outcome == "withdrawn"


def test_the_operator_takes_the_evidence_with_a_reason_only():
    case, staff = now_case(), browser(cast.tanaka())
    address = reverse("staff:mediation:evidence", args=[case.pk])
    assert staff.post(address, {"reason": " "}).status_code == 422
    assert not Event.objects.filter(kind="case.disclose").exists()
    answer = staff.post(address, {"reason": "判断のため"})
    assert b"".join(answer).startswith(b"PK")
    assert Event.objects.get(kind="case.disclose").data == {"reason": "判断のため"}
