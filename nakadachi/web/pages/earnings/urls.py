"""Addresses of 「報酬管理」. Payout requests have their own package below it."""

from django.urls import include, path

from nakadachi.web.pages.earnings import views

app_name = "earnings"
urlpatterns = [
    path("", views.board, name="board"),
    path("paid/", views.paid, name="paid"),
    path("paid.csv", views.paid_csv, name="paid_csv"),
    path("refunds/", views.refunds, name="refunds"),
    path("statement.csv", views.statement_csv, name="statement_csv"),
    path("contracts/<int:contract_id>/", views.contract_money, name="contract"),
    path("journals/<int:journal_id>/", views.journal, name="journal"),
    path("payouts/", include("nakadachi.web.pages.earnings.payouts.urls")),
]
