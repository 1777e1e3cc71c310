"""Certificates as Open Badges 3.0: documents, signatures in two forms, status lists, keys."""
