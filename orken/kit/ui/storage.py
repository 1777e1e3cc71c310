"""Static files with the hash of their content in the name: kept for ever by browsers, never stale; packed once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """Hashes also follow `import` between our native ES modules. Beside each text stands a packed twin, which WhiteNoise sends."""

    support_js_module_import_aggregation = True
    manifest_strict = False
