"""`/settings/closing/…`: 退会. A POST to one of the nouns is the deed."""

from django.urls import path

from nakadachi.web.pages.leaving import views

app_name = "leaving"
urlpatterns = [
    path("", views.overview, name="overview"),
]
