"""Read tables of oversight: disposable, refolded from the record."""

from lianfang.capabilities.oversight.models.findings import FindingRegister, FindingRow

__all__ = ["FindingRegister", "FindingRow"]
