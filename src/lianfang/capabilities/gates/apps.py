from django.apps import AppConfig


class GatesConfig(AppConfig):
    name = "lianfang.capabilities.gates"
    label = "gates"
    registers = (
        "lianfang.capabilities.gates.models.PostRegister",
        "lianfang.capabilities.gates.models.DepartmentRegister",
        "lianfang.capabilities.gates.models.ShiftRegister",
        "lianfang.capabilities.gates.models.CountRegister",
        "lianfang.capabilities.gates.models.TreatmentRegister",
        "lianfang.capabilities.gates.models.EncounterRegister",
        "lianfang.capabilities.gates.models.VehicleRegister",
        "lianfang.capabilities.gates.models.NoticeRegister",
        "lianfang.capabilities.gates.models.InspectionRegister",
        "lianfang.capabilities.gates.models.CallRegister",
    )
    indicators = ("lianfang.capabilities.gates.queries.indicators.INDICATORS",)
    obligations = "lianfang.capabilities.gates.queries.obligations"
    line_of_defence = "lianfang.capabilities.gates.queries.lines.LINE"
