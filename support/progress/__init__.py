"""Support while it runs and after: the plan, visits, termly reviews, measures, and what lasts."""
