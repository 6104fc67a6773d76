"""`/staff/disputes/…`."""

from django.urls import path

from nakadachi.web.staff.disputes import views

app_name = "disputes"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:dispute_id>/", views.detail, name="detail"),
    path("<int:dispute_id>/decision/", views.decision, name="decision"),
]
