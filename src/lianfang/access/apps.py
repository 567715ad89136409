from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "lianfang.access"
    label = "access"
