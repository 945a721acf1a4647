"""What later apps may wait for. Sent inside the transaction of the change; receivers write, and do nothing slow."""

from django.dispatch import Signal

# arguments: commitment, update
commitment_reported = Signal()

# arguments: commitment, what ("proposed", "agreed", "postponed", "ended", "reopened", "edited")
commitment_changed = Signal()
