"""Who can help a school: practitioners, offers, outside experts, and the days they have left."""
