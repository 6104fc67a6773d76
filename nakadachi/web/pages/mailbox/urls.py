"""`/_mail/…`."""

from django.urls import path

from nakadachi.web.pages.mailbox import views

app_name = "mailbox"
urlpatterns = [
    path("", views.inbox, name="list"),
    path("<str:name>/", views.detail, name="detail"),
    path("<str:name>/html/", views.html, name="html"),
]
