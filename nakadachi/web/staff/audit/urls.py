"""`/staff/audit/…`."""

from django.urls import path

from nakadachi.web.staff.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.exported, name="export"),
]
