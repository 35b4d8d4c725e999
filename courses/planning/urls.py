"""Addresses of planning."""

from django.urls import path

from courses.planning import (
    acting_views,
    body_views,
    goal_views,
    keeping_views,
    renewal_views,
    template_edit_views,
    template_views,
    views,
)

_TEMPLATE = "templates/<slug:key>/<int:number>/"

urlpatterns = [
    path("", views.my_plan, name="my_plan"),
    path("new/", views.new_plan, name="new_plan"),
    path("all/", keeping_views.plans_below, name="plans_below"),
    path("all/plans.<slug:kind>", keeping_views.plans_as_file, name="plans_as_file"),
    path("all/unit/", keeping_views.choose_unit, name="choose_unit_for_plan"),
    path("all/make/", keeping_views.make_plan, name="make_plan"),
    path("body/<uuid:public_id>/", body_views.plan_of_body, name="plan_of_body"),
    path("templates/", template_views.templates, name="plan_templates"),
    path(_TEMPLATE, template_views.template, name="plan_template"),
    path(f"{_TEMPLATE}copy/", template_views.copy, name="copy_plan_template"),
    path(f"{_TEMPLATE}name/", template_edit_views.change, name="change_plan_template"),
    path(f"{_TEMPLATE}adopt/", template_edit_views.adopt, name="adopt_plan_template"),
    path(f"{_TEMPLATE}discard/", template_edit_views.discard, name="discard_plan_template"),
    path(f"{_TEMPLATE}stages/add/", template_edit_views.add_stage, name="add_template_stage"),
    path(f"{_TEMPLATE}stages/<int:order>/", template_edit_views.stage, name="change_template_stage"),
    path(f"{_TEMPLATE}stages/<int:order>/goal/", template_edit_views.add_goal, name="add_template_goal"),
    path(f"{_TEMPLATE}goals/<int:pk>/", template_edit_views.change_goal, name="change_template_goal"),
    path(f"{_TEMPLATE}goals/<int:pk>/remove/", template_edit_views.remove_goal, name="remove_template_goal"),
    path("<uuid:public_id>/", views.plan, name="plan"),
    path("<uuid:public_id>.pdf", renewal_views.plan_as_pdf, name="plan_as_pdf"),
    path("<uuid:public_id>/agree/", acting_views.agree, name="agree_plan"),
    path("<uuid:public_id>/begin/", acting_views.begin, name="begin_plan"),
    path("<uuid:public_id>/take-back/", acting_views.take_back, name="take_back_plan"),
    path("<uuid:public_id>/reopen/", acting_views.reopen, name="reopen_plan"),
    path("<uuid:public_id>/ask/", acting_views.ask, name="ask_for_talk"),
    path("<uuid:public_id>/talk/", acting_views.review, name="review_plan"),
    path("<uuid:public_id>/talks/<uuid:review_id>/", views.plan_review, name="plan_review"),
    path("<uuid:public_id>/carry/", acting_views.carry_over, name="carry_over_plan"),
    path("<uuid:public_id>/close/", acting_views.close, name="close_plan"),
    path("<uuid:public_id>/discard/", acting_views.discard, name="discard_plan"),
    path("<uuid:public_id>/changes/", renewal_views.changes, name="plan_changes"),
    path("<uuid:public_id>/goals/", goal_views.goals, name="plan_goals"),
    path("<uuid:public_id>/goals/add/<int:order>/", goal_views.add, name="add_goal"),
    path("<uuid:public_id>/goals/<int:pk>/", goal_views.change, name="change_goal"),
    path("<uuid:public_id>/goals/<int:pk>/remove/", goal_views.remove, name="remove_goal"),
    path("<uuid:public_id>/goals/<int:pk>/tick/", views.tick_goal, name="tick_goal"),
]
