"""The pages of authors."""
