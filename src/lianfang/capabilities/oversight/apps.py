from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "lianfang.capabilities.oversight"
    label = "oversight"
