"""`/_sandbox/…`. The address is the secret, as at a real card company."""

from django.urls import path

from nakadachi.web.pages.cardcompany import views

app_name = "cardcompany"
urlpatterns = [path("3ds/<str:token>/", views.challenge, name="challenge")]
