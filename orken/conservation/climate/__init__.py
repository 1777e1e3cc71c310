"""What the air of a store does to its documents: readings from loggers, alarms, charts, exercises. Pure, no database."""
