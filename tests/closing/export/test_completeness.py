"""Nothing is forgotten: every table and every column is told, or stays behind for a written reason."""

from dataclasses import replace

import pytest
from django.apps import apps

from nakadachi.closing.export import handbook
from nakadachi.closing.export.areas import AREAS, LEFT_OUT
from nakadachi.closing.export.gathering import money
from nakadachi.closing.export.shapes import Shape

SHAPES = [shape for area in AREAS for shape in area.shapes]
THEIRS = {"account.emailaddress", "mfa.authenticator"}
"""Tables of others in which there is something of a member's."""
NOT_OF_MEMBERS = {"auth", "contenttypes", "procrastinate", "account", "mfa"}
"""Apps of others: permissions, the queue (whose jobs carry numbers only), confirmations that are not used."""


def tables() -> set[str]:
    ours = {
        model._meta.label_lower for model in apps.get_models() if model._meta.app_config.name.startswith("nakadachi.")
    }
    return ours | THEIRS


def unaccounted(shape: Shape) -> set[str]:
    """Columns of its table that a shape forgets, or names twice, or that are none."""
    columns = [field.name for field in shape.model._meta.concrete_fields]
    said = [*shape.columns, *shape.people, *shape.without]
    return set(columns) ^ set(said) | {name for name in said if said.count(name) > 1}


def test_every_table_is_told_or_left_out_for_a_reason():
    told = {shape.model._meta.label_lower for shape in SHAPES}
    assert not told & LEFT_OUT.keys()
    assert tables() - told - LEFT_OUT.keys() == set(), "declare it in closing/export/areas.py"
    assert LEFT_OUT.keys() - tables() == set(), "there is no such table any more"
    assert all(LEFT_OUT.values())


def test_apps_of_others_are_known():
    labels = {model._meta.app_label for model in apps.get_models()}
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("nakadachi.")}
    assert labels - ours <= NOT_OF_MEMBERS


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.model._meta.label_lower)
def test_every_column_is_told_or_left_out_for_a_reason(shape):
    assert unaccounted(shape) == set(), "declare it in the shape"
    assert all(shape.without.values())


def test_a_new_column_would_be_noticed():
    assert unaccounted(replace(money.PAYOUT, columns=money.PAYOUT.columns[1:])) == {"id"}


def test_nobody_elses_secret_column_is_told():
    """Columns that open something are in no shape, whatever becomes of the tables."""
    told = {(shape.model._meta.label_lower, name) for shape in SHAPES for name in shape.columns}
    secrets = {("people.member", "password"), ("access.session", "session_key"), ("mfa.authenticator", "data")}
    assert not told & secrets


def test_the_page_about_it_is_made_from_the_tables():
    text = handbook.render()
    for area in AREAS:
        assert f"`{area.path}`" in text
