from django.apps import AppConfig


class CommandConfig(AppConfig):
    name = "lianfang.capabilities.command"
    label = "command"
    registers = (
        "lianfang.capabilities.command.models.LevelRegister",
        "lianfang.capabilities.command.models.CommandPostRegister",
        "lianfang.capabilities.command.models.PlanRegister",
        "lianfang.capabilities.command.models.ReadinessRegister",
    )
    obligations = "lianfang.capabilities.command.queries.plans.obligations"
