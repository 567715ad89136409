from django.apps import AppConfig


class IsolationConfig(AppConfig):
    name = "lianfang.capabilities.isolation"
    label = "isolation"
