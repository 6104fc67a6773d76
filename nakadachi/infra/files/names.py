"""What a file may be called once it is here: shown, sent in a header, and saved on any computer without harm."""

import unicodedata

NAME_LENGTH_MAX = 120
NAME_BYTES_MAX = 240
"""Most file systems end at 255 bytes; a Japanese character takes three."""

_AWKWARD = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_RESERVED = {"con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10))}
_ENDING_LENGTH_MAX = 10


def safe_name(name: str) -> str:
    """The last path part of an uploaded name, composed (NFC), without control or direction characters, its ending
    kept when it has to be shortened."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(ch for ch in plain if unicodedata.category(ch)[0] != "C").translate(_AWKWARD).strip(" .")
    if plain.partition(".")[0].lower() in _RESERVED:
        plain = f"_{plain}"
    stem, ending = parts(plain)
    ending = f".{ending}" if ending and len(ending) <= _ENDING_LENGTH_MAX else ""
    stem = plain[: len(plain) - len(ending)][: NAME_LENGTH_MAX - len(ending)]
    while len((stem + ending).encode()) > NAME_BYTES_MAX:
        stem = stem[:-1]
    return stem + ending or "file"


def parts(name: str) -> tuple[str, str]:
    """`a.tar.GZ` is ("a.tar", "gz"); a name without an ending has an empty one."""
    stem, dot, ending = name.rpartition(".")
    return (stem, ending.lower()) if dot and stem else (name, "")
