"""One address."""

from django.urls import path

from nakadachi.web.pages.mypage import views

app_name = "mypage"
urlpatterns = [path("", views.mypage, name="home")]
