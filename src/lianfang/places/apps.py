from django.apps import AppConfig
from django.core.signals import request_finished, request_started


class PlacesConfig(AppConfig):
    name = "lianfang.places"
    label = "places"

    def ready(self) -> None:
        from lianfang.places.queries import ask_always, ask_once

        request_started.connect(ask_once)
        request_finished.connect(ask_always)
