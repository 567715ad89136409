"""The registry of indicators: figures that open down to their facts."""
