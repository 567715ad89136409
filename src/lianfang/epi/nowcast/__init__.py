"""How many cases a day will have once all reports are in, from the reports so far. Pure; many series at once.

Each series is a reporting triangle, rows by reference date and columns by the delay of the report in days from 0; the
last row is the day on which the triangle was drawn.
"""
