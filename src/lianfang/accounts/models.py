"""Who may sign in: accounts and their appointments, devices, sessions, one-time links and codes, counters of limits;
answers for whoever sends an act again; and what administrators did."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class Account(AbstractBaseUser):
    """One who signs in. What an account may do hangs on its appointments alone: there is no superuser and no staff."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    username = models.CharField(max_length=64, unique=True)
    display_name = models.CharField(max_length=64)
    area = models.CharField(max_length=64)
    """The division whose administrators manage it, and those of every division above."""
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    made_by = models.CharField(max_length=64, default="")
    """Code of who made it."""
    # From `sessions`, for all: there is no moment of the last sign-in to read at a colleague.
    last_login = None

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "accounts_account"
        indexes = (models.Index(fields=("area",), name="accounts_account_area", opclasses=("varchar_pattern_ops",)),)

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name


class Appointments(models.QuerySet["Appointment"]):
    def in_time(self, now: datetime) -> Appointments:
        """Those that count at this moment, the oldest first."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=now), since__lte=now).order_by("since", "id")

    def held(self, account: Account, now: datetime) -> Appointments:
        """Those of an account that count at this moment."""
        return self.in_time(now).filter(account=account)


class Appointment(models.Model):
    """A role over a division and all below it, from a moment, until another or until it is ended."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=40)
    area = models.CharField(max_length=64)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.CharField(max_length=64)
    """Code of who appointed."""

    objects = Appointments.as_manager()

    class Meta:
        db_table = "accounts_appointment"
        indexes = (models.Index(fields=("account", "until"), name="accounts_appointment_of"),)


class Device(models.Model):
    """A kiosk or a field phone that signs in with a key of its own, in one role, at one post, within one shift."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    title = models.CharField(max_length=64)
    role = models.CharField(max_length=40)
    area = models.CharField(max_length=64)
    post = models.CharField(max_length=64)
    shift_from = models.TimeField(null=True)
    """With ``shift_to`` the hours of the day, local, in which it may be used; none: at all hours."""
    shift_to = models.TimeField(null=True)
    until = models.DateTimeField(null=True)
    """The end of what it was given; none: until it is revoked."""
    public_key = models.BinaryField(null=True)
    """Uncompressed point on P-256, 65 bytes; none until it is enrolled."""
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    enrolled_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_device"
        indexes = (models.Index(fields=("area",), name="accounts_device_area", opclasses=("varchar_pattern_ops",)),)


class Session(models.Model):
    """One who is signed in at one browser. Its key is kept as a digest, so that no copy of the database signs in."""

    digest = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True)
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, null=True)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, null=True)
    subject = models.UUIDField(null=True)
    """Whose own page it opens."""
    second_factor = models.BooleanField(default=False)
    """Whether a second factor was shown in this very session."""
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    data = models.BinaryField()

    class Meta:
        db_table = "accounts_session"
        indexes = (
            models.Index(fields=("expires_at",), name="accounts_session_expiry"),
            models.Index(fields=("subject",), name="accounts_session_subject", condition=Q(subject__isnull=False)),
        )


class OneTime(models.Model):
    """A link or a code that works once. Only its keyed hash is kept."""

    class Purpose(models.TextChoices):
        FIRST_ADMIN = "first_admin"
        INVITE = "invite"
        RESET = "reset"
        ENROL = "enrol"
        CHALLENGE = "challenge"
        OWN_PAGE = "own_page"

    hash = models.CharField(max_length=64, primary_key=True)
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    target = models.UUIDField(null=True)
    """The account, the device or the person that it is for."""
    second_factor = models.BooleanField(default=False)
    """Whether a reset also takes away the second factor."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_onetime"
        indexes = (
            models.Index(fields=("purpose", "target"), name="accounts_onetime_target"),
            models.Index(fields=("expires_at",), name="accounts_onetime_expiry"),
        )


class Limit(models.Model):
    """How far one key has used up one limit: the moment from which it would be unused again."""

    key = models.CharField(max_length=64, primary_key=True)
    free_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_limit"
        indexes = (models.Index(fields=("free_at",), name="accounts_limit_free"),)


class Answer(models.Model):
    """What was answered to an act that was sent with a key, sealed with that key. ``mark`` stands for the act."""

    mark = models.CharField(max_length=64, primary_key=True)
    status = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=100)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "accounts_answer"
        indexes = (models.Index(fields=("at",), name="accounts_answer_at"),)


class Act(models.Model):
    """One act of an administrator, folded from the record."""

    seq = models.BigIntegerField(primary_key=True)
    fact_id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    author = models.CharField(max_length=64)
    area = models.CharField(max_length=64)
    act = models.CharField(max_length=64)
    """The kind of the fact."""
    target = models.UUIDField()
    """The account or the device."""
    role = models.CharField(max_length=64)
    watch = models.BooleanField()
    """Whether one person alone could have got at people by it."""

    class Meta:
        db_table = "accounts_act"
        indexes = (
            models.Index(
                fields=("area", "seq"), name="accounts_act_area", opclasses=("varchar_pattern_ops", "int8_ops")
            ),
        )
