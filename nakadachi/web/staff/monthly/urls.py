"""`/staff/monthly/…`."""

from django.urls import path

from nakadachi.web.staff.monthly import views

app_name = "monthly"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:contract_id>/", views.detail, name="detail"),
]
