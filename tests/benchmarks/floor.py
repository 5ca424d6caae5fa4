"""The floor that pages are measured against, and the count of SELECTs; only benchmarks serve them."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.shortcuts import render
from django.urls import include, path

from alliances.schools.models import School

COLUMNS = ("urn", "name", "town", "phase", "type", "status", "postcode")


@login_not_required
def floor(request):
    """One indexed SELECT, 25 rows of 7 columns, one template."""
    schools = School.objects.order_by("search_text", "id").values(*COLUMNS)[:25]
    return render(request, "benchmarks/floor.html", {"schools": schools})


class CountQueries:
    """Tells how many statements a request cost, when it asks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "X-Count-Queries" not in request.headers:
            return self.get_response(request)
        statements = []

        def count(execute, sql, params, many, context):
            statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response["X-Queries"] = len(statements)
        return response


urlpatterns = [
    path("benchmark-floor/", floor),
    path("", include("partnership.urls")),
]
