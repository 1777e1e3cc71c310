"""The pages of the School of the Cataloguer."""
