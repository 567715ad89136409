from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "lianfang.capabilities.cases"
    label = "cases"
    registers = (
        "lianfang.capabilities.cases.models.CaseRegister",
        "lianfang.capabilities.cases.models.AssessmentRegister",
        "lianfang.capabilities.cases.models.IndicatorRegister",
    )
    obligations = "lianfang.capabilities.cases.queries.obligations"
    indicators = ("lianfang.capabilities.cases.queries.indicators.INDICATORS",)
    line_of_defence = "lianfang.capabilities.cases.queries.line.LINE"
