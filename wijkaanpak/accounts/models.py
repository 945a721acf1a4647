import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserQuerySet(models.QuerySet):
    def matching(self, words):
        """People whose name or mail address contains the words."""
        return self.filter(models.Q(name__icontains=words) | models.Q(email__icontains=words))

    def only_kind(self, kind):
        """Narrow to "administrators", "closed" accounts or people "invited" who never came in; all for another word."""
        kinds = {"administrators": {"is_administrator": True}, "closed": {"is_active": False}, "invited": {"password__startswith": "!"}}
        return self.filter(**kinds.get(kind, {}))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_administrator=True, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with a professional account; residents never have one."""

    email = models.EmailField(_("mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may correct data in the admin"), default=False)
    is_administrator = models.BooleanField(_("administrator of the installation"), default=False)
    date_joined = models.DateTimeField(_("date joined"), default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name


class InvitationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now(), user__is_active=True)


class Invitation(models.Model):
    """A mail that lets somebody set a password and come in; the roles were given when it was sent."""

    user = models.ForeignKey(User, verbose_name=_("invited person"), on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(User, verbose_name=_("invited by"), on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("sent on"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires on"))
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None), name="invitation_accepted_or_withdrawn"
            ),
        ]

    def __str__(self):
        return f"{self.user_id} · {self.created_at:%Y-%m-%d}"


class SignedLinkQuerySet(models.QuerySet):
    def usable(self):
        return self.filter(withdrawn_at=None, expires_at__gt=timezone.now(), user__is_active=True)


class SignedLink(models.Model):
    """Permission for one person to do one thing with one object, carried by a signed address in a mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(_("purpose"), max_length=40)
    object_id = models.BigIntegerField(_("number of the object"))
    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="signed_links")
    created_at = models.DateTimeField(_("made on"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires on"))
    last_used_at = models.DateTimeField(_("last used on"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    objects = SignedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("signed link")
        verbose_name_plural = _("signed links")
        indexes = [models.Index(fields=["purpose", "object_id"], name="signed_link_object")]

    def __str__(self):
        return f"{self.purpose} {self.object_id}"
