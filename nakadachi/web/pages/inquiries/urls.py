"""`/inquiries/…`."""

from django.urls import path

from nakadachi.web.pages.inquiries import asking, views

app_name = "inquiries"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("new/", asking.new, name="new"),
    path("sent/", asking.sent, name="sent"),
    path("<int:inquiry_id>/", views.detail, name="detail"),
    path("<int:inquiry_id>/close/", views.close, name="close"),
    path("mail/<str:token>/", views.by_mail, name="by_mail"),
]
