"""Addresses of the kit itself: the assembled stylesheet and script, and the pictures of the frame."""

from django.urls import path

from nakadachi.web.ui import language, views

app_name = "ui"
urlpatterns = [
    path("language/", language.choose, name="language"),
    path("assets/<slug:digest>.css", views.bundle, {"kind": "css"}, name="css"),
    path("assets/<slug:digest>.js", views.bundle, {"kind": "js"}, name="js"),
    path("assets/<slug:digest>/<str:name>", views.picture, name="picture"),
]
