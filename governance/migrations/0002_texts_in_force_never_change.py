"""The database itself refuses to change or delete the text of a version that is or was in force."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION governance_texts_in_force_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'draft' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE'
       OR (NEW.document_id, NEW.version, NEW.body, NEW.html, NEW.contents, NEW.in_force_at)
          IS DISTINCT FROM (OLD.document_id, OLD.version, OLD.body, OLD.html, OLD.contents, OLD.in_force_at)
       OR NOT (NEW.status = OLD.status OR (OLD.status = 'in-force' AND NEW.status = 'superseded'))
    THEN
        RAISE EXCEPTION 'A text that is or was in force never changes: write a new version.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER texts_in_force_never_change BEFORE UPDATE OR DELETE ON governance_documentversion
    FOR EACH ROW EXECUTE FUNCTION governance_texts_in_force_never_change();
"""
BACKWARD = """
DROP TRIGGER texts_in_force_never_change ON governance_documentversion;
DROP FUNCTION governance_texts_in_force_never_change();
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_first")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
