"""Pure folds of supplies."""

from lianfang.capabilities.supplies.state.stock import CIVIL_TIME, Effect, Movement, effects, latest, when

__all__ = ["CIVIL_TIME", "Effect", "Movement", "effects", "latest", "when"]
