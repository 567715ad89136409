"""The registry of indicators: every figure of an area, with what it is and what it is made of."""
