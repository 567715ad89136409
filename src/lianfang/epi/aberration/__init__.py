"""Counts beside what the past lets expect: which days or weeks are too many. Pure; many series at once.

Each method gives the expected count, the bound above which a count is an alarm, and the alarm, from the first time on
that has enough past. Names and first values of the settings are those of the R package surveillance.
"""
