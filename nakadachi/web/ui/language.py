"""The choice of language in the foot of every page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from nakadachi.people import actions
from nakadachi.web.ui.answers import actor_of


@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remembered by a cookie, for members on their account too. A visitor's page carries no token of its own, so that
    it may be kept for everybody; to be tricked into another language does no harm."""
    return _remembered(request) if request.user.is_authenticated else set_language(request)


@csrf_protect
def _remembered(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        actions.set_language(member=request.user, language=language, by=actor_of(request), at=request.now)
    return set_language(request)
