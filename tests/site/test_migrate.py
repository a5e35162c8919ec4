"""The quick way to the tables of a new database leads to the same tables."""

import os
import subprocess
import sys
import uuid

import psycopg
import pytest
from django.conf import settings
from django.core.management.commands import migrate as django_migrate
from django.db import connection

from cop.site.management.commands.migrate import Command

# Everything a migration can leave behind, each as (kind, where, what).
EVERYTHING = """
SELECT 'column', table_name, concat_ws(' ', column_name, data_type, character_maximum_length, is_nullable,
       column_default, collation_name, is_identity, generation_expression)
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'extension', extname, extversion FROM pg_extension
UNION ALL SELECT 'migration', app, name FROM django_migrations
UNION ALL SELECT 'permission', app_label || '.' || model, codename FROM auth_permission
  JOIN django_content_type ON django_content_type.id = content_type_id
"""
RUN = "import sys, django; django.setup(); from django.core.management import call_command; "
OWN_WAY = RUN + "from django.core.management.commands.migrate import Command; call_command(Command(), verbosity=0)"
QUICK_WAY = RUN + "call_command('migrate', verbosity=0)"


@pytest.fixture
def new_database(django_db_blocker):
    """Makes an empty database and gives its address; afterwards all are dropped."""
    made = []

    def make():
        made.append(f"migrate_{uuid.uuid4().hex[:12]}")
        statement(f"CREATE DATABASE {made[-1]}")
        return made[-1]

    with django_db_blocker.unblock():
        yield make
        for name in made:
            statement(f"DROP DATABASE {name} WITH (FORCE)")


def statement(words):
    with psycopg.connect(**parameters("postgres"), autocommit=True) as server:
        server.execute(words)


def parameters(database):
    ours = connection.settings_dict
    found = {"host": ours["HOST"], "port": ours["PORT"], "user": ours["USER"], "password": ours["PASSWORD"]}
    return {name: value for name, value in found.items() if value} | {"dbname": database}


def migrated(database, way):
    """Everything in that database after the migration."""
    address = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{database}"
    own = {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "cop.settings"}
    subprocess.run([sys.executable, "-c", way], env=os.environ | own, cwd=settings.BASE_DIR, check=True)
    with psycopg.connect(**parameters(database)) as there:
        return set(there.execute(EVERYTHING).fetchall())


@pytest.mark.thorough
def test_both_ways_to_a_new_database_end_at_the_same_tables(new_database):
    quick, own = migrated(new_database(), QUICK_WAY), migrated(new_database(), OWN_WAY)

    assert sorted(quick ^ own) == []
    assert len([row for row in quick if row[0] == "constraint"]) > 500


@pytest.mark.django_db
def test_where_tables_are_django_goes_its_own_way(monkeypatch):
    """An upgrade of a community's data takes no short cut."""
    from django.db.migrations.state import ProjectState

    own_way, seen = ProjectState.add_model, []
    monkeypatch.setattr(django_migrate.Command, "handle", lambda *_, **__: seen.append(ProjectState.add_model))

    Command().handle(database="default")

    assert seen == [own_way]
