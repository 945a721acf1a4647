"""What people fill in to bring figures in."""

from wijkaanpak.indicators.forms.columns import ColumnsForm
from wijkaanpak.indicators.forms.deliveries import ConfirmForm, UploadForm

__all__ = ["ColumnsForm", "ConfirmForm", "UploadForm"]
