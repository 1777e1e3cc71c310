"""What training announces upward and to letters. Sent inside the transaction; receivers act after the commit."""

from django.dispatch import Signal

run_changed = Signal()  # run, before (state), by
applicant_decided = Signal()  # applicant, before (state), by
applicant_replaced = Signal()  # old, new, by
enrolment_changed = Signal()  # enrolment, before (state), by
run_moved = Signal()  # run (with its new days), by
trainer_asked = Signal()  # trainer, by
sample_asked = Signal()  # ask
sample_late = Signal()  # ask
sample_sent = Signal()  # sample, by
sample_looked = Signal()  # look, by
trainer_answered = Signal()  # trainer, by
results_confirmed = Signal()  # sheet, results (its lines), by
# session, what («added», «moved», «changed», «edited», «cancelled»), by; come and gone: who teaches it from now on, and who no longer does
session_changed = Signal()
