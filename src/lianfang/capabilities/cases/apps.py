from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "lianfang.capabilities.cases"
    label = "cases"
    registers = (
        "lianfang.capabilities.cases.models.CaseRegister",
        "lianfang.capabilities.cases.models.AssessmentRegister",
    )
    obligations = "lianfang.capabilities.cases.queries.obligations"
    line_of_defence = "lianfang.capabilities.cases.queries.line.LINE"
