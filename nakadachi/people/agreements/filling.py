"""Putting the figures of the running market into a text: `{site_name}` becomes the name of the site."""

import re
from collections.abc import Mapping

Values = Mapping[str, str]
_PLACE = re.compile(r"\{([a-z_]+)\}")


def unknown_places(template: str, values: Values) -> list[str]:
    """Places of a text that nothing is known for, in their order."""
    return list(dict.fromkeys(name for name in _PLACE.findall(template) if name not in values))


def fill(template: str, values: Values) -> str:
    """The text with its places filled. A place that nothing is known for stays as it is."""
    return _PLACE.sub(lambda found: values.get(found.group(1), found.group(0)), template)
