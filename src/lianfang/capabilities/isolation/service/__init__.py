"""The only door for writing isolation: orders, stations, needs, and the placing of many at once."""
