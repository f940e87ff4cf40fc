"""The JSON schema of an edition's file, for editors that complete and check TOML; each check's parameters included."""

from __future__ import annotations

from typing import Any

from audit.checks import checks
from audit.edition import Edition

NAME = "edition.schema.json"


def schema() -> dict[str, Any]:
    """Draft 2020-12: [[indicator]] with the params of the check that it names."""
    whole = Edition.model_json_schema(by_alias=True)
    whole["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    whole["properties"].pop("sha256")
    indicator = whole["$defs"]["Indicator"]
    rules = []
    for name, check in checks().items():
        params = check.Params.model_json_schema(by_alias=True, ref_template=f"#/$defs/{name}.{{model}}")
        whole["$defs"].update({f"{name}.{k}": v for k, v in params.pop("$defs", {}).items()})
        whole["$defs"][f"{name}.params"] = params
        named = {"properties": {"check": {"const": name}}}
        rules.append({"if": named, "then": {"properties": {"params": {"$ref": f"#/$defs/{name}.params"}}}})
    indicator["properties"]["check"]["enum"] = list(checks())
    indicator["allOf"] = rules
    return whole
