from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "lianfang.capabilities.cases"
    label = "cases"
