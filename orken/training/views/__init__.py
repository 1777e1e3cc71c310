"""Pages of the training office: the public's, the applicant's, the sender's, the organiser's."""
