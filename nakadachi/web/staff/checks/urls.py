"""`/staff/checks/…`."""

from django.urls import path

from nakadachi.web.staff.checks import views

app_name = "checks"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:member_id>/<str:what>/", views.detail, name="detail"),
]
