"""The hold row. Its money stands in the ledger; the columns here say what must stand there."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from nakadachi.kernel.money import AMOUNT_YEN_MAX, Yen
from nakadachi.money.escrow.lifecycle import HOLD
from nakadachi.money.payments.models import Payment
from nakadachi.money.rulebook import Part, Quote

OPEN = ("unfunded", "funded", "frozen")
HELD = ("funded", "frozen")
CLOSED = ("released", "refunded", "split", "rolled", "charged_back")


class Hold(models.Model):
    """Money set aside for one purpose, under a frozen quote.

    `funded_yen` came in; `settled_yen` left as reward, fees and withheld tax; `refunded_yen` went back to the client,
    `charged_back_yen` was taken back by the card company, `rolled_yen` went on into the hold `rolled_into`.
    It is frozen while it `is_disputed` with the card company or `is_claimed` in a mediation.
    `released_yen` is the gross amount behind `settled_yen`, of `amount_yen`. `lowered_yen` is the part of
    `refunded_yen` that went back because both agreed on a lower price (`adjusting`).

    A hold has one payee, or is a batch: then it pays `unit_yen` at a time to whoever did a piece (`batches`).
    """

    purpose = models.CharField(max_length=32)
    purpose_id = models.BigIntegerField()
    payer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holds_paid")
    payee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="holds_received"
    )
    unit_yen = models.BigIntegerField(null=True)
    quote = models.JSONField()
    amount_yen = models.BigIntegerField()
    client_pays_yen = models.BigIntegerField()
    funded_yen = models.BigIntegerField(default=0)
    released_yen = models.BigIntegerField(default=0)
    settled_yen = models.BigIntegerField(default=0)
    refunded_yen = models.BigIntegerField(default=0)
    charged_back_yen = models.BigIntegerField(default=0)
    lowered_yen = models.BigIntegerField(default=0)
    rolled_yen = models.BigIntegerField(default=0)
    rolled_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="rolled_from")
    account_id = models.BigIntegerField(unique=True, null=True)
    funded_by = models.OneToOneField(Payment, on_delete=models.PROTECT, null=True, related_name="+")
    is_disputed = models.BooleanField(default=False)
    is_claimed = models.BooleanField(default=False)
    status = models.CharField(max_length=12, default=HOLD.initial, choices=[(s, s) for s in HOLD.states])
    opened_at = models.DateTimeField()
    funded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_yen__gt=0, amount_yen__lt=AMOUNT_YEN_MAX, client_pays_yen__gt=0),
                name="hold_amount_possible",
            ),
            models.CheckConstraint(
                condition=Q(released_yen__gte=0, released_yen__lte=F("amount_yen"), settled_yen__gte=0),
                name="hold_released_within",
            ),
            models.CheckConstraint(
                condition=Q(
                    refunded_yen__gte=0,
                    charged_back_yen__gte=0,
                    rolled_yen__gte=0,
                    refunded_yen__lte=F("funded_yen") - F("settled_yen") - F("charged_back_yen") - F("rolled_yen"),
                ),
                name="hold_never_gives_more",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=CLOSED)
                | Q(
                    funded_yen=F("settled_yen") + F("refunded_yen") + F("charged_back_yen") + F("rolled_yen"),
                    closed_at__isnull=False,
                ),
                name="hold_closed_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(status="rolled", rolled_into__isnull=False, rolled_yen__gt=0)
                | (~Q(status="rolled") & Q(rolled_into__isnull=True, rolled_yen=0)),
                name="hold_rolled_into_one",
            ),
            models.CheckConstraint(
                condition=Q(status="unfunded", funded_yen=0)
                | (~Q(status="unfunded") & Q(funded_yen=F("client_pays_yen") + F("lowered_yen"))),
                name="hold_funded_whole",
            ),
            models.CheckConstraint(
                condition=Q(lowered_yen__gte=0, lowered_yen__lte=F("refunded_yen")), name="hold_lowered_is_refunded"
            ),
            models.CheckConstraint(condition=Q(payee__isnull=True) | ~Q(payer=F("payee")), name="hold_between_two"),
            models.CheckConstraint(
                condition=Q(payee__isnull=False, unit_yen__isnull=True)
                | Q(payee__isnull=True, unit_yen__isnull=False, unit_yen__gt=0, unit_yen__lte=F("amount_yen")),
                name="hold_one_payee_or_units",
            ),
            models.CheckConstraint(
                condition=(Q(status="frozen") & (Q(is_disputed=True) | Q(is_claimed=True)))
                | (~Q(status="frozen") & Q(is_disputed=False, is_claimed=False)),
                name="hold_frozen_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["purpose", "purpose_id"], condition=Q(status__in=OPEN), name="hold_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["purpose", "purpose_id"], name="hold_by_purpose"),
            models.Index(fields=["payee", "status"], name="hold_by_payee"),
            models.Index(fields=["payer", "status"], name="hold_by_payer"),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk} ({self.status})"

    @cached_property
    def terms(self) -> Quote:
        """The quote this hold was made under."""
        return Quote.from_json(self.quote)

    @property
    def rest_yen(self) -> Yen:
        """The gross amount that is neither released nor given back; 0 when closed."""
        return self.amount_yen - self.released_yen if self.status in OPEN else 0

    @property
    def balance_yen(self) -> Yen:
        """What must stand on the hold's ledger account."""
        return self.funded_yen - self.settled_yen - self.refunded_yen - self.charged_back_yen - self.rolled_yen

    @property
    def is_batch(self) -> bool:
        """True when it pays many people a unit each."""
        return self.unit_yen is not None

    def next_part(self, amount_yen: Yen) -> Part:
        """The figures of releasing that much more to the one payee."""
        assert not self.is_batch, "a batch pays by units: escrow.batches"
        return self.terms.part(self.released_yen, amount_yen)
