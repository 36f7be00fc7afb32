#!/usr/bin/env python3
"""validate.py SCHEMA <JSON: says where a document breaks a JSON Schema, with the keywords that docs/schema uses. A schema may
refer to another one in its folder by its $id."""
import glob
import json
import os
import re
import sys

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
OTHERS = {}  # by $id
ANNOTATIONS = {"$schema", "$id", "$defs", "title", "description"}


def has_type(value, name):
    if name in ("integer", "number"):
        numeric = int if name == "integer" else (int, float)
        return isinstance(value, numeric) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def broken(value, schema, root, where):
    """Yields what is wrong with value, as sentences."""
    for keyword, wanted in schema.items():
        if keyword == "$ref" and wanted in OTHERS:
            yield from broken(value, OTHERS[wanted], OTHERS[wanted], where)
        elif keyword == "$ref":
            yield from broken(value, root["$defs"][wanted.removeprefix("#/$defs/")], root, where)
        elif keyword == "anyOf":
            if all(any(True for _ in broken(value, choice, root, where)) for choice in wanted):
                yield f"{where}: fits none of the choices"
        elif keyword == "type":
            if not has_type(value, wanted):
                yield f"{where}: is no {wanted}"
                return
        elif keyword == "const":
            if value != wanted:
                yield f"{where}: is not {wanted!r}"
        elif keyword == "enum":
            if value not in wanted:
                yield f"{where}: {value!r} is not one of {wanted}"
        elif keyword == "pattern":
            if not re.search(wanted, value):
                yield f"{where}: {value!r} does not match {wanted}"
        elif keyword == "minimum":
            if value < wanted:
                yield f"{where}: {value} is less than {wanted}"
        elif keyword == "maximum":
            if value > wanted:
                yield f"{where}: {value} is more than {wanted}"
        elif keyword == "required":
            yield from (f"{where}: has no {name}" for name in wanted if name not in value)
        elif keyword == "properties":
            for name, part in value.items():
                if name in wanted:
                    yield from broken(part, wanted[name], root, f"{where}.{name}")
        elif keyword == "additionalProperties":
            for name in value:
                if name in schema.get("properties", {}):
                    continue
                if wanted is False:
                    yield f"{where}: {name} is not in the schema"
                else:
                    yield from broken(value[name], wanted, root, f"{where}.{name}")
        elif keyword == "items":
            for index, part in enumerate(value):
                yield from broken(part, wanted, root, f"{where}[{index}]")
        elif keyword not in ANNOTATIONS:
            yield f"the schema uses {keyword}, which this program does not know"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    for path in glob.glob(os.path.join(os.path.dirname(sys.argv[1]), "*.schema.json")):
        with open(path, encoding="utf-8") as file:
            other = json.load(file)
        OTHERS[other["$id"]] = other
    faults = list(broken(json.load(sys.stdin), schema, schema, "$"))
    print("\n".join(faults) if faults else "valid")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
