"""Emptying the ledger in one stroke is refused as well, unless the session says beforehand that it means it.

Only databases of tests and measurements say so: SET cop.may_empty_ledger = 'on'."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION members_ledger_is_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('cop.may_empty_ledger', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'The ledger of activities is append-only: it is never emptied.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_is_not_emptied BEFORE TRUNCATE ON members_activity
    FOR EACH STATEMENT EXECUTE FUNCTION members_ledger_is_not_emptied();
"""
BACKWARD = """
DROP TRIGGER ledger_is_not_emptied ON members_activity;
DROP FUNCTION members_ledger_is_not_emptied();
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0009_acts_for_rules")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
