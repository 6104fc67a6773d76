"""The evidence of a case as a download, streamed while it is put together."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nakadachi.trust.mediation import evidence, queries
from nakadachi.trust.mediation.models import Case
from nakadachi.web.pages.files.handing import harmless
from nakadachi.web.ui.answers import actor_of


@login_required
@require_safe
def archive(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """The same for both sides."""
    return answer(queries.case_for(actor_of(request), case_id))


def answer(case: Case) -> HttpResponseBase:
    """The archive of a case that somebody may see."""
    name = _("Evidence of mediation %(number)s.zip") % {"number": case.pk}
    found = StreamingHttpResponse(evidence.pieces(evidence.bundle_of(case)), content_type="application/zip")
    found.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return harmless(found)
