"""`/staff/payouts/…`."""

from django.urls import path

from nakadachi.web.staff.payouts import views

app_name = "payouts"
urlpatterns = [
    path("", views.listing, name="list"),
    path("closing/", views.closing, name="closing"),
    path("extra/", views.extra, name="extra"),
    path("<int:run_id>/", views.detail, name="detail"),
    path("<int:run_id>/file/", views.file, name="file"),
    path("<int:run_id>/csv/", views.csv_file, name="csv"),
    path("<int:run_id>/sent/", views.sent, name="sent"),
    path("transfers/<int:payout_id>/return/", views.returned, name="return"),
]
