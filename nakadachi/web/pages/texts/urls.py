"""`/legal/…`."""

from django.urls import path

from nakadachi.web.pages.texts import agreeing, views

app_name = "texts"
urlpatterns = [
    path("", views.index, name="list"),
    path("agree/", agreeing.agree, name="agree"),
    path("<slug:kind>/", views.current, name="current"),
    path("<slug:kind>/<slug:dated>/", views.version, name="version"),
]
