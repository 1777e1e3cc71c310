"""Certificates of a run: from its confirmed result sheet to a batch of `orken.credentials`."""
