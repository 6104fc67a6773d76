"""One thread: reading, writing, what is new, what was read, taking back."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.refusal import Refusal, Refused
from nakadachi.trust.messaging import actions, policy, queries
from nakadachi.trust.messaging.queries import Stretch, Talk
from nakadachi.trust.messaging.situation import situation_of
from nakadachi.web.pages.messages import stream
from nakadachi.web.pages.messages.forms import MessageForm, number
from nakadachi.web.pages.messages.phrases import phrases_for
from nakadachi.web.pages.messages.standing import standing_of
from nakadachi.web.ui.answers import actor_of, keep_files, sentence

PAGE, FORM, NEWS = "messages/thread.html", "messages/form.html", "messages/news.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    """GET shows it where one stopped reading, or where the address says; POST writes."""
    talk = queries.talk_for(actor_of(request), thread_id)
    if request.method == "POST":
        return _write(request, talk)
    return render(request, PAGE, _context(request, talk, MessageForm(auto_id="message_%s")))


@login_required
@require_safe
def news(request: HttpRequest, thread_id: int) -> HttpResponse:
    """What came in since; 304 while everything is as the page has it."""
    talk = queries.talk_for(actor_of(request), thread_id)
    tag = stream.tag_of(talk, stream.newest_id(talk))
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    after_id, event_id = number(request.GET.get("after", "")), number(request.GET.get("happened", ""))
    return _news(request, talk, after_id, event_id)


@login_required
@require_POST
def read(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Everything that stood on the page has been read."""
    talk = queries.talk_for(actor_of(request), thread_id)
    until_id = number(request.POST.get("until", ""))
    actions.read(thread=talk.thread, until_id=until_id, by=actor_of(request), at=request.now)
    return HttpResponse(status=204) if request.htmx else redirect("messages:thread", thread_id)


@login_required
@require_POST
def take_back(request: HttpRequest, thread_id: int, message_id: int) -> HttpResponse:
    """One's own message, for some minutes."""
    message = queries.own_message_for(actor_of(request), thread_id, message_id)
    try:
        actions.take_back(message=message, by=actor_of(request), at=request.now)
        messages.success(request, _("The message was taken back."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal))
    return redirect("messages:thread", thread_id)


def _write(request: HttpRequest, talk: Talk) -> HttpResponse:
    form = MessageForm(request.POST, request.FILES, auto_id="message_%s")
    if not form.is_valid():
        return _kept(request, talk, form, None)
    seen_id = form.seen_id()
    words = {name: form.cleaned_data[name] for name in ("text", "files", "request_key")}
    try:
        actions.send(thread=talk.thread, seen_id=seen_id, by=actor_of(request), at=request.now, **words)
    except Refused as refused:
        return _kept(request, talk, form, refused.refusal)
    if not request.htmx:
        return redirect(f"{reverse('messages:thread', args=[talk.thread.pk])}?latest=1#latest")
    talk = queries.talk_for(actor_of(request), talk.thread.pk)
    event_id = number(request.POST.get("happened", ""))
    return _news(request, talk, seen_id, event_id, new_key=uuid4())


def _kept(request: HttpRequest, talk: Talk, form: MessageForm, refusal: Refusal | None) -> HttpResponse:
    """The form with everything typed: alone in the place of the old one for the script, on its page otherwise."""
    keep_files(request, form)
    if refusal is not None:
        form.add_error(refusal.field if refusal.field in form.fields else None, sentence(refusal))
    if not request.htmx:
        return render(request, PAGE, _context(request, talk, form), status=refusal.status if refusal else 422)
    context = _form_context(talk, form, last_id=form.data.get("seen", ""), event_id=form.data.get("happened", ""))
    answer = render(request, FORM, context, status=422)
    answer["HX-Retarget"] = answer["HX-Reselect"] = "#talk-form"
    answer["HX-Reswap"] = "outerHTML"
    return answer


def _news(
    request: HttpRequest, talk: Talk, after_id: int, event_id: int, *, new_key: UUID | None = None
) -> HttpResponse:
    """What came in, where the page stands now, and after sending a key for the next message."""
    page = stream.news_of(talk, after_id=after_id, event_id=event_id, now=request.now)
    gone = queries.taken_back_lately(talk.thread, request.now)
    context = {
        "page": page,
        "lines": page.lines,
        "gone": [stream.message_line(talk, one, (), now=request.now) for one in gone if one.pk <= after_id],
        "talk": talk,
        "headers": _headers(talk, page),
        "new_key": new_key,
        "is_news": True,
    }
    answer = render(request, NEWS, context)
    answer.headers["ETag"] = stream.tag_of(talk, page.event_id)
    return answer


def _headers(talk: Talk, page: stream.Page) -> str:
    """What the page sends when it asks for news: everything it shows, unless there is more than it was given."""
    tag = "" if page.has_later else stream.tag_of(talk, page.event_id)
    return json.dumps({"If-None-Match": tag})


def _context(request: HttpRequest, talk: Talk, form: MessageForm) -> dict[str, Any]:
    now = situation_of(talk.thread.job, talk.thread.worker_id)
    refusal = policy.can_write(actor_of(request), talk.thread, now, request.now)
    page = stream.page_of(talk, _stretch(request, talk), now=request.now)
    return {
        "talk": talk,
        "page": page,
        "lines": page.lines,
        "headers": _headers(talk, page),
        "standing": standing_of(talk, now),
        "open_until": now.open_until,
        "cannot_write": sentence(refusal) if refusal else "",
        **_form_context(talk, form, last_id=str(page.last_id), event_id=str(page.event_id)),
    }


def _form_context(talk: Talk, form: MessageForm, *, last_id: str, event_id: str) -> dict[str, Any]:
    phrases = phrases_for(is_client=talk.mine.member_id == talk.thread.client_id)
    return {"talk": talk, "form": form, "phrases": phrases, "seen": last_id, "happened": event_id}


def _stretch(request: HttpRequest, talk: Talk) -> Stretch:
    """Before or from a message that the address names; otherwise where one stopped reading."""
    if before_id := number(request.GET.get("before", "")):
        return queries.before(talk.thread, before_id)
    if from_id := number(request.GET.get("from", "")):
        return queries.since(talk.thread, from_id)
    return queries.newest(talk.thread) if "latest" in request.GET else queries.around_unread(talk)
