"""Addresses of this room. The doors first; what is made at them after."""

from django.urls import path, re_path

from lms.joining import campaign_views, invite_views, views

urlpatterns = [
    path("", views.home, name="join"),
    path("code/", views.by_code, name="join_by_code"),
    path("sent/", views.sent, name="join_sent"),
    path("course/<slug:course_key>/", views.by_course, name="join_course"),
    path("with/<str:token>/", views.by_link, name="join_with"),
    path("confirm/<str:token>/", views.confirm, name="join_confirm"),
    path("address/<str:token>/", views.address, name="join_address"),
    path("links/", invite_views.links, name="invite_links"),
    path("links/<str:token>/", invite_views.link, name="invite_link"),
    path("links/<str:token>/revoke/", invite_views.revoke, name="revoke_invite_link"),
    path("waiting/", invite_views.waiting, name="join_waiting"),
    path("waiting/invite/", invite_views.send_invitations, name="send_invitations"),
    path("waiting/codes/", invite_views.print_codes, name="print_join_codes"),
    path("anew/<uuid:public_id>/", invite_views.code_anew, name="join_code_anew"),
    path("campaigns/", campaign_views.campaigns, name="campaigns"),
    path("campaigns/<uuid:public_id>/board/", campaign_views.board, name="campaign_board"),
    path("campaigns/<uuid:public_id>/board/figures/", campaign_views.figures, name="campaign_board_figures"),
    path("campaigns/<uuid:public_id>/wall/", campaign_views.board, {"is_wall": True}, name="campaign_wall"),
    path(
        "campaigns/<uuid:public_id>/wall/figures/",
        campaign_views.figures,
        {"is_wall": True},
        name="campaign_wall_figures",
    ),
    path("campaigns/<uuid:public_id>/link/", campaign_views.campaign_link, name="campaign_link"),
    re_path(r"^(?P<token>[\w-]{32})/$", views.invited, name="join_invited"),
]
