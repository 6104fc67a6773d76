"""`/staff/…`. Every view in here stands behind a door of `guard`."""

from django.urls import include, path

from nakadachi.web.staff.funds import views as funds
from nakadachi.web.staff.home import views as home
from nakadachi.web.staff.ledger import views as ledger

app_name = "staff"
urlpatterns = [
    path("", home.home, name="home"),
    path("second-step/", home.second_step, name="second_step"),
    path("audit/", include("nakadachi.web.staff.audit.urls")),
    path("checks/", include("nakadachi.web.staff.checks.urls")),
    path("crew/", include("nakadachi.web.staff.crew.urls")),
    path("disputes/", include("nakadachi.web.staff.disputes.urls")),
    path("funds/", funds.overview, name="funds"),
    path("journals/<int:journal_id>/", ledger.journal, name="journal"),
    path("hourly/", include("nakadachi.web.staff.hourly.urls")),
    path("inquiries/", include("nakadachi.web.staff.inquiries.urls")),
    path("leaving/", include("nakadachi.web.staff.leaving.urls")),
    path("mails/", include("nakadachi.web.staff.mails.urls")),
    path("mediation/", include("nakadachi.web.staff.mediation.urls")),
    path("members/", include("nakadachi.web.staff.members.urls")),
    path("messages/", include("nakadachi.web.staff.messages.urls")),
    path("monthly/", include("nakadachi.web.staff.monthly.urls")),
    path("tasks/", include("nakadachi.web.staff.tasks.urls")),
    path("texts/", include("nakadachi.web.staff.texts.urls")),
    path("payouts/", include("nakadachi.web.staff.payouts.urls")),
    path("refunds/", include("nakadachi.web.staff.refunds.urls")),
]
