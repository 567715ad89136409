from django.apps import AppConfig


class MobilisationConfig(AppConfig):
    name = "lianfang.capabilities.mobilisation"
    label = "mobilisation"
