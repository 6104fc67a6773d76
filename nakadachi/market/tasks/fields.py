"""The questions of a task and what may be answered to them. Pure: no tables, no clock."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from nakadachi.infra.text import TEXT_LENGTH_MAX, tidy_line, tidy_text
from nakadachi.kernel.refusal import N_, Refusal

SHORT, LONG, CHOICE, CHOICES, NUMBER, URL, FILE = "short", "long", "choice", "choices", "number", "url", "file"
KINDS = (SHORT, LONG, CHOICE, CHOICES, NUMBER, URL, FILE)
UNIQUE_KINDS = frozenset({SHORT, LONG, NUMBER, URL})
LENGTH_KINDS = frozenset({SHORT, LONG})
OPTION_KINDS = frozenset({CHOICE, CHOICES})

FIELDS_MAX = 30
OPTIONS_MAX = 50
LABEL_LENGTH_MAX = 200
HELP_LENGTH_MAX = 500
SHORT_LENGTH_MAX = 500
_NUMBER_MAX = Decimal(10) ** 15
_DECIMALS_MAX = 6
_FINEST = Decimal(1).scaleb(-_DECIMALS_MAX)

MISSING = Refusal("answer_missing", N_("Please answer this question."), 422)
TOO_SHORT = Refusal("answer_too_short", N_("Please write %(least)s characters or more (now %(length)s)."), 422)
TOO_LONG = Refusal("answer_too_long", N_("Please shorten this to %(most)s characters or fewer (now %(length)s)."), 422)
NOT_AN_OPTION = Refusal("answer_not_an_option", N_("Please choose from the list."), 422)
NOT_A_NUMBER = Refusal("answer_not_a_number", N_("Please enter a number."), 422)
NUMBER_TOO_FINE = Refusal(
    "answer_number_too_fine", N_("Please round this to at most %(most)s digits after the decimal point."), 422
)
NUMBER_OUTSIDE = Refusal("answer_number_outside", N_("Please enter a number from %(low)s to %(high)s."), 422)
NOT_A_URL = Refusal("answer_not_a_url", N_("Please enter an address that begins with https:// or http://."), 422)
FILE_MISSING = Refusal("answer_file_missing", N_("Please add a file."), 422)


@dataclass(frozen=True)
class Field:
    """One question. `key` never changes; `low` and `high` bound a number, `length_*` a text."""

    key: str
    kind: str
    label: str
    help: str = ""
    required: bool = True
    unique: bool = False
    options: tuple[str, ...] = ()
    length_min: int | None = None
    length_max: int | None = None
    low: int | None = None
    high: int | None = None

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> "Field":
        """Read back from the task."""
        return cls(**{**data, "options": tuple(data["options"])})

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {**asdict(self), "options": list(self.options)}

    @property
    def most(self) -> int:
        """How many characters a text may have."""
        limit = SHORT_LENGTH_MAX if self.kind == SHORT else TEXT_LENGTH_MAX
        return min(self.length_max or limit, limit)


Given = Mapping[str, Sequence[str]]
"""What was typed, by key; a question with several answers has several values."""
Answers = dict[str, Any]
"""What is kept, by key: a text, a list of options; of what was left empty, nothing."""


def read(fields: Sequence[Field], given: Given, files: Mapping[str, int]) -> tuple[Answers, dict[str, Refusal]]:
    """The answers as they are kept, and what speaks against them, by key. `files`: how many came for a question."""
    answers: Answers = {}
    refusals: dict[str, Refusal] = {}
    for field in fields:
        if field.kind == FILE:
            if field.required and not files.get(field.key):
                refusals[field.key] = FILE_MISSING
            continue
        value, refusal = _read_one(field, given.get(field.key, ()))
        if refusal is None and field.required and not value:
            refusal = MISSING
        if refusal is not None:
            refusals[field.key] = refusal
        elif value:
            answers[field.key] = value
    return answers, refusals


def _read_one(field: Field, values: Sequence[str]) -> tuple[Any, Refusal | None]:
    if field.kind == CHOICES:
        chosen = [option for option in field.options if option in {tidy_line(value) for value in values}]
        return chosen, None if len(chosen) == len(set(values)) else NOT_AN_OPTION
    typed = values[0] if values else ""
    text = tidy_text(typed) if field.kind == LONG else tidy_line(typed)
    if not text:
        return "", None
    if field.kind == CHOICE:
        return text, None if text in field.options else NOT_AN_OPTION
    if field.kind == NUMBER:
        return _number(field, text)
    if field.kind == URL:
        return _url(text)
    return text, _length(field, text)


def _length(field: Field, text: str) -> Refusal | None:
    if field.length_min is not None and len(text) < field.length_min:
        return TOO_SHORT.with_params(least=field.length_min, length=len(text))
    return None if len(text) <= field.most else TOO_LONG.with_params(most=field.most, length=len(text))


def _number(field: Field, text: str) -> tuple[str, Refusal | None]:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("−", "-").replace("ー", "-")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return text, NOT_A_NUMBER
    if "_" in plain:  # Python's own way of writing 1,000; nobody else's
        return text, NOT_A_NUMBER
    if not (number.is_finite() and -_NUMBER_MAX < number < _NUMBER_MAX):
        return text, NOT_A_NUMBER
    kept = number.quantize(_FINEST)
    if kept != number:
        return text, NUMBER_TOO_FINE.with_params(most=_DECIMALS_MAX)
    low = field.low if field.low is not None else -int(_NUMBER_MAX)
    high = field.high if field.high is not None else int(_NUMBER_MAX)
    if not low <= number <= high:
        return text, NUMBER_OUTSIDE.with_params(low=f"{low:,}", high=f"{high:,}")
    return _plain(kept), None


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"", "-0"} else text


def _url(text: str) -> tuple[str, Refusal | None]:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return text, NOT_A_URL
    is_one = parts.scheme in {"http", "https"} and "." in host and " " not in text and len(text) <= 2_000
    return text, None if is_one else NOT_A_URL


def digest(field: Field, answer: str) -> bytes:
    """What two answers have in common when they say the same: width, case and white space make no difference."""
    return hashlib.sha256(_normal(field, answer).encode()).digest()


def _normal(field: Field, answer: str) -> str:
    if field.kind == URL:
        parts = urlsplit(answer)
        return urlunsplit(("", parts.netloc.lower(), parts.path.rstrip("/"), parts.query, ""))
    return "".join(unicodedata.normalize("NFKC", answer).casefold().split())


def digests(fields: Sequence[Field], answers: Answers) -> dict[str, bytes]:
    """Of every question that asks for something new each time, the digest of its answer, by key."""
    asked = [field for field in fields if field.unique and field.kind in UNIQUE_KINDS and field.key in answers]
    return {field.key: digest(field, answers[field.key]) for field in asked}


# What a question itself must be

LABEL_MISSING = Refusal("label_missing", N_("Please write the question."), 422, field="label")
LABEL_TOO_LONG = Refusal(
    "label_too_long", N_("Please shorten the question to %(most)s characters or fewer."), 422, field="label"
)
HELP_TOO_LONG = Refusal(
    "help_too_long", N_("Please shorten the explanation to %(most)s characters or fewer."), 422, field="help"
)
KIND_UNKNOWN = Refusal("kind_unknown", N_("Please choose the kind of answer."), 422, field="kind")
OPTIONS_MISSING = Refusal("options_missing", N_("Please write at least two options, one a line."), 422, field="options")
OPTIONS_TOO_MANY = Refusal("options_too_many", N_("Please write at most %(most)s options."), 422, field="options")
OPTION_TOO_LONG = Refusal(
    "option_too_long", N_("Please shorten each option to %(most)s characters or fewer."), 422, field="options"
)
OPTIONS_TWICE = Refusal("options_twice", N_("The same option appears twice. Please remove one."), 422, field="options")
LENGTHS_WRONG = Refusal(
    "lengths_wrong", N_("Please enter lengths from 1 to %(most)s, the smaller one first."), 422, field="length_max"
)
BOUNDS_WRONG = Refusal("bounds_wrong", N_("The highest number is below the lowest one."), 422, field="high")


def tidied(field: Field) -> Field:
    """The same with texts as they are kept, and without what its kind does not have."""
    is_text, is_number = field.kind in LENGTH_KINDS, field.kind == NUMBER
    return Field(
        key=field.key,
        kind=field.kind,
        label=tidy_line(field.label),
        help=tidy_text(field.help),
        required=field.required,
        unique=field.unique and field.kind in UNIQUE_KINDS,
        options=tuple(filter(None, map(tidy_line, field.options))) if field.kind in OPTION_KINDS else (),
        length_min=field.length_min if is_text else None,
        length_max=field.length_max if is_text else None,
        low=field.low if is_number else None,
        high=field.high if is_number else None,
    )


def question_refusal(field: Field) -> Refusal | None:
    """The first thing that speaks against a question, tidy already."""
    if field.kind not in KINDS:
        return KIND_UNKNOWN
    if not field.label:
        return LABEL_MISSING
    if len(field.label) > LABEL_LENGTH_MAX:
        return LABEL_TOO_LONG.with_params(most=LABEL_LENGTH_MAX)
    if len(field.help) > HELP_LENGTH_MAX:
        return HELP_TOO_LONG.with_params(most=HELP_LENGTH_MAX)
    return _options_refusal(field) or _bounds_refusal(field)


def _options_refusal(field: Field) -> Refusal | None:
    if field.kind not in OPTION_KINDS:
        return None
    if len(field.options) < 2:
        return OPTIONS_MISSING
    if len(field.options) > OPTIONS_MAX:
        return OPTIONS_TOO_MANY.with_params(most=OPTIONS_MAX)
    if any(len(option) > LABEL_LENGTH_MAX for option in field.options):
        return OPTION_TOO_LONG.with_params(most=LABEL_LENGTH_MAX)
    return OPTIONS_TWICE if len(set(field.options)) < len(field.options) else None


def _bounds_refusal(field: Field) -> Refusal | None:
    limit = SHORT_LENGTH_MAX if field.kind == SHORT else TEXT_LENGTH_MAX
    low, high = field.length_min, field.length_max
    if any(length is not None and not 1 <= length <= limit for length in (low, high)):
        return LENGTHS_WRONG.with_params(most=limit)
    if low is not None and high is not None and high < low:
        return LENGTHS_WRONG.with_params(most=limit)
    if field.low is not None and field.high is not None and field.high < field.low:
        return BOUNDS_WRONG
    return None
