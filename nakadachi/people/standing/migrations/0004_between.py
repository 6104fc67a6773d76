"""What stands between two members is read by one function, which can hold their doors open before it reads."""

from pathlib import Path

from django.db import migrations

BETWEEN = Path(__file__).resolve().parent.parent / "sql" / "between.sql"
AWAY = "DROP FUNCTION standing_between; DROP FUNCTION standing_door"


class Migration(migrations.Migration):
    dependencies = [("standing", "0003_certified")]
    operations = [migrations.RunSQL(BETWEEN.read_text(encoding="utf-8"), AWAY)]
