from django.apps import AppConfig


class SuppliesConfig(AppConfig):
    name = "lianfang.capabilities.supplies"
    label = "supplies"
