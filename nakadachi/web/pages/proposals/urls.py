"""Addresses of proposals."""

from django.urls import path

from nakadachi.web.pages.proposals import answering, countering, keeping, offering, revising, sending, views

app_name = "proposals"
urlpatterns = [
    path("jobs/<int:job_id>/proposals/", views.of_job, name="of_job"),
    path("jobs/<int:job_id>/proposals/new/", sending.new, name="new"),
    path("jobs/<int:job_id>/proposals/new/take-home/", sending.take_home, name="take_home"),
    path("jobs/<int:job_id>/proposals/refusal/", answering.decline_rest, name="decline_rest"),
    path("proposals/", views.mine, name="mine"),
    path("proposals/templates/", keeping.index, name="templates"),
    path("proposals/templates/<int:template_id>/removal/", keeping.remove, name="remove_template"),
    path("proposals/<int:proposal_id>/", views.detail, name="detail"),
    path("proposals/<int:proposal_id>/withdrawal/", views.withdraw, name="withdraw"),
    path("proposals/<int:proposal_id>/refusal/", answering.decline, name="decline"),
    path("proposals/<int:proposal_id>/reconsideration/", answering.reconsider, name="reconsider"),
    path("proposals/<int:proposal_id>/keeping/", answering.keep, name="keep"),
    path("proposals/<int:proposal_id>/change/", revising.revise, name="revise"),
    path("proposals/<int:proposal_id>/standing-by/", revising.stand_by, name="stand_by"),
    path("proposals/<int:proposal_id>/versions/<int:number>/", revising.version, name="version"),
    path("proposals/<int:proposal_id>/counters/new/", countering.new, name="counter"),
    path("proposals/<int:proposal_id>/counters/new/money/", countering.take_home, name="counter_money"),
    path("proposals/<int:proposal_id>/counters/<int:counter_id>/acceptance/", countering.accept, name="counter_accept"),
    path("proposals/<int:proposal_id>/counters/<int:counter_id>/refusal/", countering.decline, name="counter_decline"),
    path(
        "proposals/<int:proposal_id>/counters/<int:counter_id>/withdrawal/",
        countering.withdraw,
        name="counter_withdraw",
    ),
    path("proposals/<int:proposal_id>/offer/new/", offering.new, name="offer"),
    path("proposals/<int:proposal_id>/offer/new/sum/", offering.total, name="offer_sum"),
]
