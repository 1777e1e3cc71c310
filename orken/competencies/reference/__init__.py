"""The framework as the country begins with it (domain.md §5): 8 domains, 40 competencies, 5 levels, 8 profiles."""
