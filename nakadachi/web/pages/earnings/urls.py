"""Addresses of 「報酬管理」. Payout requests have their own package below it."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from nakadachi.web.pages.earnings import views

PAYOUTS = "nakadachi.web.pages.earnings.payouts"

app_name = "earnings"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.board, name="board"),
    path("paid/", views.paid, name="paid"),
    path("statement.csv", views.statement_csv, name="statement_csv"),
    path("contracts/<int:contract_id>/", views.contract_money, name="contract"),
    path("journals/<int:journal_id>/", views.journal, name="journal"),
]
if find_spec(PAYOUTS):
    urlpatterns.append(path("payouts/", include(f"{PAYOUTS}.urls")))
