"""`/staff/members/…`."""

from django.urls import path

from nakadachi.web.staff.members import views

app_name = "members"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:member_id>/", views.detail, name="detail"),
]
