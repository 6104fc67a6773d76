"""Members and their bank accounts."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from nakadachi.infra.erased import ErasableCharField

DISPLAY_NAME_LENGTH_MAX = 40
NAME_LENGTH_MAX = 40
READING_LENGTH_MAX = 60
BANK_DETAILS = (
    "bank_code",
    "bank_name",
    "bank_kana",
    "branch_code",
    "branch_name",
    "branch_kana",
    "kind",
    "number",
    "holder_kana",
)


class MemberManager(BaseUserManager["Member"]):
    """Finds members by e-mail in any letter case."""

    def get_by_natural_key(self, username: str | None) -> "Member":
        """The member with that address."""
        return self.get(email__iexact=username or "")


class Member(AbstractBaseUser):
    """A person or corporation who orders, works, or both. Staff are members with `is_operator`."""

    class LegalForm(models.TextChoices):
        """Decides withholding and the wording of terms."""

        INDIVIDUAL = "individual", _("Individual")
        CORPORATION = "corporation", _("Corporation")

    class PayoutMode(models.TextChoices):
        """What a closing run does with the balance."""

        AUTO = "auto", _("Every closing day, automatically")
        ON_REQUEST = "on_request", _("Only when I ask for it")

    email = models.EmailField(max_length=254)
    display_name = ErasableCharField(max_length=DISPLAY_NAME_LENGTH_MAX)
    legal_form = models.CharField(max_length=12, choices=LegalForm.choices, default=LegalForm.INDIVIDUAL)
    family_name = models.CharField(max_length=NAME_LENGTH_MAX, blank=True)
    given_name = models.CharField(max_length=NAME_LENGTH_MAX, blank=True)
    family_kana = models.CharField(max_length=READING_LENGTH_MAX, blank=True)
    given_kana = models.CharField(max_length=READING_LENGTH_MAX, blank=True)
    introduction = models.TextField(blank=True)
    avatar = models.CharField(max_length=40, blank=True)
    invoice_number = models.CharField(max_length=14, blank=True)
    payout_mode = models.CharField(max_length=12, choices=PayoutMode.choices, default=PayoutMode.AUTO)
    language = models.CharField(max_length=5, default="ja")
    is_operator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    objects = MemberManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="member_email_once"),
            models.CheckConstraint(condition=~Q(display_name=""), name="member_has_display_name"),
            models.CheckConstraint(
                condition=Q(invoice_number="") | Q(invoice_number__regex="^T[0-9]{13}$"),
                name="member_invoice_number_shape",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def initial(self) -> str:
        """The first letter of the display name, for the avatar."""
        return self.display_name[:1]

    @property
    def legal_name(self) -> str:
        """Family name first; empty when not given. Never shown to other members outside written terms."""
        return " ".join(filter(None, [self.family_name, self.given_name]))


class BankAccount(models.Model):
    """Where a member's payouts go. Names and codes are of the real bank list at the time of registering.

    `refused_at`: a transfer came back; no more money is sent there until the member registers an account anew.
    """

    class Kind(models.TextChoices):
        """Deposit kinds that a Zengin transfer knows."""

        ORDINARY = "ordinary", _("Ordinary (普通)")
        CHECKING = "checking", _("Checking (当座)")
        SAVINGS = "savings", _("Savings (貯蓄)")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="bank_accounts")
    bank_code = models.CharField(max_length=4)
    bank_name = models.CharField(max_length=60)
    bank_kana = models.CharField(max_length=60)
    branch_code = models.CharField(max_length=3)
    branch_name = models.CharField(max_length=60)
    branch_kana = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.ORDINARY)
    number = models.CharField(max_length=7)
    holder_kana = models.CharField(max_length=30)
    registered_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(replaced_at=None), name="bank_account_current_once"),
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{7}$"), name="bank_account_number_digits"),
            models.CheckConstraint(condition=Q(bank_code__regex=r"^[0-9]{4}$"), name="bank_account_bank_digits"),
            models.CheckConstraint(condition=Q(branch_code__regex=r"^[0-9]{3}$"), name="bank_account_branch_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.bank_name} {self.branch_name}"

    def details(self) -> dict[str, str]:
        """Everything a transfer needs; payouts freeze a copy of it."""
        return {name: getattr(self, name) for name in BANK_DETAILS}

    def masked(self) -> dict[str, Any]:
        """The account as shown on pages: all but the last three digits hidden."""
        return {"bank": self.bank_name, "branch": self.branch_name, "number": f"****{self.number[-3:]}"}


class Veil(models.Model):
    """What others saw of a member whose account is closed, put aside until the member comes back or is erased.

    After that only the address of the picture is left, so that it answers 410 and not 404.
    """

    member = models.OneToOneField(Member, on_delete=models.PROTECT, primary_key=True, related_name="veil")
    display_name = models.CharField(max_length=DISPLAY_NAME_LENGTH_MAX, blank=True)
    introduction = models.TextField(blank=True)
    avatar = models.CharField(max_length=40, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"veil of {self.member_id}"
