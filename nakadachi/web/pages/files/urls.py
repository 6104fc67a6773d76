"""The one address of a stored file."""

from django.urls import path

from nakadachi.web.pages.files import views

app_name = "files"
urlpatterns = [path("<slug:token>/<str:name>", views.download, name="download")]
