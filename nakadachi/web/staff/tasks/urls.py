"""`/staff/tasks/…`."""

from django.urls import path

from nakadachi.web.staff.tasks import views

app_name = "tasks"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:claim_id>/", views.detail, name="detail"),
]
