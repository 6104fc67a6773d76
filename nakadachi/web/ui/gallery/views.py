"""The gallery's view: sample values only, open to everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.infra.paging import Page
from nakadachi.web.ui.gallery import samples
from nakadachi.web.ui.icons import ICONS


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, in all its states."""
    context = samples.context(request.now)
    return render(request, "ui/gallery/page.html", {**context, "icons": ICONS, "page": Page([], next="sample")})
