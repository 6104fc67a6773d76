"""The question for files: several at once, from a folder or the camera; those that arrived are never chosen again."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from nakadachi.infra.files.actions import check
from nakadachi.infra.files.incoming import Incoming, Kept
from nakadachi.infra.files.models import Upload
from nakadachi.infra.files.room import MEGABYTE
from nakadachi.kernel.refusal import Refused

KEPT_SUFFIX = "_kept"
CHOSEN_MAX = 1000


class FilesInput(forms.FileInput):
    """A control for several files, with those that arrived earlier as boxes to untick."""

    template_name = "ui/file_field.html"
    allow_multiple_selected = True
    needs_multipart_form = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.kept: list[Upload] = []
        self.count_max: int | None = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """Tokens of what arrived earlier, then what came along."""
        tokens = data.getlist(f"{name}{KEPT_SUFFIX}") if hasattr(data, "getlist") else []
        came = files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []
        return [*(Kept(token) for token in tokens[:CHOSEN_MAX] if token.isprintable()), *came]

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: files that arrived earlier answer the question too."""
        return False

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Neither here nor there."""
        return not self.value_from_datadict(data, files, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template shows."""
        context = super().get_context(name, None, attrs)
        context["kept"] = self.kept
        context["kept_name"] = f"{name}{KEPT_SUFFIX}"
        context["files_max"] = self.count_max or settings.FILES_PER_OBJECT_MAX
        context["bytes_max"] = settings.FILE_BYTES_MAX
        context["megabytes"] = settings.FILE_BYTES_MAX // MEGABYTE
        return context


class FilesField(forms.Field):
    """Any number of files. What may be stored is decided where they are stored; the same is asked here, so that it is
    said together with the other mistakes of a form. `required` and `count_max` are what the page says about it."""

    widget = FilesInput

    def __init__(self, *, required: bool = False, count_max: int | None = None, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        self.widget.count_max = count_max

    def clean(self, value: Any) -> list[Incoming]:
        """What was chosen; nothing is an empty list."""
        files = [one for one in value or [] if isinstance(one, Kept | UploadedFile)]
        try:
            check(files)
        except Refused as refused:
            refusal = refused.refusal
            raise ValidationError(gettext(refusal.sentence) % refusal.params, code=refusal.code) from None
        return files
