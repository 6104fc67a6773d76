"""Health, readiness and figures, for proxies and monitoring."""

import secrets

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from nakadachi.web.pages.health.exposition import exposition

PLAIN = "text/plain; charset=utf-8"


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. Restart it when it does not."""
    return HttpResponse("ok\n", content_type=PLAIN)


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and is migrated. Send no visitors here while it is not (503)."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        is_made = MigrationRecorder(connection).has_table()
    except Error:
        return HttpResponse("the database does not answer\n", status=503, content_type=PLAIN)
    if not is_made:
        return HttpResponse("the database is not migrated\n", status=503, content_type=PLAIN)
    return HttpResponse("ready\n", content_type=PLAIN)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, only with `Authorization: Bearer METRICS_TOKEN`; otherwise as if there were none."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    return HttpResponse(exposition(request.now), content_type=CONTENT_TYPE_LATEST)
