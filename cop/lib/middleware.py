"""What holds for every answer of the site."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

Answer = Callable[[HttpRequest], HttpResponse]
METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


def refuse_odd_methods(get_response: Answer) -> Answer:
    """TRACE, PUT and their like have no meaning here; some would echo headers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return middleware


def keep_private_pages_out_of_caches(get_response: Answer) -> Answer:
    """What a signed-in member sees stays out of shared and browser caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def refuse_nul(get_response: Answer) -> Answer:
    """No text of a person holds a NUL, and the database takes none: 400 before a view can stumble over one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        typed = [request.path, *(value for values in request.GET.lists() for value in values[1])]
        if request.method == "POST":
            typed += [value for values in request.POST.lists() for value in values[1]]
        if any("\x00" in value for value in typed):
            raise BadRequest("A text holds a NUL character.")
        return get_response(request)

    return middleware
