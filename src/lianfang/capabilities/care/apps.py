from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "lianfang.capabilities.care"
    label = "care"
    registers = (
        "lianfang.capabilities.care.models.HospitalRegister",
        "lianfang.capabilities.care.models.BedRegister",
        "lianfang.capabilities.care.models.TransferRegister",
        "lianfang.capabilities.care.models.AssignmentRegister",
        "lianfang.capabilities.care.models.VisitRegister",
    )
    obligations = "lianfang.capabilities.care.queries.obligations.obligations"
