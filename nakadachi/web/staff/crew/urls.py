"""`/staff/crew/…`."""

from django.urls import path

from nakadachi.web.staff.crew import views

app_name = "crew"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("<int:member_id>/", views.role, name="role"),
]
