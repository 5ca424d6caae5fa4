"""Support for one school, from the request to the agreement and what came of it."""
