"""Accounts: one-time codes, sign-in names, second steps, browsers she has signed in from."""
