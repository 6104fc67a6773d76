"""`/settings/data/…`."""

from django.urls import path

from nakadachi.web.pages.takeaway import views

app_name = "export"
urlpatterns = [
    path("data/", views.home, name="home"),
    path("data/new/", views.ask, name="ask"),
    path("data/<int:export_id>/archive.zip", views.download, name="download"),
]
