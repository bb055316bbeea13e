"""Imports on the desk: try it, read the report, and only then import. Bigger files are for the command."""

import csv
import io
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from claims.admin.base import DeskAdmin, ProseFormField
from claims.domain import import_runs
from claims.domain.errors import ImportRefusedError
from claims.exchange import fetching, importing
from claims.exchange.import_files import Asked, import_file, rehearse_file
from claims.models import ImportRun

MOST_BYTES = 5 * 2**20  # of what is imported while someone waits for the page
PER_PAGE = 100
FORMATS = [(name, name) for name in importing.FORMATS if name != importing.EDITIONS]


class ImportForm(forms.Form):
    file = forms.FileField(required=False, max_length=500, help_text=f"At most {MOST_BYTES // 2**20} MB.")
    address = forms.URLField(
        required=False, max_length=500, assume_scheme="https", label="or address", widget=AdminURLFieldWidget
    )
    form = forms.ChoiceField(choices=FORMATS, label="Format", help_text="“auto” finds out.")
    mapping = ProseFormField(
        required=False, max_length=20_000, help_text="For tables and lists of objects: which column is what, as TOML."
    )
    publish = forms.BooleanField(required=False, label="Publish the imported claims, too")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        upload = given.get("file")
        if bool(upload) == bool(given.get("address")) and not self.errors:
            raise ValidationError("Give a file or an address, one of the two.")
        if upload and upload.size > MOST_BYTES:
            self.add_error(
                "file", f"It has more than {MOST_BYTES // 2**20} MB. The command import_claims takes any size."
            )
        return given


@admin.register(ImportRun)
class ImportRunAdmin(DeskAdmin[ImportRun]):
    """The list of imports; adding one tries it, and its page is the report."""

    list_display = ["name", "kind_of_run", "rows", "rows_refused", "started_by", "started"]
    list_filter = ["is_rehearsal", "form"]
    search_fields = ["name", "started_by"]
    search_help_text = "A part of the file's name or address, or who started it."

    @admin.display(description="run")
    def kind_of_run(self, run: ImportRun) -> str:
        return "Dry run" if run.is_rehearsal else "Imported" if run.finished_at else "Interrupted"

    @admin.display(description="started", ordering="started_at")
    def started(self, run: ImportRun) -> str:
        return f"{timezone.localtime(run.started_at):%Y-%m-%d %H:%M}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and request.user.has_perm("claims.add_claim")

    def has_change_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/import/", wrap(require_POST(self.import_view)), name="claims_importrun_import"),
            path("<int:pk>/findings.csv", wrap(self.findings_view), name="claims_importrun_findings"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        if not _may_publish(request):
            del form.fields["publish"]
        if request.method == "POST" and form.is_valid():
            try:
                with _content(form) as (file, name):
                    run = rehearse_file(file, _asked(request, form, file, name))
                return HttpResponseRedirect(_path(run))
            except ImportRefusedError as error:
                form.add_error(None, str(error))
        context = self._context(request, "Import what others found") | {"form": form}
        return TemplateResponse(request, "admin/claims/import_form.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        run = get_object_or_404(ImportRun.objects.defer("content"), pk=object_id if object_id.isdecimal() else 0)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        page = Paginator(run.findings.all(), PER_PAGE).get_page(request.GET.get("page"))
        context = self._context(request, str(run)) | {
            "run": run,
            "counts": [(name.replace("_", " ").capitalize(), getattr(run, name)) for name in import_runs.COUNTS],
            "kinds": import_runs.kinds(run),
            "page": page,
            "nothing_new": import_runs.is_nothing_new(run),
            "may_import": self._may_import(request, run),
            "claims": f"{reverse('admin:claims_claim_changelist')}?import_run={run.pk}",
        }
        return TemplateResponse(request, "admin/claims/import_run.html", context)

    def import_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Does what a dry run showed."""
        run = get_object_or_404(ImportRun, pk=pk)
        if not self.has_add_permission(request) or (run.publishes and not _may_publish(request)):
            raise PermissionDenied
        if not run.is_rehearsal or run.content is None:
            self.message_user(request, "Its content is no longer kept. Try it again first.", messages.ERROR)
            return HttpResponseRedirect(_path(run))
        asked = Asked(run.name, run.form, request.user.get_username(), run.mapping, _base(run.name), run.publishes)
        try:
            done = import_file(io.BytesIO(zlib.decompress(run.content)), asked)
        except ImportRefusedError as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(_path(run))
        import_runs.forget_content(run)
        self.message_user(request, "Imported.", messages.SUCCESS)
        return HttpResponseRedirect(_path(done))

    def findings_view(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        run = get_object_or_404(ImportRun.objects.defer("content"), pk=pk)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        return StreamingHttpResponse(
            _csv(run),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="import-{run.pk}.csv"'},
        )

    def _may_import(self, request: HttpRequest, run: ImportRun) -> bool:
        kept = run.is_rehearsal and ImportRun.objects.filter(pk=run.pk, content__isnull=False).exists()
        return kept and self.has_add_permission(request) and (not run.publishes or _may_publish(request))

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}


def _path(run: ImportRun) -> str:
    return reverse("admin:claims_importrun_change", args=[run.pk])


def _may_publish(request: HttpRequest) -> bool:
    return request.user.has_perm("claims.publish_claim")


def _asked(request: HttpRequest, form: ImportForm, file: BinaryIO, name: str) -> Asked:
    given = form.cleaned_data
    return Asked(
        name=name,
        form=importing.detected(file, name) if given["form"] == importing.AUTO else given["form"],
        by=request.user.get_username(),
        mapping=given["mapping"],
        base=_base(name),
        publish=bool(given.get("publish")),
    )


def _base(name: str) -> str:
    return name if fetching.is_address(name) else ""


@contextmanager
def _content(form: ImportForm) -> Iterator[tuple[BinaryIO, str]]:
    """A file, and its name or address."""
    if address := form.cleaned_data["address"]:
        with fetching.fetched(address, most_bytes=MOST_BYTES) as found:
            yield found.file, found.address
        return
    upload = form.cleaned_data["file"]
    with tempfile.TemporaryFile() as file:
        for part in upload.chunks():
            file.write(part)
        yield file, upload.name


def _csv(run: ImportRun) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line)
    for row in _lines(run):
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _lines(run: ImportRun) -> Iterator[tuple[Any, ...]]:
    yield import_runs.COLUMNS
    yield from import_runs.findings_of(run)
