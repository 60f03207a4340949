"""What published specifications demand of a run record, of annotations and of a data package.

Written from the sentences with MUST in RO-Crate 1.3, Process Run Crate 0.6, the W3C Web Annotation
Data Model and Data Package 2. Each function returns what does not hold, as sentences.
"""

import csv
import datetime
import hashlib
import io
import re
from urllib.parse import unquote

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+\Z")
# A reference relative to the document: no scheme, not from the top, no blanks.
RELATIVE = re.compile(r"(?![A-Za-z][A-Za-z0-9+.-]*:)[^/\s<>\"{}|\\^`][^\s<>\"{}|\\^`]*\Z")
TOOLS = {"SoftwareApplication", "SoftwareSourceCode", "ComputationalWorkflow"}
ACTIONS = {"CreateAction", "ActivateAction", "UpdateAction"}
ENTITIES = {"File", "Dataset", "Collection", "CreativeWork", "PropertyValue"}


def as_list(value):
    """Return a value of JSON-LD as a list: one thing may stand alone."""
    return [] if value is None else value if isinstance(value, list) else [value]


# --- RO-Crate ------------------------------------------------------------------------------------


def check_crate(document, folder):
    """Check a metadata document against RO-Crate and Process Run Crate.

    Parameters
    ----------
    document : dict
    folder : pathlib.Path
        The root of the crate, with its files.
    """
    contexts = as_list(document.get("@context"))
    if "https://w3id.org/ro/crate/1.3/context" not in contexts:
        return ["@context does not name RO-Crate's"]
    graph = document["@graph"]
    entities = {entity.get("@id"): entity for entity in graph}
    if len(entities) != len(graph) or None in entities:
        return ["an entity has no @id, or the @id of another"]
    descriptor = entities.get("ro-crate-metadata.json", {})
    root = entities.get(descriptor.get("about", {}).get("@id"))
    if root is None or as_list(descriptor.get("@type")) != ["CreativeWork"]:
        return ["there is no descriptor that is about the root"]
    return [
        *_check_descriptor(descriptor),
        *_check_flat(graph),
        *_check_references(graph, entities),
        *_check_root(root, entities),
        *_check_files(graph, root, entities, folder),
        *_check_process(graph, root, entities),
    ]


def _check_descriptor(descriptor):
    if descriptor.get("conformsTo") != {"@id": "https://w3id.org/ro/crate/1.3"}:
        yield "the descriptor does not say to which version it conforms"


def _check_flat(graph):
    for entity in graph:
        if not as_list(entity.get("@type")):
            yield f"{entity['@id']} has no @type"
        if not re.match(r"#|\./\Z", entity["@id"]) and not is_reference(entity["@id"]):
            yield f"{entity['@id']} is no URI reference"
        for key, value in entity.items():
            for part in as_list(value):
                if isinstance(part, dict) and set(part) != {"@id"}:
                    yield f"{entity['@id']}: {key} is nested, not a reference"
                if isinstance(part, list):
                    yield f"{entity['@id']}: {key} is a list in a list"


def is_reference(name):
    """Tell whether a text is an absolute IRI or a relative reference."""
    return bool(IRI.match(name) or RELATIVE.match(name))


def _list_references(entity):
    for key, value in entity.items():
        if key != "conformsTo" or entity["@id"] != "ro-crate-metadata.json":
            for part in as_list(value):
                if isinstance(part, dict) and "@id" in part:
                    yield part["@id"]


def _check_references(graph, entities):
    """A reference names an entity of the graph; terms of schema.org define themselves."""
    for entity in graph:
        for name in _list_references(entity):
            if name not in entities and not name.startswith("http://schema.org/"):
                yield f"{entity['@id']} refers to {name}, which is not described"


def _check_root(root, entities):
    if "Dataset" not in as_list(root.get("@type")):
        yield "the root is no Dataset"
    for name in ("name", "description", "datePublished", "license"):
        if not root.get(name):
            yield f"the root has no {name}"
    published = root.get("datePublished")
    try:
        datetime.date.fromisoformat(published)
    except (TypeError, ValueError):
        yield f"datePublished is no single date: {published!r}"
    for reference in as_list(root.get("license")):
        kept = entities.get(reference["@id"], {}) if isinstance(reference, dict) else {}
        if not kept.get("name") or not kept.get("description"):
            yield "the licence is not described by name and description"
    for reference in as_list(root.get("conformsTo")):
        profile = entities.get(reference["@id"], {})
        if "Profile" not in as_list(profile.get("@type")):
            yield f"{reference['@id']} is not described as a Profile"


def _check_files(graph, root, entities, folder):
    """A File with a relative id is there, is a part of the root, and has the content stated."""
    parts, waiting = set(), [root["@id"]]
    while waiting:
        inside = {part["@id"] for part in as_list(entities[waiting.pop()].get("hasPart"))} - parts
        parts |= inside
        waiting += [name for name in inside if name in entities]
    for entity in graph:
        name, kinds = entity["@id"], set(as_list(entity.get("@type")))
        if not kinds & {"File", "Dataset"} or name == root["@id"]:
            continue
        if name.startswith("#"):
            if "File" in kinds and not entity.get("localPath"):
                yield f"{name} is not there and does not say where it would be"
            continue
        if name not in parts:
            yield f"{name} is no part of the root"
        if not IRI.match(name):
            yield from _check_content(entity, folder / unquote(name))


def _check_content(entity, path):
    name = entity["@id"]
    if not path.is_file():
        yield f"{name} is not there"
        return
    content = path.read_bytes()
    if "sha256" in entity and entity["sha256"] != hashlib.sha256(content).hexdigest():
        yield f"{name} has another SHA-256"
    if "contentSize" in entity and entity["contentSize"] != str(len(content)):
        yield f"{name} has another size"


def _check_process(graph, root, entities):
    """Check what the profile Process Run Crate adds."""
    profiles = [reference["@id"] for reference in as_list(root.get("conformsTo"))]
    wanted = "https://w3id.org/ro/wfrun/process/0.6"
    if wanted not in profiles or "CreativeWork" not in as_list(entities[wanted]["@type"]):
        yield "the root does not conform to Process Run Crate"
    mentioned = {reference["@id"] for reference in as_list(root.get("mentions"))}
    actions = [entity for entity in graph if ACTIONS & set(as_list(entity.get("@type")))]
    if not actions:
        yield "no run is recorded"
    for action in actions:
        yield from _check_action(action, mentioned, entities)


def _check_action(action, mentioned, entities):
    name = action["@id"]
    if name not in mentioned:
        yield f"{name} is not mentioned by the root"
    tools = [entities.get(tool["@id"], {}) for tool in as_list(action.get("instrument"))]
    if not tools:
        yield f"{name} has no instrument"
    for tool in tools:
        if not TOOLS & set(as_list(tool.get("@type"))) or not tool.get("name"):
            yield f"{name}: its instrument is no named software"
        if tool.get("version") and tool.get("softwareVersion"):
            yield f"{name}: its instrument has two versions"
    if not as_list(action.get("result")):
        yield f"{name} has no result"
    for role in ("object", "result"):
        for reference in as_list(action.get(role)):
            kinds = set(as_list(entities.get(reference["@id"], {}).get("@type")))
            if not kinds & ENTITIES:
                yield f"{name}: {role} {reference['@id']} is no file, folder or value"


# --- Web Annotation ------------------------------------------------------------------------------


def check_annotations(collection):
    """Check a collection of annotations, its page and all in it."""
    problems = []
    if "http://www.w3.org/ns/anno.jsonld" not in as_list(collection.get("@context")):
        problems.append("@context does not name that of Web Annotation")
    problems += _check_named(collection, "AnnotationCollection")
    page = collection.get("first")
    total = collection.get("total")
    if not isinstance(total, int) or total < 0 or (total > 0) != (page is not None):
        problems.append("total is no count, or a page is where none is needed, or is missing")
    if page is None:
        return problems
    problems += _check_named(page, "AnnotationPage")
    items = page.get("items")
    if not isinstance(items, list) or not items:
        return [*problems, "a page lists at least one annotation"]
    if page.get("partOf") != collection.get("id") or page.get("startIndex", 0) < 0:
        problems.append("the page is no part of the collection")
    if len(items) != total and "next" not in page:
        problems.append("the page is not the last, and names no next one")
    ids = [item.get("id") for item in items]
    if len(set(ids)) != len(ids):
        problems.append("two annotations have one id")
    return problems + [told for item in items for told in _check_annotation(item)]


def _check_named(thing, kind):
    name = thing.get("id")
    if not isinstance(name, str) or not IRI.match(name):
        yield f"{kind}: id is not exactly one IRI: {name!r}"
    if kind not in as_list(thing.get("type")):
        yield f"{name}: type does not include {kind}"


def _check_annotation(item):
    yield from _check_named(item, "Annotation")
    targets = as_list(item.get("target"))
    if not targets:
        yield f"{item.get('id')} has no target"
    for body in as_list(item.get("body")):
        yield from _check_body(body)
    for target in targets:
        yield from _check_target(target)


def _check_body(body):
    if body.get("type") == "TextualBody":
        if not isinstance(body.get("value"), str):
            yield "a TextualBody has exactly one value"
    elif not isinstance(body.get("id"), str) or not is_reference(body["id"]):
        yield f"a body is neither text nor a resource: {body!r}"
    for name in ("format", "language"):
        if name in body and not isinstance(body[name], str):
            yield f"{name} is not one text"


def _check_target(target):
    source = target.get("source")
    name = source.get("id") if isinstance(source, dict) else source
    if not isinstance(name, str) or not is_reference(name):
        yield f"a SpecificResource has exactly one source with an IRI, not {name!r}"
    for selector in as_list(target.get("selector")):
        yield from _check_selector(selector)


def _check_selector(selector):
    if selector.get("type") == "TextQuoteSelector":
        if not isinstance(selector.get("exact"), str) or not selector["exact"]:
            yield "a TextQuoteSelector has exactly one exact text"
        for name in ("prefix", "suffix"):
            if not isinstance(selector.get(name, ""), str):
                yield f"a TextQuoteSelector has at most one {name}"
    elif selector.get("type") == "TextPositionSelector":
        start, end = selector.get("start"), selector.get("end")
        if type(start) is not int or type(end) is not int or not 0 <= start <= end:
            yield f"a TextPositionSelector has one start and one end, not {start!r} and {end!r}"
    else:
        yield f"a selector has exactly one type, not {selector.get('type')!r}"


# --- Data Package --------------------------------------------------------------------------------

FIELD_TYPES = set(
    "string number integer boolean object array list datetime date time year yearmonth duration "
    "geopoint geojson any".split()
)


def check_datapackage(package, folder):
    """Check a descriptor of tables, and the tables against it."""
    problems = []
    if not re.fullmatch(r"[a-z0-9._/-]+", package.get("name", "x")):
        problems.append("the package's name is not made of small letters, digits and . _ - /")
    resources = package.get("resources")
    if not isinstance(resources, list) or not resources:
        return [*problems, "a package lists at least one resource"]
    names = [resource.get("name") for resource in resources]
    if len(set(names)) != len(names) or not all(names):
        problems.append("a resource has no name, or that of another")
    return problems + [told for one in resources for told in _check_resource(one, folder)]


def _check_resource(resource, folder):
    path = resource.get("path", "")
    if ("data" in resource) == bool(path) or path.startswith(("/", "~")) or ".." in path.split("/"):
        yield f"{resource.get('name')}: it has one path inside the package, or data"
        return
    content = (folder / path).read_bytes()
    if resource.get("bytes", len(content)) != len(content):
        yield f"{path}: bytes is not its size"
    yield from _check_hash(resource, content)
    yield from _check_table(resource, content.decode(resource.get("encoding", "utf-8")))


def _check_hash(resource, content):
    method, _, sum_ = resource.get("hash", "").rpartition(":")
    if method and hashlib.new(method, content).hexdigest() != sum_:
        yield f"{resource['path']}: hash is not that of its content"


def _check_table(resource, text):
    fields = resource.get("schema", {}).get("fields")
    if not isinstance(fields, list) or not all(field.get("name") for field in fields or []):
        yield f"{resource['path']}: a schema has fields, and each a name"
        return
    for field in fields:
        if field.get("type", "any") not in FIELD_TYPES:
            yield f"{resource['path']}: {field['name']} has an unknown type"
    missing = resource["schema"].get("missingValues", [""])
    if not isinstance(missing, list) or not all(isinstance(value, str) for value in missing):
        yield f"{resource['path']}: missingValues is no list of texts"
        return
    head, *rows = csv.reader(io.StringIO(text))
    if head != [field["name"] for field in fields]:
        yield f"{resource['path']}: its head is not that of the schema"
    for number, row in enumerate(rows, start=2):
        yield from _check_row(resource["path"], number, row, fields, missing)


def _check_row(path, number, row, fields, missing):
    if len(row) != len(fields):
        yield f"{path} row {number}: {len(row)} cells for {len(fields)} fields"
    for field, cell in zip(fields, row, strict=False):
        if cell in missing:
            continue
        if field["type"] == "integer" and not re.fullmatch(r"[+-]?\d+", cell):
            yield f"{path} row {number}: {cell!r} is no integer"
        if field["type"] == "number" and not re.fullmatch(
            r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|NaN|INF|-INF", cell
        ):
            yield f"{path} row {number}: {cell!r} is no number"
