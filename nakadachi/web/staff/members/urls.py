"""`/staff/members/…`."""

from django.urls import path

from nakadachi.web.staff.members import certifying, kept, sanctions, statement, views

app_name = "members"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:member_id>/", views.detail, name="detail"),
    path("<int:member_id>/disclosure/", views.disclosed, name="disclosure"),
    path("<int:member_id>/notes/", views.note, name="note"),
    path("<int:member_id>/suspension/", sanctions.suspension, name="suspension"),
    path("<int:member_id>/lifting/", sanctions.lifting, name="lifting"),
    path("<int:member_id>/certification/", certifying.certification, name="certification"),
    path("<int:member_id>/certification/withdrawal/", certifying.withdrawal, name="withdrawal"),
    path("<int:member_id>/kept/", kept.kept, name="kept"),
    path("<int:member_id>/statement/", statement.entries, name="statement"),
]
