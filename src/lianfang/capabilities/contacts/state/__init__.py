"""Pure folds: a contact's facts become its observation; a case's facts become a case of a chain."""
