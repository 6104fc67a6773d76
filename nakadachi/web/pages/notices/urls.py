"""`/notices/…`."""

from django.urls import path

from nakadachi.web.pages.notices import stopping, views

app_name = "notices"
urlpatterns = [
    path("", views.index, name="list"),
    path("reading/", views.read_all, name="read_all"),
    path("stop/<str:token>/", stopping.stop, name="stop"),
    path("<int:notice_id>/opening/", views.open_notice, name="open"),
]
