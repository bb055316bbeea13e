"""What all forms and lists of the desk share."""

from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import IntegrityError, models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

if TYPE_CHECKING:  # Django's admin classes are generic for the type checker only
    ModelAdmin = admin.ModelAdmin
    StackedInline = admin.StackedInline
    TabularInline = admin.TabularInline
    Mixin = admin.options.BaseModelAdmin[Any]
    ModelForm = forms.ModelForm
    InlineFormSet = forms.BaseInlineFormSet
else:

    class Subscriptable:
        def __class_getitem__(cls, item: object) -> type:
            return cls

    class ModelAdmin(Subscriptable, admin.ModelAdmin):
        pass

    class StackedInline(Subscriptable, admin.StackedInline):
        pass

    class TabularInline(Subscriptable, admin.TabularInline):
        pass

    class ModelForm(Subscriptable, forms.ModelForm):
        pass

    class InlineFormSet(Subscriptable, forms.BaseInlineFormSet):
        pass

    Mixin = object

M = TypeVar("M", bound=models.Model)
Parent = TypeVar("Parent", bound=models.Model)


class ProseFormField(forms.CharField):
    """Text of several lines. Browsers send CRLF whatever was typed; a quotation is kept to the letter."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class DeskForms(Mixin):
    """How fields look, in forms and inlines."""

    formfield_overrides = {models.TextField: {"form_class": ProseFormField, "widget": ProseFormField.widget}}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in {"prefix", "suffix"}:  # the blank next to a quotation is part of its surroundings
            kwargs["strip"] = False
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # A cross beside a speaker reads as "take it out of this field", and would delete the speaker.
            field.widget.can_delete_related = False
        return field


class DeskAdmin(DeskForms, ModelAdmin[M]):
    list_per_page = 50
    list_max_show_all = 200

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[M], bool]:
        # The autocomplete view passes on what it was sent, and PostgreSQL has no NUL.
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Two editors may save at one moment what only one of them can: both forms were valid, one INSERT fails."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            text = "Someone else saved a change that contradicts yours at the same moment. Nothing of yours was saved."
            self.message_user(request, f"{text} Look at the present state and enter it again.", messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


class Gone:
    """Stands for a row that someone else has deleted since the form was opened."""

    pk = None

    def __str__(self) -> str:
        return "deleted meanwhile"


class DeskFormSet(InlineFormSet[Any, Any, Any]):
    """The rows of an inline, whose errors say what the constraints of the tables say."""

    def get_queryset(self) -> Any:
        """The admin draws each form that was sent beside one of these, and none beyond them."""
        if not self.is_bound or "forms" not in self.__dict__:
            return super().get_queryset()
        return [Gone() if form.instance._state.adding else form.instance for form in self.initial_forms]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "Delete"

    def get_unique_error_message(self, unique_check: Any) -> str:
        said = {
            frozenset(rule.fields): rule.violation_error_message
            for rule in self.fk.model._meta.total_unique_constraints
        }
        return str(said.get(frozenset(unique_check)) or super().get_unique_error_message(unique_check))

    def clean(self) -> None:
        # Errors of the row, since neither the field that names the parent nor the one that names the row is drawn.
        for form in self.forms:
            for error in form.errors.pop(self.fk.name, []):
                form.add_error(None, error)
            if form.errors.pop(str(form._meta.model._meta.pk.name), []):
                what = "tick its “Delete” and save again" if "DELETE" in form.fields else "open this page again"
                form.add_error(None, f"Someone else has deleted this meanwhile. Copy what you still need, then {what}.")
        super().clean()


class DeskStackedInline(DeskForms, StackedInline[M, Parent]):
    formset = DeskFormSet
    extra = 0


class DeskTabularInline(DeskForms, TabularInline[M, Parent]):
    formset = DeskFormSet
    extra = 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and field.label:  # a table's head is no label to those who hear the form
            field.widget.attrs["aria-label"] = str(field.label).capitalize()
        return field
