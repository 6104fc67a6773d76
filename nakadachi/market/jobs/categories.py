"""What kinds of work there are. The slug is stored, the label is shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CATEGORIES: dict[str, str | Promise] = {
    "writing": _("Writing and articles"),
    "translation": _("Translation"),
    "web": _("Web sites and web design"),
    "development": _("Systems and app development"),
    "design": _("Design and illustration"),
    "video": _("Video, photo and sound"),
    "office": _("Data entry and office work"),
    "marketing": _("Marketing and social media"),
    "ec": _("Online shops"),
    "consulting": _("Research, planning and consulting"),
}
SLUGS = tuple(CATEGORIES)
