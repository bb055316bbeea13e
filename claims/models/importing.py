"""What was imported, how far it got, and what could not be taken over."""

from django.db import models

from claims.models.fields import LineField, ProseField


class ImportRun(models.Model):
    """One import of one file. Its counts grow with every batch, in its transaction: that is where it resumes."""

    name = LineField(max_length=500, help_text="File or address.")
    form = LineField(max_length=30, verbose_name="format")
    # SHA-256 of the content, the format and the mapping: equal where going on is the same as starting anew.
    digest = models.CharField(max_length=64, db_index=True)
    started_by = LineField(max_length=150)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    publishes = models.BooleanField(default=False, help_text="The claims were published too.")
    # A rehearsal changed nothing but this report. What was read waits here, compressed, until someone imports it.
    is_rehearsal = models.BooleanField(default=False, verbose_name="dry run")
    content = models.BinaryField(null=True, editable=False)
    mapping = models.TextField(blank=True, default="", editable=False)
    rows = models.PositiveIntegerField(default=0)
    claims_created = models.PositiveIntegerField(default=0)
    claims_matched = models.PositiveIntegerField(default=0)
    reviews_created = models.PositiveIntegerField(default=0)
    reviews_matched = models.PositiveIntegerField(default=0)
    speakers_matched = models.PositiveIntegerField(default=0)
    speakers_proposed = models.PositiveIntegerField(default=0)
    claims_published = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "import"
        ordering = ["-started_at"]
        get_latest_by = "started_at"

    def __str__(self) -> str:
        return self.name


class ImportFinding(models.Model):
    """One thing that a reader of the report should know: where it is, what stands there, what was made of it."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="findings")
    row = models.PositiveIntegerField(help_text="1 is the first row, object or element of the file.")
    field = LineField(max_length=100, blank=True)
    value = ProseField(max_length=300, blank=True)
    message = ProseField(max_length=300)
    outcome = ProseField(max_length=300, blank=True, default="", help_text="What was made of the value.")
    refused = models.BooleanField(default=False, help_text="The row was not imported because of it.")

    class Meta:
        ordering = ["row", "pk"]

    def __str__(self) -> str:
        return f"Row {self.row}, {self.field}: {self.message}"
