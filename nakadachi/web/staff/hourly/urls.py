"""`/staff/hourly/…`."""

from django.urls import path

from nakadachi.web.staff.hourly import views

app_name = "hourly"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:contract_id>/", views.detail, name="detail"),
    path("<int:contract_id>/weeks/<int:week_id>/", views.week, name="week"),
]
