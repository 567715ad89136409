from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "lianfang.capabilities.tasks"
    label = "tasks"
