"""Reading the files of a plain form: limits hold while the bytes come in, not after they filled the disk."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload, TemporaryFileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from nakadachi.infra.files.incoming import TooMuch

FORM_BYTES = 4 * 1024**2
"""What the rest of a form may weigh beside its files."""
READ_OUT_BYTES_MAX = 1024**3
"""Up to here a form that is too large is read to its end, so that the browser gets our answer; beyond it is cut."""

Parsed = tuple[QueryDict, MultiValueDict[str, Any]]


class Receiving(TemporaryFileUploadHandler):
    """Writes files to disk as they come. What is too large or one too many is counted, not written: its size then says
    so to the action. Nobody's files are not read at all."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.files = self.received = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  Django's name
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> Parsed | None:
        """A form too large as a whole is read up to its first file: the fields before it are kept."""
        if content_length <= settings.FILES_FORM_BYTES_MAX + FORM_BYTES:
            return None
        first = _FirstFile(self.request, cut=content_length > READ_OUT_BYTES_MAX)
        post, files = MultiPartParser(META, input_data, [first], encoding).parse()
        if first.field:
            files.appendlist(first.field, TooMuch(name="files", size=content_length))
        return post, files

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin one, for a member only."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise StopUpload(connection_reset=True)
        super().new_file(*args, **kwargs)
        self.files, self.received = self.files + 1, 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep it while it may still become a file that is taken."""
        self.received += len(raw_data)
        if self.received <= settings.FILE_BYTES_MAX and self.files <= settings.FILES_PER_OBJECT_MAX:
            super().receive_data_chunk(raw_data, start)
        return None


class _FirstFile(FileUploadHandler):
    """Remembers the field of the first file and stops there."""

    def __init__(self, request: Any, *, cut: bool) -> None:
        super().__init__(request)
        self.field, self.cut = "", cut

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:
        """The first one."""
        super().new_file(*args, **kwargs)
        self.field = self.field_name
        raise StopUpload(connection_reset=self.cut or not self.request.user.is_authenticated)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never reached."""

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Never reached."""
        return None
