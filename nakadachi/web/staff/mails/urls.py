"""`/staff/mails/…`."""

from django.urls import path

from nakadachi.web.staff.mails import views

app_name = "mails"
urlpatterns = [
    path("", views.listing, name="list"),
    path("retrying/", views.retry, name="retry"),
]
