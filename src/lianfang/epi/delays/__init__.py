"""The laws of delays from one event to another, of dates that are known to the day or to some days. Pure."""
