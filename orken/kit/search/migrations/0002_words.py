from typing import Any

from django.db import migrations

TABLE = "kit_search_searchrow"


def forwards(apps: object, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} ADD COLUMN words tsvector NOT NULL DEFAULT ''::tsvector")
        schema_editor.execute(f"CREATE INDEX kit_search_words ON {TABLE} USING gin (words)")
    else:
        # The «ascii» tokenizer leaves every other letter as it stands: the analyser has done its work before.
        schema_editor.execute(
            "CREATE VIRTUAL TABLE kit_search_words USING fts5(title, body, tokenize=\"ascii tokenchars '=_'\")"
        )


def backwards(apps: object, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN words")
    else:
        schema_editor.execute("DROP TABLE kit_search_words")


class Migration(migrations.Migration):
    dependencies = [("kit_search", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
