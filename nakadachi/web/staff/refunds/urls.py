"""`/staff/refunds/…`."""

from django.urls import path

from nakadachi.web.staff.refunds import views

app_name = "refunds"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:refund_id>/", views.detail, name="detail"),
    path("<int:refund_id>/retry/", views.retry, name="retry"),
    path("<int:refund_id>/drop/", views.drop, name="drop"),
    path("<int:refund_id>/transfer/", views.transfer, name="transfer"),
]
