"""Addresses of work by the month."""

from django.urls import path

from nakadachi.web.pages.monthly import noticing, offering

app_name = "monthly"
urlpatterns = [
    path("proposals/<int:proposal_id>/offer/monthly/", offering.new, name="offer"),
    path("contracts/<int:contract_id>/notice/", noticing.notice, name="notice"),
]
