"""The one address of a stored file."""

from django.urls import path

from nakadachi.web.pages.files import views

app_name = "files"
urlpatterns = [path("<str:token>/<str:name>", views.download, name="download")]
