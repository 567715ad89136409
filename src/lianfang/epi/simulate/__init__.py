"""Made outbreaks: populations, contacts, courses of disease. Pure; the seed is an argument."""
