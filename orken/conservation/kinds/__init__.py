"""The kinds of exercise of the School of Conservation."""
