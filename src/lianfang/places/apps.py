from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "lianfang.places"
    label = "places"
