from django.apps import AppConfig

_MODELS = "lianfang.capabilities.mobilisation.models"


class MobilisationConfig(AppConfig):
    name = "lianfang.capabilities.mobilisation"
    label = "mobilisation"
    registers = (
        f"{_MODELS}.VolunteerRegister",
        f"{_MODELS}.TeamRegister",
        f"{_MODELS}.TeamCountRegister",
        f"{_MODELS}.ShiftRegister",
        f"{_MODELS}.SecondmentRegister",
        f"{_MODELS}.WorkloadRegister",
        f"{_MODELS}.StaffCareRegister",
        f"{_MODELS}.ReliefRegister",
        f"{_MODELS}.CallRegister",
        f"{_MODELS}.ErrandRegister",
    )
    obligations = "lianfang.capabilities.mobilisation.queries.duties.obligations"
    charges = "lianfang.capabilities.mobilisation.queries.errands.charged"
