from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "lianfang.exchange"
    label = "exchange"
