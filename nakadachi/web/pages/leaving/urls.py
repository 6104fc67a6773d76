"""`/settings/closing/…`: 退会. A POST to one of the nouns is the deed."""

from django.urls import path

from nakadachi.web.pages.leaving import afterwards, claiming, papers, remedying, views

app_name = "leaving"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("remedies/<slug:name>/", remedying.remedy, name="remedy"),
    path("news/", views.news, name="news"),
    path("undo/", views.undo, name="undo"),
    path("consent/", views.consent, name="consent"),
    path("closed/<str:token>/", afterwards.afterwards, name="afterwards"),
    path("closed/<str:token>/receipt.pdf", papers.receipt, {"kind": "pdf"}, name="receipt_pdf"),
    path("closed/<str:token>/receipt.json", papers.receipt, {"kind": "json"}, name="receipt_json"),
    path("receipt/", papers.verify, name="verify"),
    path("claim/", claiming.claim, name="claim"),
    path("closed/<str:token>/undo/", afterwards.undo, name="afterwards_undo"),
]
