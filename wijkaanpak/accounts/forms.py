from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wijkaanpak.accounts.models import User


class AcceptInvitationForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters. A few words in a row are easy to remember."),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(label=_("The same password again"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"}))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        password_validation.validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]

    def clean(self):
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            raise ValidationError({"again": ValidationError(_("The two passwords differ. Type the same one twice."), code="different")})


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "job_title"]
