"""All addresses. Each resource lists its own in `web/pages/<resource>/urls.py`."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

PAGES = {
    "": ("home", "tasks", "jobs", "proposals", "monthly", "hourly", "help", "health", "crawlers"),
    "contracts/": ("contracts",),
    "avatars/": ("avatars",),
    "files/": ("files",),
    "legal/": ("texts",),
    "mypage/": ("mypage",),
    "earnings/": ("earnings",),
    "settings/closing/": ("leaving",),
    "settings/": ("settings", "takeaway"),
    "messages/": ("messages",),
    "notices/": ("notices",),
    "inquiries/": ("inquiries",),
    "mediation/": ("mediation",),
}

security_page = RedirectView.as_view(pattern_name="settings:security")
"""Where allauth goes after its own pages about second factors."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/2fa/", security_page, name="mfa_index"),
    path("accounts/2fa/webauthn/", security_page, name="mfa_list_webauthn"),
    path("accounts/", include("allauth.urls")),
    path("hooks/", include("nakadachi.web.hooks.urls")),
    path("staff/", include("nakadachi.web.staff.urls")),
    path("", include("nakadachi.web.ui.urls")),
    *(
        path(prefix, include(f"nakadachi.web.pages.{resource}.urls"))
        for prefix, resources in PAGES.items()
        for resource in resources
    ),
]
if settings.DEMO:
    urlpatterns += [
        path("_mail/", include("nakadachi.web.pages.mailbox.urls")),
        path("_demo/code/", include("nakadachi.web.pages.demo_code.urls")),
        path("_gallery/", include("nakadachi.web.ui.gallery.urls")),
    ]
if settings.PAYMENT_GATEWAY == "sandbox":
    urlpatterns += [path("_sandbox/", include("nakadachi.web.pages.cardcompany.urls"))]

handler400 = "nakadachi.web.ui.errors.bad_request"
handler403 = "nakadachi.web.ui.errors.forbidden"
handler404 = "nakadachi.web.ui.errors.not_found"
handler429 = "nakadachi.web.ui.errors.too_many"
handler500 = "nakadachi.web.ui.errors.server_error"
