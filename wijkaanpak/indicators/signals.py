"""What this app tells the ones above it, inside the transaction in which it happened."""

from django.dispatch import Signal

# Figures were read in, changed or taken back. Arguments: indicator_ids (list), periods (list),
# area_ids (list, or None when there are too many to name).
figures_changed = Signal()
