"""Addresses of the pages that explain."""

from django.urls import path

from nakadachi.web.pages.help import views

app_name = "help"
urlpatterns = [
    path("fees/", views.fees, name="fees"),
    path("guide/", views.guide, name="guide"),
    path("guide/leaving/", views.leaving, name="leaving"),
]
