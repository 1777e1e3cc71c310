"""Papers (passports, climate, treatment) and pictures (specimens, experts) have files of their own here."""
