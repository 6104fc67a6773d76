"""One address per provider. Signature over the raw body first; then the action fetches the object itself."""

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from nakadachi.infra import clock
from nakadachi.money.payments import actions, gateways
from nakadachi.money.payments.port import BadSignature, GatewayUnavailable

_log = logging.getLogger(__name__)
_BODY_BYTES_MAX = 64 * 1024
_STATUS = {"done": 200, "seen": 200, "ignored": 200, "unknown": 404, "mismatch": 409}


def _answer(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain")


@csrf_exempt
@require_POST
def receive(request: HttpRequest, gateway: str) -> HttpResponse:
    """200: acted on (now or before). 4xx: do not send it again. 503: send it again later."""
    if gateway not in gateways.names():
        return _answer("no such provider", 404)
    if request.content_type != "application/json":
        return _answer("only JSON", 415)
    body = request.read(_BODY_BYTES_MAX + 1)
    if len(body) > _BODY_BYTES_MAX:
        return _answer("too large", 413)
    provider, at = gateways.get(gateway), clock.now()
    try:
        event = provider.verify(headers=request.headers, body=body, at=at)
        outcome = actions.receive_hook(gateway=provider, event=event, body=body, at=at)
    except BadSignature as problem:
        _log.warning("webhook of %s refused: %s", gateway, problem)
        return _answer("signature refused", 400)
    except GatewayUnavailable:
        return _answer("try again", 503)
    if outcome == "mismatch":
        _log.error("webhook of %s differs from the provider's own record: event %r", gateway, event.id)
    return _answer(outcome, _STATUS[outcome])
