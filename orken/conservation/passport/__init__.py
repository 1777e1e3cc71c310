"""The passport as a paper: what it says in two languages, its numbered overview, its A4 sheets."""
