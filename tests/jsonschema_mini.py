# SPDX-License-Identifier: MIT
"""The part of JSON Schema 2020-12 that docs/report.schema.json uses.

A keyword that is not known here is an error, so a schema can't ask for more
than is checked.
"""
import re

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool,
         "null": type(None)}
NOTES = {"$schema", "title", "description", "$defs"}


class Invalid(Exception):
    pass


def fail(where, why):
    raise Invalid(f"{where or '/'}: {why}")


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return (isinstance(value, (int, float))
                and not isinstance(value, bool))
    return isinstance(value, TYPES[name])


class Validator:
    def __init__(self, schema):
        self.root = schema

    def resolve(self, ref):
        node = self.root
        for part in ref.removeprefix("#/").split("/"):
            node = node[part]
        return node

    def check(self, value, schema=None, where=""):
        schema = self.root if schema is None else schema
        for keyword, want in schema.items():
            if keyword in NOTES:
                continue
            rule = getattr(self, "rule_" + keyword.replace("$", ""), None)
            if rule is None:
                raise ValueError(f"keyword {keyword} is not known here")
            rule(value, want, schema, where)

    def rule_ref(self, value, want, schema, where):
        self.check(value, self.resolve(want), where)

    def rule_type(self, value, want, schema, where):
        if not is_type(value, want):
            fail(where, f"{value!r} is no {want}")

    def rule_const(self, value, want, schema, where):
        if value != want or type(value) is not type(want):
            fail(where, f"{value!r} is not {want!r}")

    def rule_enum(self, value, want, schema, where):
        if value not in want:
            fail(where, f"{value!r} is none of {want}")

    def rule_minimum(self, value, want, schema, where):
        if value < want:
            fail(where, f"{value} is below {want}")

    def rule_pattern(self, value, want, schema, where):
        if not re.search(want, value):
            fail(where, f"{value!r} does not match {want}")

    def rule_required(self, value, want, schema, where):
        for name in want:
            if name not in value:
                fail(where, f"{name} is missing")

    def rule_dependentRequired(self, value, want, schema, where):
        for name, others in want.items():
            if name in value:
                self.rule_required(value, others, schema, where)

    def rule_properties(self, value, want, schema, where):
        for name, sub in want.items():
            if isinstance(value, dict) and name in value:
                self.check(value[name], sub, f"{where}/{name}")

    def rule_additionalProperties(self, value, want, schema, where):
        for name in value.keys() - schema.get("properties", {}).keys():
            if want is False:
                fail(where, f"{name} is not foreseen")
            self.check(value[name], want, f"{where}/{name}")

    def rule_items(self, value, want, schema, where):
        for i, item in enumerate(value):
            self.check(item, want, f"{where}/{i}")

    def rule_oneOf(self, value, want, schema, where):
        reasons = []
        for sub in want:
            try:
                self.check(value, sub, where)
            except Invalid as e:
                reasons.append(str(e))
        if len(reasons) != len(want) - 1:
            fail(where, f"{len(want) - len(reasons)} forms fit, not one: "
                 + "; ".join(reasons))
