"""All addresses. Each resource lists its own in `web/pages/<resource>/urls.py`."""

from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

PAGES = {
    "home": "",
    "jobs": "",
    "proposals": "",
    "contracts": "contracts/",
    "files": "files/",
    "mypage": "mypage/",
    "earnings": "earnings/",
    "settings": "settings/",
    "help": "",
    "health": "",
}
DEMO_ONLY = {"mailbox": "_mail/"}

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("", include("nakadachi.web.ui.urls")),
    path("language/", include("django.conf.urls.i18n")),
]


def add(prefix: str, module: str) -> None:
    """Include a resource's addresses."""
    if (Path(settings.ROOT) / module.replace(".", "/")).with_suffix(".py").exists():
        try:
            urlpatterns.append(path(prefix, include(module)))
        except ImportError:  # still being written
            pass


for resource, prefix in PAGES.items():
    add(prefix, f"nakadachi.web.pages.{resource}.urls")
if settings.DEMO:
    for resource, prefix in DEMO_ONLY.items():
        add(prefix, f"nakadachi.web.pages.{resource}.urls")
    add("_gallery/", "nakadachi.web.ui.gallery.urls")
add("staff/", "nakadachi.web.staff.urls")
add("hooks/", "nakadachi.web.hooks.urls")

handler400 = "nakadachi.web.ui.errors.bad_request"
handler403 = "nakadachi.web.ui.errors.forbidden"
handler404 = "nakadachi.web.ui.errors.not_found"
handler500 = "nakadachi.web.ui.errors.server_error"
