"""`/mediation/…`. A POST to one of the nouns is the deed."""

from django.urls import path

from nakadachi.web.pages.mediation import answering, asking, handing, offering, views

app_name = "mediation"
_ONE = "<int:case_id>/"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("new/<int:hold_id>/", asking.new, name="new"),
    path(_ONE, views.detail, name="detail"),
    path(f"{_ONE}evidence.zip", handing.archive, name="evidence"),
    path(f"{_ONE}offer/", offering.offer, name="offer"),
    path(f"{_ONE}withdrawal/", asking.withdrawal, name="withdrawal"),
    path(f"{_ONE}acceptance/", answering.acceptance, name="acceptance"),
    path(f"{_ONE}appeal/", answering.appeal, name="appeal"),
]
