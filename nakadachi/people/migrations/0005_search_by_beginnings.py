"""Operators find members by the beginning of a mail address, display name or reading: `directory.find`."""

from django.db import migrations

_WORDS = {
    "email": "upper(email::text)",
    "display_name": "upper(display_name::text)",
    "family_kana": "family_kana",
    "given_kana": "given_kana",
}


class Migration(migrations.Migration):
    dependencies = [("people", "0004_member_invoice_number")]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX member_{name}_begins ON people_member ({words} text_pattern_ops)",
            f"DROP INDEX member_{name}_begins",
        )
        for name, words in _WORDS.items()
    ]
