"""`/staff/mediation/…`."""

from django.urls import path

from nakadachi.web.staff.mediation import ruling, views

app_name = "mediation"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:case_id>/", views.detail, name="detail"),
    path("<int:case_id>/evidence/", views.archive, name="evidence"),
    path("<int:case_id>/ruling/", ruling.write, name="ruling"),
]
