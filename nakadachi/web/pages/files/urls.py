"""Addresses of files: on their way, looked at, fetched."""

from django.urls import path

from nakadachi.web.pages.files import receiving, views

app_name = "files"
urlpatterns = [
    path("uploads/", receiving.announce, name="announce"),
    path("uploads/<slug:token>/", receiving.piece, name="piece"),
    path("view/<slug:token>/", views.look, name="look"),
    path("view/<slug:token>/<str:size>.webp", views.preview, name="preview"),
    path("<slug:token>/<str:name>", views.download, name="download"),
]
