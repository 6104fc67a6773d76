"""One's threads, and messages found by their words."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from nakadachi.infra.text import tidy_line
from nakadachi.people.models import Member
from nakadachi.trust.messaging import queries
from nakadachi.trust.messaging.models import Message, Seat
from nakadachi.trust.messaging.queries import WORDS_MAX
from nakadachi.web.pages.messages.forms import number
from nakadachi.web.pages.messages.turns import turns_of
from nakadachi.web.ui.answers import actor_of

EXCERPT_LENGTH_MAX = 80


@dataclass(frozen=True)
class Row:
    """One thread or one found message: whom, about what, the words, and where it leads."""

    other: Member
    title: str
    href: str
    words: str
    at: datetime
    unread_count: int = 0
    stage: str = ""
    tone: str = "plain"
    turn: str = ""
    is_mine: bool = False


@login_required
@require_safe
def threads(request: HttpRequest) -> HttpResponse:
    """Whom one talks to, the last first."""
    only = request.GET.get("show") == "unread"
    job_id = number(request.GET.get("job", ""))
    page = queries.seats_page(actor_of(request), unread=only, job_id=job_id, after=request.GET.get("after", ""))
    turns = turns_of([seat.thread for seat in page.rows], viewer_id=request.user.pk, now=request.now)
    tabs = [(pgettext("work", "All"), "?", not only), (_("Unread"), "?show=unread", only)]
    context = {
        "page": page,
        "rows": [_row(seat, request.user.pk, turns) for seat in page.rows],
        "tabs": tabs,
        "only_unread": only,
        "of_job": page.rows[0].thread.job if job_id and page.rows else None,
    }
    return render(request, "messages/list.html", context)


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Messages in which the words stand, in one thread or in all."""
    words = tidy_line(request.GET.get("q", ""))[:WORDS_MAX]
    actor = actor_of(request)
    thread_id = number(request.GET.get("thread", ""))
    talk = queries.talk_for(actor, thread_id) if thread_id else None
    page = queries.search(actor, words, thread_id=thread_id, after=request.GET.get("after", ""))
    rows = [_found(message, request.user.pk, words) for message in page.rows]
    return render(request, "messages/search.html", {"page": page, "rows": rows, "words": words, "talk": talk})


def _row(seat: Seat, viewer_id: int, turns: dict[int, tuple[str, str, str, bool]]) -> Row:
    thread = seat.thread
    stage, tone, turn, is_mine = turns[thread.pk]
    if not turn and seat.newest.author_id != viewer_id and not seat.newest.is_taken_back:
        turn, is_mine = _("Please answer"), True
    anchor = "unread" if seat.unread_count else "latest"
    return Row(
        thread.other_side(viewer_id),
        thread.job.title,
        f"{reverse('messages:thread', args=[thread.pk])}#{anchor}",
        _last_words(seat.newest, viewer_id),
        seat.newest.at,
        seat.unread_count,
        stage,
        tone,
        turn,
        is_mine,
    )


def _last_words(message: Message, viewer_id: int) -> str:
    if message.is_taken_back:
        words = _("A message was taken back")
    elif message.text:
        words = _shortened(tidy_line(message.text))
    else:
        words = ngettext("%(count)s file", "%(count)s files", message.files_count) % {"count": message.files_count}
    return _("You: %(words)s") % {"words": words} if message.author_id == viewer_id else words


def _shortened(line: str) -> str:
    return line if len(line) <= EXCERPT_LENGTH_MAX else f"{line[: EXCERPT_LENGTH_MAX - 1]}…"


def _found(message: Message, viewer_id: int, words: str) -> Row:
    """Around the first of the words."""
    line = tidy_line(message.text)
    at = max(line.lower().find(words.split(maxsplit=1)[0].lower()) - EXCERPT_LENGTH_MAX // 3, 0)
    excerpt = ("…" if at else "") + _shortened(line[at:])
    query = urlencode({"from": message.pk})
    href = f"{reverse('messages:thread', args=[message.thread_id])}?{query}#m{message.pk}"
    author = message.author
    return Row(author, message.thread.job.title, href, excerpt, message.at, is_mine=author.pk == viewer_id)
