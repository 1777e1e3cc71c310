"""Static files with the hash of their content in the name, and compressed: kept for ever by browsers, never stale."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Hashes also follow `import` between our native ES modules."""

    support_js_module_import_aggregation = True
    manifest_strict = False
