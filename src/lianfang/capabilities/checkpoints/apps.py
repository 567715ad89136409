from django.apps import AppConfig


class CheckpointsConfig(AppConfig):
    name = "lianfang.capabilities.checkpoints"
    label = "checkpoints"
    registers = (
        "lianfang.capabilities.checkpoints.models.FlightRegister",
        "lianfang.capabilities.checkpoints.models.StrandedRegister",
        "lianfang.capabilities.checkpoints.models.EstimateRegister",
        "lianfang.capabilities.checkpoints.models.HelpRegister",
        "lianfang.capabilities.checkpoints.models.ArrivalRegister",
    )
    obligations = "lianfang.capabilities.checkpoints.queries.obligations"
