"""/healthz, /readyz and /metrics."""

from django.urls import path

from nakadachi.web.pages.health import views

app_name = "health"
urlpatterns = [
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
