"""Texts: published once and for ever, filled with the figures of the day, and agreed to by version and hash."""

import re
from datetime import timedelta

import pytest

from nakadachi.infra.clock import now
from nakadachi.infra.events.models import Event
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.people.agreements import actions, queries
from nakadachi.people.agreements.kinds import AGREED, KINDS, LANGUAGES, default
from nakadachi.people.agreements.models import Acceptance, LegalDraft, LegalText
from nakadachi.web.pages.texts.values import values_on
from tests import cast, earners

pytestmark = pytest.mark.django_db

AT = now()
TODAY = jst_date(AT)
VALUES = values_on(TODAY)
STAFF = {"values": VALUES, "at": AT}


def draft(kind: str = "terms", body_ja: str = "## 第1条\n{site_name}の規約", body_en: str = "Terms of {site_name}"):
    staff = cast.by(cast.tanaka())
    return actions.save_draft(kind=kind, body_ja=body_ja, body_en=body_en, **STAFF, by=staff)


def publish(on=TODAY, kind: str = "terms") -> LegalText:
    draft(kind)
    note = "手数料の記載を改めました"
    return actions.publish(kind=kind, takes_effect_on=on, note=note, **STAFF, by=cast.by(cast.tanaka()))


def refusal_of(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.refusal


def test_every_text_is_there_from_the_start_in_both_languages():
    found = queries.in_force(TODAY)
    assert set(found) == set(KINDS)
    for text in found.values():
        for language in LANGUAGES:
            assert not re.search(r"\{[a-z_]+\}", text.body(language)), f"{text} {language} has an empty place"
    assert "16.5%" in found["terms"].body("ja")
    assert "ワーカー 16.5%" in found["commerce"].body("ja")
    assert "worker 16.5%" in found["commerce"].body("en")


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_of_a_text_have_the_same_shape(kind):
    def shape(text: str) -> list[str]:
        return [line[:2] for line in text.splitlines() if line.startswith(("## ", "| "))]

    assert shape(default(kind, "ja")) == shape(default(kind, "en"))


def test_texts_that_come_with_the_program_are_published_again_only_when_they_read_differently():
    assert actions.publish_defaults(values=VALUES, at=AT) == []
    renamed = {language: {**VALUES[language], "site_name": "むすび市場"} for language in LANGUAGES}
    made = actions.publish_defaults(values=renamed, at=AT)
    assert {text.version for text in made} == {2}
    assert "むすび市場" in queries.current("terms", TODAY).body("ja")
    assert "むすび市場" not in LegalText.objects.get(kind="terms", version=1).body("ja")


def test_what_staff_published_is_left_alone():
    publish()
    renamed = {language: {**VALUES[language], "site_name": "むすび市場"} for language in LANGUAGES}
    assert "terms" not in {text.kind for text in actions.publish_defaults(values=renamed, at=AT)}


def test_a_published_version_is_filled_dated_and_told_of():
    made = publish(TODAY + timedelta(days=7))
    assert (made.version, made.body("ja")) == (2, f"## 第1条\n{VALUES['ja']['site_name']}の規約")
    assert not LegalDraft.objects.exists()
    assert queries.current("terms", TODAY).version == 1
    assert queries.current("terms", TODAY + timedelta(days=7)).version == 2
    assert queries.version_at("terms", made.dated).pk == made.pk
    assert Event.objects.filter(kind="legaltext.published", subject_id=made.pk).exists()


@pytest.mark.parametrize("dated", ["", "x", "2026-01-01-1", "2026-01-01-99", "1"])
def test_an_address_that_is_not_of_a_version_is_not_there(dated):
    with pytest.raises(NotVisible):
        queries.version_at("terms", dated)


def test_what_speaks_against_a_draft_or_a_day():
    staff = cast.by(cast.tanaka())
    assert refusal_of(lambda: draft(body_en="  ")).code == "text_empty"
    unknown = refusal_of(lambda: draft(body_ja="{nobody}の規約"))
    assert (unknown.code, unknown.field) == ("text_unknown_place", "body_ja")
    missing = {"kind": "terms", "takes_effect_on": TODAY, "note": "", **STAFF, "by": staff}
    assert refusal_of(lambda: actions.publish(**missing)).code == "text_no_draft"
    draft()
    past = {**missing, "takes_effect_on": TODAY - timedelta(days=1)}
    assert refusal_of(lambda: actions.publish(**past)).code == "text_date_past"
    publish(TODAY + timedelta(days=9))
    draft()
    assert refusal_of(lambda: actions.publish(**missing)).code == "text_date_before_last"
    assert LegalText.objects.filter(kind="terms").count() == 2


def test_only_administrators_write():
    hanako = cast.by(cast.hanako())
    body = {"kind": "terms", "body_ja": "規約", "body_en": "Terms"}
    assert refusal_of(lambda: actions.save_draft(**body, **STAFF, by=hanako)).code == "not_for_texts"
    draft()
    note = {"kind": "terms", "takes_effect_on": TODAY, "note": ""}
    assert refusal_of(lambda: actions.publish(**note, **STAFF, by=hanako)).code == "not_for_texts"
    assert refusal_of(lambda: actions.discard_draft(kind="terms", by=hanako, at=AT)).code == "not_for_texts"
    assert LegalText.objects.filter(kind="terms").count() == 1


def test_agreeing_keeps_version_and_hash_once_and_a_new_version_asks_again():
    hanako = earners.member()
    assert [text.kind for text in queries.pending_for(hanako, AT)] == list(AGREED)
    for _ in range(2):
        actions.accept(member=hanako, texts=queries.in_force(TODAY, AGREED).values(), by=cast.by(hanako), at=AT)
    assert Acceptance.objects.filter(member=hanako).count() == 2
    assert Event.objects.filter(kind="acceptance.made").count() == 2
    assert all(made.sha256 == made.text.sha256 for made in queries.agreed_by(hanako))
    assert queries.pending_for(hanako, AT) == []
    publish(TODAY + timedelta(days=3))
    assert queries.pending_for(hanako, AT) == []
    assert [text.version for text in queries.pending_for(hanako, AT + timedelta(days=3))] == [2]


def test_nobody_agrees_for_another():
    other = earners.member()
    texts = queries.in_force(TODAY, AGREED).values()
    refused = refusal_of(lambda: actions.accept(member=other, texts=texts, by=cast.by(cast.ren()), at=AT))
    assert refused.status == 404
    assert not Acceptance.objects.filter(member=other).exists()
