"""Inviting people: nobody registers alone."""
