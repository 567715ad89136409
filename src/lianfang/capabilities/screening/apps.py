from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "lianfang.capabilities.screening"
    label = "screening"
    registers = (
        "lianfang.capabilities.screening.models.HouseholdRegister",
        "lianfang.capabilities.screening.models.GridRegister",
        "lianfang.capabilities.screening.models.ReportRegister",
        "lianfang.capabilities.screening.models.ReferenceRegister",
        "lianfang.capabilities.screening.models.EducationRegister",
    )
    indicators = ("lianfang.capabilities.screening.queries.indicators.INDICATORS",)
    obligations = "lianfang.capabilities.screening.queries.obligations"
    line_of_defence = "lianfang.capabilities.screening.queries.line.LINE"
