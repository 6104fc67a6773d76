"""What was published or sent once stays as it was: neither the serving role nor the owner can change it."""

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from nakadachi.market.jobs.models import JobVersion
from nakadachi.market.sourcing.models import ProposalVersion
from tests import database, walk

TABLES = ("jobs_jobversion", "sourcing_proposalversion")
WRITES = ("UPDATE {} SET number = number + 1", "DELETE FROM {}", "TRUNCATE {}")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("write", WRITES)
def test_even_the_owner_cannot_change_an_earlier_version(committed_db, table, write):
    walk.edited_job()
    walk.revised()
    with database.owner_connection(committed_db) as owner:
        with pytest.raises(psycopg.errors.RaiseException, match="never changed"):
            owner.execute(write.format(table))
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        with owner.transaction(force_rollback=True):
            assert owner.execute(write.format(table)).statusmessage, "it is the trigger that refuses"
    assert [version.number for version in (JobVersion.objects.get(), ProposalVersion.objects.get())] == [1, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("write", WRITES)
def test_nor_can_the_role_that_serves(table, write):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(write.format(table))
