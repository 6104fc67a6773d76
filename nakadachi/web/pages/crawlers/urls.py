"""/robots.txt and /sitemap.xml."""

from django.urls import path

from nakadachi.web.pages.crawlers import views

app_name = "crawlers"
urlpatterns = [path("robots.txt", views.robots, name="robots"), path("sitemap.xml", views.sitemap, name="sitemap")]
