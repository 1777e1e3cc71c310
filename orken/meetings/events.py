"""What a meeting announces upward and to letters. Sent inside the transaction; receivers act after the commit."""

from django.dispatch import Signal

talk_proposed = Signal()  # talk, by
talk_decided = Signal()  # talk, before (state), by
speaker_asked = Signal()  # speaker, by
programme_released = Signal()  # release, touched (ids of speakers whose places changed), first, by
institution_invited = Signal()  # institution, by
institution_answered = Signal()  # institution, by
guest_added = Signal()  # guest, by
guest_link_shut = Signal()  # guest, by: whoever sits in a room by it leaves
guest_link_given = Signal()  # guest, by: another one after it was shut; rooms let her in again
guest_forgotten = Signal()  # guest, name, names (everything that she was called), by
