"""The receipt: fetched by the link that came by mail, and verified by anybody who was handed one."""

from typing import Any

from django import forms
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.closing import queries
from nakadachi.closing.models import Closing, ReceiptKey
from nakadachi.closing.receipt import papers
from nakadachi.kernel.refusal import NotVisible

VERIFY = "leaving/verify.html"


@require_safe
def receipt(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """One of the two files, once the erasing is finished."""
    closing = queries.closing_of_token(token)
    if closing.status != Closing.Status.ERASED:
        raise NotVisible
    content = papers.pdf_of(closing) if kind == "pdf" else papers.json_of(closing)
    answer = HttpResponse(content, content_type=f"application/{kind}")
    answer.headers["Content-Disposition"] = f'attachment; filename="receipt-{closing.pk}.{kind}"'
    return answer


class VerifyForm(forms.Form):
    """The file as it was handed over."""

    file = forms.FileField(
        label=gettext_lazy("The receipt, PDF or JSON"),
        help_text=gettext_lazy("It is read once and not kept."),
        error_messages={
            "required": gettext_lazy("Please choose the file of a receipt, 2 MB at most."),
            "empty": gettext_lazy("This file is empty. Please choose the file of a receipt."),
        },
    )


class OneSmallFile(MemoryFileUploadHandler):
    """Whoever verifies has no account: a small file is looked at in memory, anything larger is not read."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any) -> None:  # noqa: N803
        """Remember whether it is small."""
        self.activated = content_length <= papers.FILE_BYTES_MAX

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """What is too large is dropped as it comes."""
        return super().receive_data_chunk(raw_data, start) if self.activated else None


@csrf_exempt
def verify(request: HttpRequest) -> HttpResponse:
    """The file is read by a handler of its own; the check of the form follows inside."""
    request.upload_handlers = [OneSmallFile(request)]
    return _verify(request)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _verify(request: HttpRequest) -> HttpResponse:
    context = {"keys": ReceiptKey.objects.order_by("since", "key_id"), "form": VerifyForm()}
    if request.method != "POST":
        return render(request, VERIFY, context)
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, VERIFY, {**context, "form": form}, status=422)
    verdict = papers.verdict_on(form.cleaned_data["file"].read())
    return render(request, VERIFY, {**context, "verdict": verdict, "facts": _shown(verdict)})


def _shown(verdict: papers.Verdict) -> list[tuple[str, str]]:
    """The first lines of a JSON receipt, so that one sees which it is."""
    if verdict.facts is None:
        return []
    return [
        (_("Number of the closing"), str(verdict.facts["closing"])),
        (_("Personal data erased"), str(verdict.facts["erased_at"])),
        (_("Sum transferred"), f"¥{verdict.facts['paid']['transferred_yen']:,}"),
    ]
