"""`/staff/messages/…`."""

from django.urls import path

from nakadachi.web.staff.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:thread_id>/", views.detail, name="detail"),
]
