"""Addresses of tasks. A POST to one of the nouns is the deed."""

from django.urls import path

from nakadachi.web.pages.tasks import deciding, paying, views, working, writing

app_name = "tasks"

_ONE = "tasks/<int:task_id>/"
_QUESTION = f"{_ONE}questions/<str:key>/"
_CLAIM = f"{_ONE}answers/<int:claim_id>/"

urlpatterns = [
    path("jobs/new/task/", writing.new, name="new"),
    path("tasks/mine/", working.mine, name="mine"),
    path(_ONE, views.detail, name="detail"),
    path(f"{_ONE}edit/", writing.edit, name="edit"),
    path(f"{_ONE}removal/", writing.removal, name="removal"),
    path(f"{_ONE}questions/", writing.questions, name="questions"),
    path(_QUESTION, writing.question, name="question"),
    path(f"{_QUESTION}removal/", writing.question_removal, name="question_removal"),
    path(f"{_QUESTION}up/", writing.question_up, name="question_up"),
    path(f"{_ONE}funding/", paying.funding, name="funding"),
    path(f"{_ONE}funding/<int:payment_id>/", paying.result, name="funding_result"),
    path(f"{_ONE}funding/<int:payment_id>/cancellation/", paying.cancellation, name="funding_cancellation"),
    path(f"{_ONE}claim/", working.claim, name="claim"),
    path(f"{_ONE}answers/", deciding.answers, name="answers"),
    path(f"{_ONE}approval/", deciding.approval, name="approval"),
    path(f"{_ONE}closing/", deciding.closing, name="closing"),
    path(f"{_ONE}results.csv", deciding.results_csv, name="results"),
    path(_CLAIM, deciding.answer, name="answer"),
    path(f"{_CLAIM}work/", working.work, name="work"),
    path(f"{_CLAIM}return/", working.giving_back, name="give_back"),
    path(f"{_CLAIM}rejection/", deciding.rejection, name="rejection"),
    path(f"{_CLAIM}appeal/", working.appeal, name="appeal"),
    path(f"{_CLAIM}no-objection/", working.acceptance_of_rejection, name="no_objection"),
]
