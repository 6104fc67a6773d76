"""`/_demo/code/`, in the demo only."""

from django.urls import path

from nakadachi.web.pages.demo_code import views

app_name = "demo_code"
urlpatterns = [path("", views.page, name="page")]
