"""Pages for what went wrong, in the site's own look and with a way on."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def no_access(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """With the words of the refusal, where it has some for the person who asked."""
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/403_form.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Needs no database and no context, so that it also answers when those are the fault."""
    return HttpResponseServerError(loader.get_template("errors/500.html").render({}))
