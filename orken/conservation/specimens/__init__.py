"""Teaching pages drawn by a generator of our own: exact masks, four lights, no rights of anybody else."""
