"""Addresses of proposals."""

from django.urls import path

from nakadachi.web.pages.proposals import keeping, offering, sending, views

app_name = "proposals"
urlpatterns = [
    path("jobs/<int:job_id>/proposals/", views.of_job, name="of_job"),
    path("jobs/<int:job_id>/proposals/new/", sending.new, name="new"),
    path("jobs/<int:job_id>/proposals/new/take-home/", sending.take_home, name="take_home"),
    path("proposals/", views.mine, name="mine"),
    path("proposals/templates/", keeping.index, name="templates"),
    path("proposals/templates/<int:template_id>/removal/", keeping.remove, name="remove_template"),
    path("proposals/<int:proposal_id>/", views.detail, name="detail"),
    path("proposals/<int:proposal_id>/withdrawal/", views.withdraw, name="withdraw"),
    path("proposals/<int:proposal_id>/refusal/", views.decline, name="decline"),
    path("proposals/<int:proposal_id>/offer/new/", offering.new, name="offer"),
    path("proposals/<int:proposal_id>/offer/new/sum/", offering.total, name="offer_sum"),
]
