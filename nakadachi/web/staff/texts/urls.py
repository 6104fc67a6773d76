"""`/staff/texts/…`."""

from django.urls import path

from nakadachi.web.staff.texts import views

app_name = "texts"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<slug:kind>/", views.edit, name="edit"),
    path("<slug:kind>/preview/", views.preview, name="preview"),
    path("<slug:kind>/discard/", views.discard, name="discard"),
]
