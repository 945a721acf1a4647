"""What people fill in to bring figures in, to have them fetched, and to lock them."""

from wijkaanpak.indicators.forms.columns import ColumnsForm
from wijkaanpak.indicators.forms.deliveries import ConfirmForm, UploadForm
from wijkaanpak.indicators.forms.feeds import FeedForm
from wijkaanpak.indicators.forms.locking import LockForm, UnlockForm

__all__ = ["ColumnsForm", "ConfirmForm", "FeedForm", "LockForm", "UnlockForm", "UploadForm"]
