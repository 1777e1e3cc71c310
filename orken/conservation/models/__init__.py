"""Rows of the school: papers (passports, climate) and pictures (images, specimens, experts' annotations)."""
