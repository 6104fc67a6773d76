"""One picture of one member."""

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from nakadachi.kernel.refusal import Gone
from nakadachi.people import veil
from nakadachi.people.avatars import open_avatar
from nakadachi.web.ui.views import FOR_EVER


@require_safe
def picture(request: HttpRequest, digest: str, size: str) -> FileResponse:
    """WebP that we made ourselves, and nothing else."""
    if veil.had_picture(digest):
        raise Gone
    answer = FileResponse(open_avatar(digest, int(size)), content_type="image/webp")
    answer["Cache-Control"] = FOR_EVER
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
