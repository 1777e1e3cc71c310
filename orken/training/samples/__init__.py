"""Work samples: what a graduate shows of her own work some months after a run."""
