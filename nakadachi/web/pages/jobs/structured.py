"""An open posting as search engines read it: JobPosting of schema.org, as JSON-LD. Data, not a script: nothing runs."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from nakadachi.kernel.calendar import end_of_day, jst, jst_date
from nakadachi.market.jobs.models import Job

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def posting(job: Job) -> dict[str, Any]:
    """The fields; the client appears by display name only, work is remote and from Japan."""
    address = f"{settings.SITE_URL}{reverse('jobs:detail', args=[job.pk])}"
    assert job.opened_at is not None
    return {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": job.title,
        "description": "<br>".join(escape(line) for line in job.description.splitlines()),
        "identifier": {"@type": "PropertyValue", "name": settings.SITE_NAME, "value": str(job.pk)},
        "url": address,
        "datePosted": jst_date(job.opened_at).isoformat(),
        "validThrough": jst(end_of_day(job.closes_on)).isoformat(),
        "employmentType": "CONTRACTOR",
        "directApply": True,
        "hiringOrganization": {"@type": "Organization", "name": job.client.display_name},
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": {"@type": "Country", "name": "JP"},
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "JPY",
            "value": {
                "@type": "QuantitativeValue",
                "minValue": job.budget_min_yen,
                "maxValue": job.budget_max_yen,
            },
        },
    }


def script(job: Job) -> SafeString:
    """The element for the head of the page; nothing a client wrote can end it."""
    text = json.dumps(posting(job), ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  escaped above
