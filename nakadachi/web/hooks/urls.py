"""Addresses that other programs call."""

from django.urls import include, path

urlpatterns = [path("payments/", include("nakadachi.web.hooks.payments.urls"))]
