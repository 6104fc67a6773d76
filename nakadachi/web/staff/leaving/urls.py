"""`/staff/leaving/…`."""

from django.urls import path

from nakadachi.web.staff.leaving import views

app_name = "leaving"
urlpatterns = [
    path("", views.overview, name="figures"),
    path("figures.csv", views.table, name="csv"),
]
