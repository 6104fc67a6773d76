"""Tags and filters: what they write, that they escape, and that forms are readable to everybody."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import override

from nakadachi.infra.paging import Page
from nakadachi.kernel.refusal import Refusal
from nakadachi.web.ui.icons import ICONS
from nakadachi.web.ui.parts import Step

MARKUP = "<b onclick=x>&\"'"


def draw(line: str, **context: object) -> str:
    with override("ja"):
        return Template("{% load ui %}" + line).render(Context(context))


class Question(forms.Form):
    title = forms.CharField(label="件名", help_text="短く", widget=forms.TextInput(attrs={"placeholder": "例"}))
    memo = forms.CharField(label="メモ", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(label="種類", widget=forms.RadioSelect, choices=[("a", "甲"), ("b", "乙")])
    agrees = forms.BooleanField(label="同意します")
    paper = forms.FileField(label="書類", required=False)
    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)


def test_field_ties_words_to_control() -> None:
    html = draw("{% field form.title %}", form=Question({"title": ""}))
    assert 'for="id_title"' in html
    assert 'aria-describedby="id_title_help id_title_error"' in html
    assert 'id="id_title_help"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert "必須" in html
    assert "placeholder" not in html


def test_field_says_what_is_optional() -> None:
    assert "任意" in draw("{% field form.memo %}", form=Question())
    assert "任意" not in draw("{% field form.memo optional=False %}", form=Question())


def test_choices_are_one_group() -> None:
    html = draw("{% field form.kind %}", form=Question())
    assert html.count('type="radio"') == 2
    assert "<fieldset" in html
    assert "<legend" in html


def test_errors_are_listed_with_a_way_to_each() -> None:
    html = draw("{% form_errors form %}", form=Question({"title": ""}))
    assert 'href="#id_title"' in html
    assert 'role="alert"' in html
    assert draw("{% form_errors form %}", form=Question()).strip() == ""


def test_errors_stand_in_the_order_of_the_form_and_links_hold_no_links() -> None:
    class Agreement(forms.Form):
        agreed = forms.BooleanField(label=mark_safe('<a href="/terms/">規約</a>に同意します'))
        name = forms.CharField(label="名前")

    form = Agreement({})
    form.order_fields(["name", "agreed"])
    html = draw("{% form_errors form %}", form=form)
    assert html.index('href="#id_name"') < html.index('href="#id_agreed"')
    assert '<a href="#id_agreed">規約に同意します</a>' in html


def test_what_was_typed_is_kept_and_escaped() -> None:
    html = draw("{% field form.title %}", form=Question({"title": MARKUP}))
    assert "<b onclick" not in html
    assert "&lt;b onclick" in html


@pytest.mark.parametrize(
    "line",
    [
        "{% chip text %}",
        "{% callout title=text %}{{ text }}{% endcallout %}",
        "{% crumbs text text text %}",
        "{% avatar text %}",
        "{% empty title=text text=text href=text label=text %}",
        '{% icon "alert" label=text %}',
    ],
)
def test_texts_are_escaped(line: str) -> None:
    assert "<b onclick" not in draw(line, text=MARKUP)


def test_refusal_speaks_with_its_figures() -> None:
    html = draw("{% refusal r %}", r=Refusal("x", "%(amount)s", params={"amount": "¥1,000"}))
    assert "¥1,000" in html
    assert draw("{% refusal r %}", r=None).strip() == ""


def test_request_key_is_kept_when_the_form_comes_back() -> None:
    key = "5b0c0f4e-4a0e-4a1e-9a4e-111111111111"
    assert key in draw("{% request_key form %}", form=Question({"request_key": key}))
    fresh = re.search(r'value="([^"]+)"', draw("{% request_key form %}", form=Question()))
    assert fresh is not None
    assert len(fresh[1]) == 36


def test_more_keeps_the_search() -> None:
    request = SimpleNamespace(GET=QueryDict("q=商品&sort=new&after=old"))
    html = draw("{% more page %}", page=Page([], next="abc"), request=request)
    assert "after=abc" in html
    assert "after=old" not in html
    assert "sort=new" in html
    assert draw("{% more page %}", page=Page([]), request=request).strip() == ""


@pytest.mark.parametrize(("at", "near"), [(0, [0, 1, 2]), (3, [2, 3, 4]), (7, [5, 6, 7])])
def test_phone_shows_before_now_and_next(at: int, near: list[int]) -> None:
    steps = [Step(str(i), "done" if i < at else "now" if i == at else "todo") for i in range(8)]
    items = draw("{% stepper steps %}", steps=steps).split("<li ")[1:]
    assert [i for i, item in enumerate(items) if "stepper__step--near" in item] == near
    assert [i for i, item in enumerate(items) if "aria-current" in item] == [at]


def test_heading_is_one_h1() -> None:
    assert draw("{% headline %} 設定 {% endheadline %}") == "<h1>設定</h1>"
    assert draw('{% headline %}<h1 class="x">設定</h1>{% endheadline %}').count("<h1") == 1
    assert draw("{% headline %} {% endheadline %}") == ""


def test_icons_are_silent_unless_labelled() -> None:
    for name in ICONS:
        assert 'aria-hidden="true"' in draw("{% icon name %}", name=name)
    assert 'aria-label="注意"' in draw('{% icon "alert" label="注意" %}')
