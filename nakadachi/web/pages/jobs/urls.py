"""Addresses of postings."""

from django.urls import path

from nakadachi.web.pages.jobs import history, own, recruiting, views, ways
from nakadachi.web.pages.jobs.forms import FORMS

app_name = "jobs"
urlpatterns = [
    path("jobs/", views.index, name="list"),
    path("jobs/mine/", own.mine, name="mine"),
    path("jobs/new/", ways.choose, name="new"),
    *(path(f"jobs/new/{format}/", own.new, {"format": format}, name=f"new_{format}") for format in FORMS),
    path("jobs/<int:job_id>/", views.detail, name="detail"),
    path("jobs/<int:job_id>/edit/", own.edit, name="edit"),
    path("jobs/<int:job_id>/confirm/", own.confirm, name="confirm"),
    path("jobs/<int:job_id>/closing/", recruiting.close, name="close"),
    path("jobs/<int:job_id>/closing/undo/", recruiting.undo_closing, name="undo_closing"),
    path("jobs/<int:job_id>/reopening/", recruiting.reopen, name="reopen"),
    path("jobs/<int:job_id>/versions/<int:number>/", history.version, name="version"),
    path("jobs/<int:job_id>/discarding/", own.discard, name="discard"),
]
