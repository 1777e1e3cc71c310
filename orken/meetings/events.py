"""What a meeting announces upward and to letters. Sent inside the transaction; receivers act after the commit."""

from django.dispatch import Signal

talk_proposed = Signal()  # talk, by
talk_decided = Signal()  # talk, before (state), by
speaker_asked = Signal()  # speaker, by
programme_released = Signal()  # release, touched (ids of speakers whose places changed), first, by
institution_invited = Signal()  # institution, by
institution_answered = Signal()  # institution, by
guest_added = Signal()  # guest, by
