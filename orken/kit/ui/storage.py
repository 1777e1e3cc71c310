"""Static files with the hash of their content in the name: kept for ever by browsers, never stale."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedStaticFiles(ManifestStaticFilesStorage):
    """Hashes also follow `import` between our native ES modules."""

    support_js_module_import_aggregation = True
    manifest_strict = False
