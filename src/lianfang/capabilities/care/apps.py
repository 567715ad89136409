from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "lianfang.capabilities.care"
    label = "care"
