"""Drills: a made outbreak in an area of one's own, with what every desk would record of it, and its truth."""
