"""The reference: an empty Django view, without middleware. Every figure is a ratio to this one."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

WORDS = "Hello"


def hello(request: HttpRequest) -> HttpResponse:
    """Say hello."""
    return HttpResponse(WORDS, content_type="text/plain")


urlpatterns = [path("", hello)]

settings.configure(
    ALLOWED_HOSTS=["*"],
    DEBUG=False,
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    SECRET_KEY="opens-nothing",
)
application = get_wsgi_application()
