"""The gallery's one page."""

from django.urls import path

from nakadachi.web.ui.gallery import views

app_name = "gallery"
urlpatterns = [path("", views.gallery, name="page")]
