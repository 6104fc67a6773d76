"""Addresses of the payment providers' webhooks."""

from django.urls import path

from nakadachi.web.hooks.payments import views

app_name = "hooks_payments"
urlpatterns = [path("<slug:gateway>/", views.receive, name="receive")]
