"""Addresses of contracts. A POST to one of the nouns is the deed."""

from django.urls import path

from nakadachi.web.pages.contracts.views import (
    answering,
    changing,
    continuing,
    detail,
    ending,
    funding,
    inspecting,
    listing,
    nudging,
    prompting,
    terms,
    topping_up,
    working,
)

app_name = "contracts"

_ONE = "<int:contract_id>/"
_MILESTONE = f"{_ONE}milestones/<int:milestone_id>/"
_CHANGE = f"{_ONE}changes/<int:change_id>/"
_END = f"{_ONE}end/<int:end_id>/"

urlpatterns = [
    path("", listing.contracts, name="list"),
    path(_ONE, detail.contract, name="detail"),
    path(f"{_ONE}confirmation/", answering.confirmation, name="confirmation"),
    path(f"{_ONE}refusal/", answering.refusal, name="refusal"),
    path(f"{_ONE}offer/withdrawal/", answering.withdrawal, name="offer_withdrawal"),
    path(f"{_ONE}reorder/", continuing.reorder, name="reorder"),
    path(f"{_ONE}terms/", terms.document, name="terms"),
    path(f"{_ONE}terms/<int:version>.pdf", terms.pdf, name="terms_pdf"),
    path(f"{_ONE}terms/<int:older>-<int:newer>/", terms.difference, name="terms_difference"),
    path(f"{_ONE}history/", detail.history, name="history"),
    path(f"{_ONE}changes/new/", changing.proposal, name="change_new"),
    path(f"{_CHANGE}acceptance/", changing.acceptance, name="change_acceptance"),
    path(f"{_CHANGE}refusal/", changing.refusal, name="change_refusal"),
    path(f"{_CHANGE}withdrawal/", changing.withdrawal, name="change_withdrawal"),
    path(f"{_CHANGE}funding/", topping_up.funding, name="change_funding"),
    path(f"{_CHANGE}funding/<int:payment_id>/", topping_up.result, name="change_funding_result"),
    path(
        f"{_CHANGE}funding/<int:payment_id>/cancellation/", topping_up.cancellation, name="change_funding_cancellation"
    ),
    path(f"{_ONE}nudge/", nudging.nudge, name="nudge"),
    path(f"{_ONE}prompt/", prompting.prompt, name="prompt"),
    path(f"{_ONE}end/new/", ending.proposal, name="end_new"),
    path(f"{_ONE}end/alone/", ending.alone, name="end_alone"),
    path(f"{_END}acceptance/", ending.acceptance, name="end_acceptance"),
    path(f"{_END}refusal/", ending.refusal, name="end_refusal"),
    path(f"{_END}withdrawal/", ending.withdrawal, name="end_withdrawal"),
    path(_MILESTONE, detail.milestone, name="milestone"),
    path(f"{_MILESTONE}funding/", funding.funding, name="funding"),
    path(f"{_MILESTONE}funding/<int:payment_id>/", funding.result, name="funding_result"),
    path(f"{_MILESTONE}funding/<int:payment_id>/cancellation/", funding.cancellation, name="funding_cancellation"),
    path(f"{_MILESTONE}delivery/", working.delivery, name="delivery"),
    path(f"{_MILESTONE}delivery/withdrawal/", working.withdrawal, name="delivery_withdrawal"),
    path(f"{_MILESTONE}handback/", working.handback, name="handback"),
    path(f"{_MILESTONE}revision/", inspecting.revision, name="revision"),
    path(f"{_MILESTONE}acceptance/", inspecting.acceptance, name="acceptance"),
]
