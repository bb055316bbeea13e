from django.urls import URLPattern, path

from claims.api.v1 import views
from claims.api.v1.changes import Changes
from claims.api.v1.exports import exports
from claims.api.v1.index import Index
from claims.api.v1.schema.views import Docs, Schema

app_name = "api"


def resource(prefix: str, view: type[views.RecordViewSet]) -> list[URLPattern]:
    """The four addresses that every resource has."""
    routes = {
        ("list", ""): "list",
        ("detail", "<slug:slug>/"): "retrieve",
        ("editions", "<slug:slug>/editions/"): "editions",
        ("edition", "<slug:slug>/editions/<int:number>/"): "edition",
    }
    return [
        path(f"{prefix}/{route}", view.as_view({"get": method}), name=f"{view.kind}-{name}")
        for (name, route), method in routes.items()
    ]


urlpatterns = [
    path("", Index.as_view(), name="index"),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Docs.as_view(), name="docs"),
    path("changes/", Changes.as_view(), name="changes"),
    *exports(),
    *resource("claims", views.ClaimViewSet),
    *resource("speakers", views.SpeakerViewSet),
    *resource("sources", views.SourceViewSet),
    *resource("topics", views.TopicViewSet),
    *resource("rating-scales", views.RatingScaleViewSet),
    *resource("pages", views.PageViewSet),
]
