"""An open posting as search engines read it: JobPosting of schema.org, drawn by `{% json_ld %}`."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape

from nakadachi.kernel.calendar import end_of_day, jst, jst_date
from nakadachi.market.jobs.models import Job

UNITS = {"hourly": {"unitText": "HOUR"}, "monthly": {"unitText": "MONTH"}}
"""What the budget is for; that of a project is for the whole and has no unit."""


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
                **UNITS.get(job.format, {}),
            },
        },
    }
