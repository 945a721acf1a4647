from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wijkaanpak.neighbourhoods.models import Programme

KEPT_FOR = timedelta(days=7)  # an upload that nobody confirms is forgotten


class RegisterUploadQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(uploaded_at__gt=timezone.now() - KEPT_FOR)

    def forgotten(self):
        return self.filter(uploaded_at__lte=timezone.now() - KEPT_FOR)


class RegisterUpload(models.Model):
    """A commitment register that waits for confirmation by who uploaded it: the cells as text, nothing else; removed afterwards."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="+")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.CASCADE, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded on"), default=timezone.now)
    file_name = models.CharField(_("file name"), max_length=200)
    rows = models.JSONField(_("rows"), default=list)

    objects = RegisterUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded register")
        verbose_name_plural = _("uploaded registers")
        ordering = ["-uploaded_at"]
        constraints = [models.UniqueConstraint(fields=["programme", "uploaded_by"], name="register_upload_one_waiting")]

    def __str__(self):
        return self.file_name
