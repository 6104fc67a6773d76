"""`/avatars/…`."""

from django.urls import re_path

from nakadachi.web.pages.avatars import views

app_name = "avatars"
urlpatterns = [re_path(r"^(?P<digest>[0-9a-f]{40})-(?P<size>64|256)\.webp$", views.picture, name="picture")]
