"""`/earnings/payouts/…`."""

from django.urls import path

from nakadachi.web.pages.earnings.payouts import views

app_name = "payouts"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("<int:payout_id>/", views.detail, name="detail"),
    path("<int:payout_id>/cancellation/", views.cancellation, name="cancellation"),
]
