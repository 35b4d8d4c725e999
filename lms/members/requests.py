"""The request of somebody who is signed in, for views behind ``login_required``."""

from django.http import HttpRequest

from lms.members.models import Member


class SignedInRequest(HttpRequest):
    """A request whose ``user`` is a member. Only a type: nothing is ever made of this class."""

    user: Member
