"""Pure folds of command."""

from lianfang.capabilities.command.state.levels import Declared, in_force, levels, spell
from lianfang.capabilities.command.state.plans import Activation, Plan, Version, plan

__all__ = ["Activation", "Declared", "Plan", "Version", "in_force", "levels", "plan", "spell"]
