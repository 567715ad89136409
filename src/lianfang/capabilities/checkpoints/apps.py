from django.apps import AppConfig


class CheckpointsConfig(AppConfig):
    name = "lianfang.capabilities.checkpoints"
    label = "checkpoints"
