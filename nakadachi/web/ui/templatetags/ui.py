"""The component kit in templates: `{% load ui %}`. Each tag and filter is shown with its line in `/_gallery/`."""

import json
from collections.abc import Hashable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django import template
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from nakadachi.infra import clock
from nakadachi.infra.paging import Page
from nakadachi.kernel.refusal import Refusal
from nakadachi.web.ui import assets, drawing, figures, moneybar, relative
from nakadachi.web.ui import frame as frames
from nakadachi.web.ui.icons import icon as draw_icon
from nakadachi.web.ui.parts import Link, Step

_JSON_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
register = template.Library()

CRUMB_WHOLE_MAX = 12
CALLOUT_ICONS = {"turn": "flag", "info": "info", "warn": "alert", "good": "check", "bad": "alert"}
WIDGET_KINDS = (
    (RadioSelect, "choices"),
    (CheckboxSelectMultiple, "choices"),
    (CheckboxInput, "check"),
    (FileInput, "file"),
    (Textarea, "textarea"),
    (Select, "select"),
)


@register.filter
def yen(amount_yen: int | None) -> SafeString:
    """`{{ amount|yen }}`: ¥1,234 in tabular figures."""
    return (
        format_html('<span class="num">{}</span>', figures.yen(amount_yen)) if amount_yen is not None else mark_safe("")
    )


@register.filter
def yen_per(amount_yen: int | None, format: str) -> SafeString:
    """`{{ amount|yen_per:job.format }}`: ¥1,500 / 時間, the price of one unit of a way of working."""
    return format_html('<span class="num">{}</span>', figures.yen_per(amount_yen, format))


@register.filter
def yen_text(amount_yen: int | None) -> str:
    """`{{ amount|yen_text }}`: the same as plain text, for titles, attributes and sentences."""
    return figures.yen(amount_yen)


@register.filter
def jdate(value: date | datetime | None) -> str:
    """`{{ day|jdate }}`: 2026年11月22日(日)."""
    return figures.long_day(value)


@register.filter
def jday(value: date | datetime | None) -> str:
    """`{{ day|jday }}`: 11月22日(日)."""
    return figures.short_day(value)


@register.filter
def jdatetime(value: datetime | None) -> str:
    """`{{ moment|jdatetime }}`: 2026年11月22日(日) 14:05."""
    return figures.day_and_time(value)


@register.filter
def days_left(value: date | datetime | None, now: datetime | None = None) -> str:
    """`{{ job.closes_on|days_left:now }}`: 残り5日. `now` is in every page's context; without it the clock is asked."""
    return figures.days_left(value, now or clock.now()) if value else ""


@register.filter
def nday(value: date | datetime | None, now: datetime | None = None) -> str:
    """`{{ day|nday:now }}`: 11月22日(日), with the year when it is another one."""
    return relative.near_day(value, now or clock.now())


@register.filter
def until(value: datetime | None, now: datetime | None = None) -> str:
    """`{{ moment|until:now }}`: あと3日(11月25日(水) 23:59まで)."""
    return relative.until(value, now or clock.now())


@register.filter
def ago(value: datetime | None, now: datetime | None = None) -> str:
    """`{{ moment|ago:now }}`: 2日前(11月20日(金) 14:05)."""
    return relative.ago(value, now or clock.now())


@register.filter
def filesize(size_bytes: int) -> str:
    """`{{ file.size_bytes|filesize }}`: 1.2 MB."""
    return figures.size(size_bytes)


@register.simple_tag
def stylesheets() -> SafeString:
    """`{% stylesheets %}`: one link to everything in `static/css`."""
    href = reverse("ui:css", args=[assets.bundle("css").digest])
    return format_html('<link rel="stylesheet" href="{}">', href)


@register.simple_tag
def scripts() -> SafeString:
    """`{% scripts %}`: one deferred script with htmx and everything in `static/js`."""
    return format_html('<script src="{}" defer></script>', reverse("ui:js", args=[assets.bundle("js").digest]))


@register.simple_tag
def picture(name: str) -> str:
    """`{% picture "mark.svg" %}`: the address of a file in `static/img`."""
    made = assets.picture(name)
    assert made is not None, f"no picture {name}"
    return reverse("ui:picture", args=[made.digest, name])


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """`{% json_ld posting %}`: data for search engines. It is no script, nothing runs; what is inside cannot end it."""
    text = json.dumps(data, ensure_ascii=False).translate(_JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  escaped above


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "search" %}`: a line icon; with a label it is spoken, without it is decoration."""
    return draw_icon(name, str(label))


@register.simple_tag
def mark() -> SafeString:
    """`{% mark %}`: the mark, inline so that it takes the colours of the page."""
    made = assets.picture("mark.svg")
    assert made is not None
    return mark_safe(made.plain.decode())  # noqa: S308  our own file


@register.simple_tag(takes_context=True)
def frame(context: Context, part: str) -> SafeString:
    """Used by `base.html`: `header`, `footer` or `bar`. Where something failed, the frame is a visitor's."""
    request = context.get("request")
    look = context.get("look") or frames.Look()
    return frames.draw(part, look, token=context.get("csrf_token"), address=request.get_full_path() if request else "/")


@register.simple_tag
def drawn(template_name: str, **values: Hashable) -> SafeString:
    """`{% drawn "ui/entry.html" entry=entry %}`: an include of nothing but these values, drawn once as they are."""
    return drawing.drawn(template_name, **values)


@register.simple_tag
def chip(text: str, tone: str = "plain") -> SafeString:
    """`{% chip "未経験OK" tone="plain" %}`: a small label; tones accent, plain, good, warn, bad."""
    return format_html('<span class="chip chip--{}">{}</span>', tone, text)


@register.simple_tag
def avatar(member: Any, size: str = "") -> SafeString:
    """`{% avatar member %}`: the picture, or the first letter of the display name; `size="large"` on a profile."""
    if digest := getattr(member, "avatar", ""):
        pixels = 256 if size else 64
        return format_html(
            '<img class="avatar{}" src="{}" alt="" width="{}" height="{}" loading="lazy" decoding="async">',
            f" avatar--{size}" if size else "",
            reverse("avatars:picture", args=[digest, pixels]),
            pixels,
            pixels,
        )
    name = str(getattr(member, "display_name", "") or member or "?")
    return format_html(
        '<span class="avatar{}" aria-hidden="true">{}</span>',
        f" avatar--{size}" if size else "",
        name.strip()[:1].upper(),
    )


@register.simple_block_tag
def callout(content: str, *, tone: str = "info", title: str = "", action: str = "", href: str = "") -> SafeString:
    """`{% callout tone="turn" title="…" %}…{% endcallout %}`: tones turn, info, warn, good, bad.

    `action` and `href` put a button beside the words; the primary one when it is the reader's turn.
    """
    head = format_html('<p class="callout__title">{}</p>', title) if title else ""
    look = "btn--primary" if tone == "turn" else "btn--quiet"
    button = format_html('<a class="btn {} callout__action" href="{}">{}</a>', look, href, action) if href else ""
    return format_html(
        '<div class="callout callout--{}"{}>'
        '<div class="callout__body">{}<div class="callout__text">{}</div></div>{}</div>',
        tone,
        mark_safe(' role="alert"') if tone == "bad" else "",
        format_html("{}{}", draw_icon(CALLOUT_ICONS[tone]) if tone != "turn" else "", head),
        mark_safe(content.strip()),  # noqa: S308  rendered by the template, escaped there
        button,
    )


@register.simple_block_tag
def headline(content: str) -> SafeString:
    """Used by `base.html`: makes the h1 of the block `heading`, unless the page wrote its own or none."""
    words = content.strip()
    if not words or words.startswith("<h1"):
        return mark_safe(words)  # noqa: S308  rendered by the template, escaped there
    return mark_safe(f"<h1>{words}</h1>")  # noqa: S308  likewise


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, *, prefix: str = "", suffix: str = "", optional: bool = True) -> dict[str, Any]:
    """`{% field form.name %}`: label, 必須/任意, support text, control, error. `suffix="円"` stands behind it."""
    kind = next((kind for widget, kind in WIDGET_KINDS if isinstance(bound.field.widget, widget)), "text")
    help_id, error_id = f"{bound.auto_id}_help", f"{bound.auto_id}_error"
    described = " ".join(filter(None, [bound.help_text and help_id, bound.errors and error_id]))
    attrs: dict[str, Any] = {"placeholder": False}
    if kind not in {"choices", "check"}:
        attrs["class"] = f"input input--{kind}"
    if described and kind != "choices":
        attrs["aria-describedby"] = described
    return {
        "bound": bound,
        "kind": kind,
        "control": "" if kind == "choices" else bound.as_widget(attrs=attrs),
        "help_id": help_id,
        "error_id": error_id,
        "described": described,
        "prefix": prefix,
        "suffix": suffix,
        "badge": bound.field.required or optional,
    }


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: BaseForm | None) -> dict[str, Any]:
    """`{% form_errors form %}`: what has to be mended, with a link to each field; takes the focus after sending."""
    if form is None or not form.is_bound or not form.errors:
        return {}
    fields = [(form[name], form.errors[name]) for name in form.fields if name in form.errors]
    return {"general": form.non_field_errors(), "fields": fields, "any": True}


@register.inclusion_tag("ui/refusal.html", takes_context=True)
def refusal(context: template.Context, refusal: Refusal | None) -> dict[str, Any]:
    """`{% refusal refusal %}`: the sentence of a refusal, or nothing. It takes the focus where it answers a form."""
    if not refusal:
        return {}
    sentence = _(refusal.sentence) % refusal.params if refusal.params else _(refusal.sentence)
    request = context.get("request")
    return {"sentence": sentence, "is_answer": request is not None and request.method == "POST"}


@register.simple_tag
def request_key(form: BaseForm | None = None) -> SafeString:
    """`{% request_key form %}`: the hidden key that makes sending twice the same as once."""
    if form is not None and "request_key" in form.fields:
        bound = form["request_key"]
        value = bound.value() or uuid4()
        return format_html('<input type="hidden" name="{}" value="{}">', bound.html_name, value)
    return format_html('<input type="hidden" name="request_key" value="{}">', uuid4())


@register.inclusion_tag("ui/money.html")
def money(
    quote: Any,
    side: moneybar.Side = "worker",
    *,
    accepted_on: date | None = None,
    pays_on: date | None = None,
    href: str = "",
) -> dict[str, Any]:
    """`{% money quote side="worker" pays_on=day href=url %}`: bar, table, payout in words, link to the entries."""
    return {"bar": moneybar.of(quote, side), "side": side, "accepted_on": accepted_on, "pays_on": pays_on, "href": href}


@register.inclusion_tag("ui/stepper.html")
def stepper(steps: list[Step]) -> dict[str, Any]:
    """`{% stepper steps %}`: the whole way on a desk; before, now and next on a phone."""
    at = next((i for i, step in enumerate(steps) if step.state == "now"), len(steps) - 1)
    first = min(max(at - 1, 0), max(len(steps) - 3, 0))
    placed = [(step, first <= i < first + 3) for i, step in enumerate(steps)]
    return {"placed": placed, "position": at + 1, "count": len(steps)}


@register.inclusion_tag("ui/empty.html")
def empty(*, title: str, text: str = "", href: str = "", label: str = "", icon: str = "list") -> dict[str, Any]:
    """`{% empty title="…" text="…" href="…" label="…" %}`: an empty list says which step comes first."""
    return {"title": title, "text": text, "href": href, "label": label, "icon": icon}


@register.inclusion_tag("ui/more.html", takes_context=True)
def more(context: Context, page: Page[Any], *, rows: str = "", parameter: str = "after") -> dict[str, Any]:
    """`{% more page rows="#jobs" %}`: さらに表示. With `rows` (the list's selector) htmx adds the rows in place."""
    request = context.get("request")
    kept = (
        [(name, value) for name, values in request.GET.lists() for value in values if name != parameter]
        if request
        else []
    )
    return {"href": "?" + urlencode([*kept, (parameter, page.next)]) if page.next else "", "rows": rows}


@register.simple_tag
def crumbs(*pairs: Any) -> SafeString:
    """`{% crumbs label url label url label %}`: where this page stands; the last may come without an address."""
    labels, hrefs = pairs[::2], [*pairs[1::2], ""]
    items = [
        format_html('<a href="{}">{}</a>', href, label)
        if href
        else format_html('<span aria-current="page">{}</span>', label)
        for label, href in zip(labels, hrefs, strict=False)
    ]
    return format_html(
        '<nav class="crumbs" aria-label="{}"><ol>{}</ol></nav>',
        _("Where you are"),
        format_html_join("", "<li{}>{}</li>", zip(map(_long, labels), items, strict=True)),
    )


def _long(label: object) -> SafeString:
    """A long crumb is cut on a phone; the short ones around it stay whole."""
    return mark_safe(' class="crumbs__long"' if len(str(label)) > CRUMB_WHOLE_MAX else "")  # noqa: S308  constants


@register.inclusion_tag("ui/side_nav.html")
def side_nav(links: list[Link], here: str = "", *, label: str = "") -> dict[str, Any]:
    """`{% side_nav links here="bank" %}`: the list of a section's pages, such as the settings."""
    return {"links": links, "here": here, "label": label}
