"""`/staff/inquiries/…`."""

from django.urls import path

from nakadachi.web.staff.inquiries import views

app_name = "inquiries"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:inquiry_id>/", views.detail, name="detail"),
    path("<int:inquiry_id>/note/", views.note, name="note"),
    path("<int:inquiry_id>/take/", views.take, name="take"),
    path("<int:inquiry_id>/close/", views.close, name="close"),
]
