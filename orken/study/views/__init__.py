"""The pages of learners and of their trainers."""
