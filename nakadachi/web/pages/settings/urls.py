"""`/settings/…`."""

from django.urls import path

from nakadachi.web.pages.settings import avatar, bank, blocked, notifications, security, verification, views

app_name = "settings"
urlpatterns = [
    path("", views.home, name="home"),
    path("profile/", views.profile, name="profile"),
    path("avatar/", avatar.change, name="avatar"),
    path("avatar/removal/", avatar.remove, name="avatar_removal"),
    path("name/", views.legal_name, name="name"),
    path("invoice/", views.invoice_number, name="invoice"),
    path("language/", views.language, name="language"),
    path("payouts/", views.payout_mode, name="payouts"),
    path("security/", security.overview, name="security"),
    path("security/sessions/<uuid:token>/end/", security.end_session, name="session_end"),
    path("security/sessions/end/", security.end_others, name="sessions_end"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("bank/", bank.current, name="bank"),
    path("bank/new/", bank.new, name="bank_new"),
    path("bank/kana/", bank.kana, name="bank_kana"),
    path("verification/", verification.overview, name="verification"),
    path("verification/<slug:what>/", verification.ask, name="verification_ask"),
    path("blocked/", blocked.index, name="blocked"),
    path("blocked/<str:where>/<int:thing_id>/", blocked.new, name="block"),
    path("blocked/<int:block_id>/lift/", blocked.lift, name="unblock"),
]
