"""The database itself refuses to change or delete a row of the ledger."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION members_ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger of activities is append-only: correct a row by a reversing row.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE ON members_activity
    FOR EACH ROW EXECUTE FUNCTION members_ledger_is_append_only();
"""
BACKWARD = """
DROP TRIGGER ledger_is_append_only ON members_activity;
DROP FUNCTION members_ledger_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0001_first")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
