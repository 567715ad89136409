from __future__ import annotations

from django.urls import path

from lianfang.app.api import api

urlpatterns = [path("api/v1/", api.urls)]
