"""Addresses of hourly work."""

from django.urls import path

from nakadachi.web.pages.hourly.views import contract, entries, offering, paying, reviewing, tracker, week

app_name = "hourly"
_WEEK = "contracts/<int:contract_id>/weeks/<int:week_id>/"
_PAYMENT = f"{_WEEK}funding/<int:payment_id>/"
_ENTRY = f"{_WEEK}entries/<int:entry_id>/"

urlpatterns = [
    path("tracker/", tracker.page, name="tracker"),
    path("tracker/start/", tracker.start, name="start"),
    path("tracker/<int:entry_id>/stop/", tracker.stop, name="stop"),
    path("tracker/<int:entry_id>/sign/", tracker.sign, name="sign"),
    path("proposals/<int:proposal_id>/hours/", offering.new, name="offer"),
    path("contracts/<int:contract_id>/hours/", contract.page, name="contract"),
    path("contracts/<int:contract_id>/hours/history/", contract.history, name="history"),
    path("contracts/<int:contract_id>/hours/csv/", contract.csv_file, name="csv"),
    path("contracts/<int:contract_id>/hours/finish/", contract.finish, name="finish"),
    path(_WEEK, week.page, name="week"),
    path(f"{_WEEK}report/", week.report, name="report"),
    path(f"{_WEEK}review/", reviewing.review, name="review"),
    path(f"{_WEEK}answer/", reviewing.answer, name="answer"),
    path(f"{_WEEK}funding/", paying.funding, name="funding"),
    path(_PAYMENT, paying.result, name="funding_result"),
    path(f"{_PAYMENT}cancellation/", paying.cancellation, name="funding_cancellation"),
    path(f"{_WEEK}entries/new/", entries.new, name="entry_new"),
    path(_ENTRY, entries.entry, name="entry"),
    path(f"{_ENTRY}deletion/", entries.deletion, name="entry_deletion"),
]
