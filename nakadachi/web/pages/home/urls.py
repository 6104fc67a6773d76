"""The front page."""

from django.urls import path

from nakadachi.web.pages.home import views

app_name = "home"
urlpatterns = [path("", views.index, name="index")]
