"""The forms of the field: the same records, laid out as the paper forms that offices know."""
