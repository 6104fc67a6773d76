"""`/staff/…`. Every view in here is wrapped by `guard.operators_only`."""

from django.urls import include, path

from nakadachi.web.staff.funds import views as funds
from nakadachi.web.staff.home import views as home

app_name = "staff"
urlpatterns = [
    path("", home.home, name="home"),
    path("funds/", funds.overview, name="funds"),
    path("payouts/", include("nakadachi.web.staff.payouts.urls")),
]
