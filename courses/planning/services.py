"""Every write to plans, under one name: making, changing, closing and reviewing them, each in a file of its own."""

from courses.planning.changing import (
    add_goal,
    change_goal,
    change_goals,
    change_plan,
    change_stage,
    move_goal,
    remove_goal,
    tick_task,
)
from courses.planning.closing import activate_plan, agree_plan, close_plan, reopen_plan, take_back_plan
from courses.planning.making import discard_plan, make_plan, make_plans
from courses.planning.reviewing import carry_over, review_plan

__all__ = [
    "activate_plan",
    "add_goal",
    "agree_plan",
    "carry_over",
    "change_goal",
    "change_goals",
    "change_plan",
    "change_stage",
    "close_plan",
    "discard_plan",
    "make_plan",
    "make_plans",
    "move_goal",
    "remove_goal",
    "reopen_plan",
    "review_plan",
    "take_back_plan",
    "tick_task",
]
