"""Pure folds of command."""

from lianfang.capabilities.command.state.command_posts import CommandPost, command_posts, standing_at
from lianfang.capabilities.command.state.levels import Declared, in_force, levels, spell
from lianfang.capabilities.command.state.plans import Activation, Plan, Version, plan

__all__ = [
    "Activation",
    "CommandPost",
    "Declared",
    "Plan",
    "Version",
    "command_posts",
    "in_force",
    "levels",
    "plan",
    "spell",
    "standing_at",
]
