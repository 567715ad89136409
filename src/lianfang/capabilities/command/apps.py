from django.apps import AppConfig

_MODELS = "lianfang.capabilities.command.models"


class CommandConfig(AppConfig):
    name = "lianfang.capabilities.command"
    label = "command"
    registers = (
        f"{_MODELS}.LevelRegister",
        f"{_MODELS}.CommandPostRegister",
        f"{_MODELS}.HeadquartersRegister",
        f"{_MODELS}.PlanRegister",
        f"{_MODELS}.ReadinessRegister",
        f"{_MODELS}.MeasureRegister",
        f"{_MODELS}.StrategyRegister",
        f"{_MODELS}.InstructionRegister",
        f"{_MODELS}.TicketRegister",
        f"{_MODELS}.PlaybookRegister",
        f"{_MODELS}.ReportRegister",
        f"{_MODELS}.GatheringRegister",
        f"{_MODELS}.VenueRegister",
    )
    obligations = "lianfang.capabilities.command.queries.duties.obligations"
