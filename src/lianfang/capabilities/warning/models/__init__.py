"""Read tables of warning: disposable, refolded from the record."""

from lianfang.capabilities.warning.models.signals import SignalRegister, SignalRow

__all__ = ["SignalRegister", "SignalRow"]
