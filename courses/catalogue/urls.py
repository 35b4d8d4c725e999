"""The addresses of what one does in a course. Reading has Wagtail's own addresses."""

from django.urls import path

from courses.catalogue import test_views, views

urlpatterns = [
    path("<slug:course_key>/enrol/", views.enrol_in_course, name="enrol"),
    path("<slug:course_key>/<uuid:lesson_key>/finish/", views.finish, name="finish_lesson"),
    path("<slug:course_key>/<uuid:lesson_key>/seen/", views.seen, name="note_visit"),
    path("<slug:course_key>/<uuid:lesson_key>/<uuid:activity_key>/", views.do_activity, name="do_activity"),
    path("<slug:course_key>/test/", test_views.front, name="test"),
    path("<slug:course_key>/test/<uuid:attempt_id>/", test_views.overview, name="test_overview"),
    path("<slug:course_key>/test/<uuid:attempt_id>/<int:number>/", test_views.question, name="test_question"),
    path("<slug:course_key>/test/<uuid:attempt_id>/result/", test_views.result, name="test_result"),
]
