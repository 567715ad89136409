"""Read tables of oversight: disposable, refolded from the record."""

from lianfang.capabilities.oversight.models.findings import FindingRegister, FindingRow, steps_of
from lianfang.capabilities.oversight.models.forms import FormRegister, FormRow, RestingRegister, RestingRow
from lianfang.capabilities.oversight.models.sampling import (
    RecordDrawRegister,
    RecordDrawRow,
    SiteDrawRegister,
    SiteDrawRow,
)

__all__ = [
    "FindingRegister",
    "FindingRow",
    "FormRegister",
    "FormRow",
    "RecordDrawRegister",
    "RecordDrawRow",
    "RestingRegister",
    "RestingRow",
    "SiteDrawRegister",
    "SiteDrawRow",
    "steps_of",
]
