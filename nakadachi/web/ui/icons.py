"""Line icons of one weight, drawn for a 24 px grid. `ICONS` maps a name to the inside of its SVG."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS = {
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
    "briefcase": '<path d="M3.5 8.5h17v11h-17z"/><path d="M8.5 8.5v-3h7v3M3.5 13h17"/>',
    "message": '<path d="M3.5 4.5h17v12h-10l-4 4v-4h-3z"/>',
    "sprout": '<path d="M12 20.5V10M12 13C8 13 5 10.5 5 6.5c4 0 7 2.5 7 6.5Zm0-2c0-4 3-6.5 7-6.5 0 4-3 6.5-7 6.5Z"/>',
    "menu": '<path d="M4 6.5h16M4 12h16M4 17.5h16"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c0-4 3.300-6.5 7.5-6.5s7.5 2.5 7.5 6.5"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "alert": '<path d="M12 4 2.5 20h19zM12 10v4.5M12 17v.5"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.5V8"/>',
    "file": '<path d="M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5"/>',
    "folder": '<path d="M3.5 6h6l2 2.5h9v11h-17z"/>',
    "camera": '<path d="M3.5 8h4l1.500-2.500h6L16.500 8h4v11.500h-17z"/><circle cx="12" cy="13.500" r="3.500"/>',
    "upload": '<path d="M12 16V4.5M7 9l5-5 5 5M4.5 16v4.5h15V16"/>',
    "download": '<path d="M12 4v11.5M7 11l5 5 5-5M4.5 16v4.5h15V16"/>',
    "arrow-right": '<path d="M4.5 12h15M13.5 6l6 6-6 6"/>',
    "chevron": '<path d="m9 5.5 6.5 6.5L9 18.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.5l3.5 2"/>',
    "shield": '<path d="M12 3.5 4.5 6v6c0 4.5 3 7.5 7.5 8.5 4.5-1 7.5-4 7.5-8.5V6zM8.5 12l2.5 2.5 4.5-5"/>',
    "yen": '<path d="m6.5 4.5 5.5 8 5.5-8M12 12.5v7.5M7.5 13h9M7.5 16.5h9"/>',
    "pencil": '<path d="m4.5 19.5 1-4L16 5l3 3L8.5 18.5zM13.5 7.5l3 3"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "external": '<path d="M10 5.5H5v13.5h13.5V14M14 4.5h5.5V10M19.5 4.5 11 13"/>',
    "home": '<path d="m3.5 11.5 8.5-7.5 8.5 7.5M6 9.5v10.5h12V9.5"/>',
    "gear": '<circle cx="12" cy="12" r="3"/>'
    '<path d="M12 3.5v3m0 11v3M3.5 12h3m11 0h3M6 6l2 2m8 8 2 2m0-12-2 2m-8 8-2 2"/>',
    "list": '<path d="M9 6.5h11M9 12h11M9 17.5h11M4 6.5h1M4 12h1M4 17.5h1"/>',
    "flag": '<path d="M5.5 20.5v-16M5.5 5h12l-2.5 4 2.5 4h-12"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7"/>',
    "tag": '<path d="M4 4.5h8l8 8-7.5 7.5-8.5-8zM8 8.5v.1"/>',
    "logout": '<path d="M14 4.5H5v15h9M10 12h10.5M16.5 8l4 4-4 4"/>',
    "globe": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"/>',
}


@cache
def icon(name: str, label: str = "") -> SafeString:
    """The icon as inline SVG: decoration unless it carries a label. An unknown name is the page's mistake."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    inside = mark_safe(ICONS[name])  # noqa: S308  drawn above
    return format_html('<svg class="icon" viewBox="0 0 24 24" width="24" height="24" {}>{}</svg>', spoken, inside)
