from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "lianfang.capabilities.tasks"
    label = "tasks"
    registers = ("lianfang.capabilities.tasks.models.TaskRegister",)
    indicators = ("lianfang.capabilities.tasks.queries.indicators.INDICATORS",)
