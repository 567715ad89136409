from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "lianfang.capabilities.care"
    label = "care"
    registers = (
        "lianfang.capabilities.care.models.HospitalRegister",
        "lianfang.capabilities.care.models.BedRegister",
    )
