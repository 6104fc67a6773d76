"""`/messages/…`."""

from django.urls import path

from nakadachi.web.pages.messages import beginning, lists, views

app_name = "messages"
urlpatterns = [
    path("", lists.threads, name="list"),
    path("search/", lists.search, name="search"),
    path("about/<str:kind>/<int:thing_id>/", beginning.about, name="about"),
    path("<int:thread_id>/", views.thread, name="thread"),
    path("<int:thread_id>/news/", views.news, name="news"),
    path("<int:thread_id>/read/", views.read, name="read"),
    path("<int:thread_id>/<int:message_id>/take-back/", views.take_back, name="take_back"),
]
