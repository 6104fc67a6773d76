"""The approved answers as CSV, row by row: opens in a spreadsheet as it is, and does nothing there by itself."""

import csv
from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import pgettext

from nakadachi.infra.sheets import BOM, safe_cell
from nakadachi.kernel.calendar import JST
from nakadachi.market.tasks import fields, queries
from nakadachi.market.tasks.models import Claim, Task

AT_ONCE = 500


class _Echo:
    def write(self, line: str) -> str:
        return line


def rows(task: Task, claims: QuerySet[Claim]) -> Iterator[str]:
    """Head and lines: number, when, who, and a column for each question."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    head = [pgettext("csv", "Number"), pgettext("csv", "Handed in"), pgettext("csv", "Worker")]
    yield BOM + str(writer.writerow([*head, *(safe_cell(field.label) for field in task.form)]))
    left = claims.iterator(AT_ONCE)
    while some := list(islice(left, AT_ONCE)):
        stored = queries.files_of(some)
        for claim in some:
            names = {key: file.name for key, file in stored.get(claim.pk, {}).items()}
            yield str(writer.writerow(_cells(task, claim, names)))


def _cells(task: Task, claim: Claim, names: dict[int, str]) -> list[object]:
    assert claim.submitted_at is not None
    cells: list[object] = [claim.pk, f"{claim.submitted_at.astimezone(JST):%Y-%m-%d %H:%M}"]
    cells.append(safe_cell(claim.worker.display_name))
    for field in task.form:
        answer = claim.answers.get(field.key, "")
        if field.kind == fields.FILE:
            answer = [names[key] for key in answer if key in names]
        text = " / ".join(answer) if isinstance(answer, list) else answer
        cells.append(text if field.kind == fields.NUMBER else safe_cell(text))
    return cells
