"""Loads exports with what people use for them, and compares what that finds with the export
as JSONL: how many documents, spans and relations there are, and that text[start:end] are
the words of a span that was labelled so.

    check.py GROUP FOLDER [REASON]

runs the checks of one group of requirements on the exports in FOLDER, and prints a line for
each. The exit status is 1 if one failed. With a REASON why the group is not to be had, it
only prints that for each.
"""

import collections
import contextlib
import io
import json
import os
import pathlib
import sys
import traceback
import warnings

CHECKS = []  # (group, format, consumer, check)


def consumer(group, name, *formats):
    """Registers a check of a group for formats. It is given the path of an export, and
    returns a Found."""

    def register(check):
        CHECKS.extend((group, format, name, check) for format in formats)
        return check

    return register


class Found:
    """What a consumer found. None is not compared."""

    def __init__(self, documents=None, records=None, spans=None, relations=None):
        self.documents, self.records, self.spans, self.relations = documents, records, spans, relations


class Export:
    """The export as JSONL: what others are compared with."""

    def __init__(self, path):
        self.records = [json.loads(line) for line in open(path, encoding="utf-8")]
        self.texts = {r["name"]: r["text"] for r in self.records}
        self.words = collections.Counter()
        self.labels = {s["label"] for r in self.records for s in r["spans"]}
        for r in self.records:
            for s in r["spans"]:
                assert s["text"] == " ".join(r["text"][a:b] for a, b in s["fragments"])
                self.words.update({(s["label"], s["text"]), (s["label"], r["text"][s["start"] : s["end"]])})


def compare(export, meant, found):
    """Raises an AssertionError where found is not what was meant: the certificate of the
    export has the counts, since not every format holds everything."""
    wanted = {
        "documents": len(export.texts), "records": len(export.records), "relations": meant["relations"], "spans": meant["spans"],
    }
    spans = found.spans if found.spans is None or isinstance(found.spans, int) else len(found.spans)
    got = {"documents": found.documents, "records": found.records, "relations": found.relations, "spans": spans}
    for what, n in got.items():
        assert n is None or n == wanted[what], f"{n} {what}, and there are {wanted[what]}"
    if spans == found.spans:
        return
    for words, n in collections.Counter(found.spans).items():
        assert n <= export.words[words], f"{words!r} {n} times, and it was labelled {export.words[words]} times"


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def utf16(text, start, end):
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def exactly(text, start, end, words):
    assert text[start:end] == words, f"{start} to {end} are {text[start:end]!r}, and should be {words!r}"
    return words


# JSON


@consumer("main", "json", "jsonl")
def jsonl(path):
    rows = lines(path)
    return Found(records=len(rows), spans=[(s["label"], s["text"]) for r in rows for s in r["spans"]], relations=sum(len(r["relations"]) for r in rows))


@consumer("main", "pandas.read_json", "jsonl")
def jsonl_pandas(path):
    import pandas

    table = pandas.read_json(path, lines=True, convert_dates=False)
    spans = [(s["label"], r.text[s["start"] : s["end"]]) for r in table.itertuples() for s in r.spans]
    return Found(documents=table.name.nunique(), records=len(table), spans=spans, relations=int(table.relations.str.len().sum()))


@consumer("main", "datasets", "jsonl")
def jsonl_datasets(path):
    rows = load_dataset("json", path)
    return Found(records=len(rows), spans=[(s["label"], r["text"][s["start"] : s["end"]]) for r in rows for s in r["spans"]])


@consumer("main", "json", "w3c")
def w3c(path):
    items = json.load(open(path, encoding="utf-8"))
    texts, spans = {}, []
    for item in items:
        for target in as_list(item["target"]):
            if "value" in target:
                texts[target["id"]] = target["value"]
    for item in items:
        tags = [b["value"] for b in as_list(item.get("body", [])) if isinstance(b, dict) and b.get("purpose") == "tagging"]
        if item["motivation"] != "tagging" or not tags:
            continue
        pieces = []
        for target in as_list(item["target"]):
            selectors = {s["type"]: s for s in as_list(target["selector"])}
            place, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
            pieces.append(exactly(texts[target["source"]], place["start"], place["end"], quote["exact"]))
        spans.append((tags[0], " ".join(pieces)))
    return Found(documents=len(texts), spans=spans)


def as_list(value):
    return value if isinstance(value, list) else [value]


@consumer("main", "brat standoff", "brat")
def brat(path):
    """There is no package that reads brat, so this does as its documentation says."""
    spans, files = [], sorted(path.rglob("*.ann"))
    for file in files:
        text = file.with_suffix(".txt").read_text(encoding="utf-8")  # with universal newlines, as brat
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.startswith("T"):
                _, place, words = line.split("\t")
                label, parts = place.split(" ", 1)
                pieces = [text[int(a) : int(b)] for a, b in (part.split(" ") for part in parts.split(";"))]
                exactly(" ".join(pieces), 0, None, words)
                if label in EXPORT.labels:  # else it is the trigger of an event, which was a relation
                    spans.append((label, words))
    return Found(records=len(files), spans=spans)


# Hugging Face


def load_dataset(kind, path):
    import datasets

    datasets.disable_progress_bars()
    return datasets.load_dataset(kind, data_files=str(path), split="train", cache_dir=os.environ["HF_DATASETS_CACHE"])


def rows_of_datasets(rows, name):
    spans, relations = [], 0
    for r in rows:
        for s in r["spans"]:
            pieces = [r["text"][f["start"] : f["end"]] for f in s["fragments"]]
            assert " ".join(pieces) == s["text"]
            spans.append((name(s["label"]), s["text"]))
        relations += len(r["relations"])
    return Found(documents=len({r["name"] for r in rows}), records=len(rows), spans=spans, relations=relations)


@consumer("main", "datasets", "hf")
def hf(path):
    return rows_of_datasets(load_dataset("json", path), str)


@consumer("main", "datasets", "parquet")
def parquet_datasets(path):
    rows = load_dataset("parquet", path)
    label = rows.features["spans"].feature["label"]
    assert type(label).__name__ == "ClassLabel", rows.features
    return rows_of_datasets(rows, label.int2str)


@consumer("main", "pyarrow", "parquet")
def parquet_pyarrow(path):
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(path)
    names = json.loads(table.schema.metadata[b"huggingface"])["info"]["features"]["spans"][0]["label"]["names"]
    return rows_of_datasets(table.to_pylist(), names.__getitem__)


@consumer("main", "pandas", "parquet")
def parquet_pandas(path):
    import pandas

    table = pandas.read_parquet(path)
    return Found(documents=table.name.nunique(), records=len(table), spans=int(table.spans.str.len().sum()), relations=int(table.relations.str.len().sum()))


# Tables


@consumer("main", "pandas.read_csv", "csv", "tsv")
def tables(path):
    import pandas

    table = pandas.read_csv(path, sep="\t" if path.suffix == ".tsv" else ",", keep_default_na=False, dtype=str)
    for column in ["document", "annotator", "label", "text"]:
        table[column] = table[column].map(plain)
    return found_in_table(table)


def plain(field):
    """Takes the apostrophe away that keeps a field from being a formula."""
    rest = field.lstrip("'")
    return field[1:] if field.startswith("'") and rest[:1] in ("=", "+", "-", "@", "\t", "\r") and rest else field


def found_in_table(table):
    documents = table[table.start == ""]
    texts = dict(zip(zip(documents.document, documents.annotator), documents.text))
    spans = []
    for s in table[table.start != ""].itertuples():
        text = texts[s.document, s.annotator]
        spans.append((s.label, exactly(text, int(s.start), int(s.end), s.text)))
    return Found(documents=documents.document.nunique(), records=len(documents), spans=spans)


# Tokens


@consumer("main", "seqeval", "conll")
def conll(path):
    from seqeval.metrics.sequence_labeling import get_entities

    sentences, spans, documents = [[]], [], 0
    for line in open(path, encoding="utf-8", newline="\n"):
        fields = line.rstrip("\n").split("\t")
        if fields[0] == "-DOCSTART-":
            documents += 1
        elif len(fields) > 1:
            sentences[-1].append((fields[0], fields[-1]))
        elif sentences[-1]:
            sentences.append([])
    for sentence in sentences:
        for label, first, last in get_entities([tag for _, tag in sentence]):
            assert label in EXPORT.labels, label
            spans.append("".join(form for form, _ in sentence[first : last + 1]))
    squeezed = {"".join(words.split()) for _, words in EXPORT.words}
    for words in spans:
        assert words in squeezed, words
    return Found(records=documents, spans=len(spans))


@consumer("main", "conllu", "conllu")
def conllu_(path):
    import conllu

    with open(path, encoding="utf-8", newline="\n") as f:
        sentences = list(conllu.parse_incr(f))
    documents = sum("newdoc id" in s.metadata or "newdoc" in s.metadata for s in sentences)
    spans = sum((token["misc"] or {}).get("Entity", "").count("(") for s in sentences for token in s)
    return Found(records=documents, spans=spans)


# spaCy


def blank():
    import spacy

    return spacy.blank("xx")


@consumer("main", "spaCy char_span", "doccano")
def doccano(path):
    nlp, rows, spans = blank(), lines(path), []
    for r in rows:
        doc = nlp(r["text"])
        for e in r["entities"]:
            assert doc.char_span(e["start_offset"], e["end_offset"], e["label"], alignment_mode="expand") is not None
            spans.append((e["label"], r["text"][e["start_offset"] : e["end_offset"]]))
    return Found(documents=len({r["name"] for r in rows}), records=len(rows), spans=spans, relations=sum(len(r["relations"]) for r in rows))


@consumer("main", "spaCy char_span", "prodigy")
def prodigy(path):
    nlp, rows, spans = blank(), lines(path), []
    for r in rows:
        doc = nlp(r["text"])
        for s in r["spans"]:
            assert doc.char_span(s["start"], s["end"], s["label"], alignment_mode="expand") is not None
            spans.append((s["label"], r["text"][s["start"] : s["end"]]))
        for token in r.get("tokens", []):
            assert r["text"][token["start"] : token["end"]] == token["text"]
    return Found(records=len(rows), spans=spans, relations=sum(len(r.get("relations", [])) for r in rows))


@consumer("main", "spaCy Example", "spacy")
def spacy_json(path):
    from spacy.training import Example

    nlp, rows, spans = blank(), lines(path), []
    for r in rows:
        doc = nlp.make_doc(r["text"])
        # What ends inside of spaCy's own tokens it leaves out as an entity, and refuses in a group.
        groups = {name: [s for s in group if doc.char_span(*s)] for name, group in r.get("spans", {}).items()}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            example = Example.from_dict(doc, {"entities": r["entities"], "cats": r["cats"], "spans": groups})
        assert len(example.reference.spans.get("sc", [])) == len(groups.get("sc", []))
        for start, end, label in r.get("spans", {}).get("sc", r["entities"]):
            spans.append((label, r["text"][start:end]))
    relations = sum(len(r.get("spanwright", {}).get("relations", [])) for r in rows)
    return Found(records=len(rows), spans=spans, relations=relations)


@consumer("main", "spaCy DocBin", "docbin")
def docbin(path):
    from spacy.tokens import Doc, DocBin

    Doc.set_extension("rel", default={}, force=True)
    nlp, spans, relations, n = blank(), [], 0, 0
    for doc in DocBin().from_disk(path).get_docs(nlp.vocab):
        n += 1
        assert doc.text == EXPORT.texts[doc.user_data["name"]]
        for s in doc.spans["sc"] if "sc" in doc.spans else doc.ents:
            spans.append((s.label_, exactly(doc.text, s.start_char, s.end_char, s.text)))
        own = json.loads(doc.user_data.get("spanwright", "{}"))
        begin, pairs = {}, set()
        for s in own.get("spans", []):
            begin[s["id"]] = doc.char_span(s["start"], s["end"], s["label"]).start
        for r in own.get("relations", []):
            relations += 1
            places = {a["role"]: begin[a["span"]] for a in r["args"] if "span" in a}
            if len(r["args"]) == len(places) == 2:
                head, tail = [places[role] for role in sorted(places, key=lambda role: role == "tail")]
                pairs.add((head, tail, r["label"]))
        assert {(a, b, label) for (a, b), labels in doc._.rel.items() for label, sure in labels.items() if sure == 1} == pairs
    return Found(records=n, spans=spans, relations=relations)


# UIMA, BioC and GATE


@consumer("main", "dkpro-cassis", "xmi", "casjson")
def cassis_(path):
    import cassis

    files = sorted(f for f in path.rglob("*") if f.is_file() and f.name != "TypeSystem.xml")
    spans, types = [], None
    if path.name.startswith("xmi"):
        with open(path / "TypeSystem.xml", "rb") as f:
            types = cassis.load_typesystem(f)
    for file in files:
        with open(file, "rb") as f:
            cas = cassis.load_cas_from_xmi(f, typesystem=types) if types else cassis.load_cas_from_json(f)
        assert cas.sofa_string in EXPORT.texts.values(), file.name
        for a in cas.select_all():
            label = a.type.name.rsplit(".", 1)[-1]
            if label in EXPORT.labels and a.type.name.startswith("webanno.custom."):
                spans.append((label, exactly(cas.sofa_string, a.begin, a.end, a.get_covered_text())))
    return Found(records=len(files), spans=spans)


@consumer("main", "dkpro-cassis", "inception")
def inception(path):
    """Loads what each annotator made of each document, and looks for its layer in the description."""
    import zipfile

    import cassis

    with zipfile.ZipFile(path) as z:
        said = json.loads(z.read("exportedproject.json"))
        layers = {layer["name"]: {f["name"] for f in layer["features"]} for layer in said["layers"]}
        spans, records = [], 0
        for document in said["source_documents"]:
            text = z.read("source/" + document["name"]).decode("utf-8")
            assert text in EXPORT.texts.values(), document["name"]
            assert "annotation_ser/" + document["name"] + "/INITIAL_CAS.ser" in z.namelist()
            of = [n for n in z.namelist() if n.split("/")[1:2] == [document["name"]] and n.endswith(".json")]
            for name in of:
                cas = cassis.load_cas_from_json(z.open(name))
                assert cas.sofa_string == text, name
                records += 1
                for a in cas.select_all():
                    label = a.type.name.rsplit(".", 1)[-1]
                    if not a.type.name.startswith("webanno.custom.") or ".document." in a.type.name:
                        continue
                    used = {f.name for f in a.type.all_features if f.name not in ("sofa", "begin", "end", "Governor", "Dependent")}
                    assert used <= layers[a.type.name], (a.type.name, used)
                    if label in EXPORT.labels:
                        spans.append((label, exactly(cas.sofa_string, a.begin, a.end, a.get_covered_text())))
        done = {(a["name"], a["user"]) for a in said["annotation_documents"]}
        assert all(f"annotation_ser/{name}/{user}.ser" in z.namelist() for name, user in done)
    return Found(documents=len(said["source_documents"]), records=records, spans=spans)


@consumer("bconv", "bconv", "bioc-json", "bioc-xml", "pubtator")
def bconv_(path):
    import bconv

    kind = {"bioc-json": "bioc_json", "bioc-xml": "bioc_xml", "pubtator": "pubtator"}[path.stem]
    options = {} if kind == "pubtator" else {"byte_offsets": False}  # offsets count code points
    documents = list(bconv.load(str(path), fmt=kind, **options))
    spans = []
    for doc in documents:
        for entity in doc.iter_entities():
            spans.append(entity.text)
    return Found(records=len(documents), spans=len(spans))


@consumer("main", "bioc", "bioc-json", "bioc-xml")
def bioc_(path):
    from bioc import biocjson, biocxml

    with open(path, encoding="utf-8") as f:
        loaded = biocxml.load(f) if path.stem == "bioc-xml" else biocjson.load(f)
    spans, relations = [], 0
    for doc in loaded.documents:
        text = "".join(passage.text for passage in doc.passages)
        relations += len(doc.relations)
        for place in [doc, *doc.passages]:
            for a in place.annotations:
                pieces = [text[x.offset : x.offset + x.length] for x in a.locations]
                spans.append((a.infons["type"], exactly(" ".join(pieces), 0, None, a.text)))
    return Found(records=len(loaded.documents), spans=spans, relations=relations)


@consumer("main", "bioc", "pubtator")
def pubtator_(path):
    from bioc import pubtator

    with open(path, encoding="utf-8", newline="\n") as f:
        documents = list(pubtator.iterparse(f))
    spans = [exactly(doc.text, a.start, a.end, a.text) for doc in documents for a in doc.annotations]
    return Found(records=len(documents), spans=len(spans), relations=sum(len(doc.relations) for doc in documents))


@consumer("main", "gatenlp", "gate-bdoc", "gate-xml")
def gate(path):
    from gatenlp import Document

    if path.is_dir():
        documents = [Document.load(str(file), fmt="gatexml") for file in sorted(path.rglob("*.xml"))]
    else:
        with open(path, encoding="utf-8", newline="\n") as f:
            documents = [Document.load_mem(line, fmt="bdocjs") for line in f]
    spans, relations = [], 0
    for doc in documents:
        assert doc.text in EXPORT.texts.values(), doc.name
        for name in doc.annset_names():
            for a in doc.annset(name):
                if "_arguments" in a.features:
                    relations += 1
                elif a.type != "_document":
                    spans.append((a.type, doc[a]))
    return Found(documents=len(documents), spans=spans, relations=None if path.is_dir() else relations)


@consumer("main", "json", "pubannotation")
def pubannotation(path):
    documents, spans = json.load(open(path, encoding="utf-8")), []
    for doc in documents:
        for d in doc["denotations"]:
            spans.append((d["obj"], " ".join(doc["text"][s["begin"] : s["end"]] for s in as_list(d["span"]))))
    return Found(records=len(documents), spans=spans, relations=sum(len(doc.get("relations", [])) for doc in documents))


# Other tools


def interface(path):
    """The labelling configuration that lies beside an export, as Label Studio would take it."""
    from label_studio_sdk.label_interface import LabelInterface

    with open(f"{path}.config.xml", encoding="utf-8") as f:
        made = LabelInterface(f.read())
    made.validate()
    assert EXPORT.labels <= set(made.get_control("label").labels)
    return made


@consumer("label-studio", "LabelInterface", "labelstudio")
def labelstudio_configuration(path):
    made, tasks = interface(path), json.load(open(path, encoding="utf-8"))
    spans, relations, records = [], 0, 0
    for task in tasks:
        assert made.validate_task({"data": task["data"]})
        records += max(len(task["annotations"]), 1)
        for annotation in task["annotations"]:
            assert made.validate_annotation(annotation), made.validate_prediction(annotation, return_errors=True)
            for result in annotation["result"]:
                if result["type"] == "labels":
                    value = result["value"]
                    words = exactly(utf16(task["data"]["text"], value["start"], value["end"]), 0, None, value["text"])
                    spans += [(label, words) for label in value["labels"]]
                relations += result["type"] == "relation"
    return Found(documents=len(tasks), records=records, spans=spans, relations=relations)


@consumer("label-studio", "label-studio-sdk", "labelstudio")
def labelstudio(path):
    from label_studio_sdk.converter import Converter

    folder = path.parent / "labelstudio-converted"
    Converter(interface(path).config, None, download_resources=False).convert_to_json_min(str(path), str(folder), is_dir=False)
    return found_in_json_min(folder / "result.json")


@consumer("label-studio", "label-studio-sdk", "labelstudio-min")
def labelstudio_min(path):
    """Says the same as what the converter makes of the tasks."""
    made, converted = interface(path), path.parent / "labelstudio-converted" / "result.json"
    document = [c.name for c in made.controls if c.attr.get("perRegion") != "true"]

    def said(file):
        rows = json.load(open(file, encoding="utf-8"))
        return sorted(json.dumps([r["text"], *(r.get(name) for name in document)], sort_keys=True) for r in rows)

    assert said(path) == said(converted)
    return found_in_json_min(path)


def found_in_json_min(path):
    spans, rows = [], json.load(open(path, encoding="utf-8"))
    for r in rows:
        for s in r.get("label", []):
            for label in s["labels"]:
                words = utf16(r["text"], s["start"], s["end"])
                assert words == s["text"], (words, s["text"])
                spans.append((label, words))
    return Found(documents=len({r["text"] for r in rows}), spans=spans)


@consumer("argilla", "argilla", "argilla")
def argilla(path):
    from unittest.mock import MagicMock

    from argilla.client import Argilla

    Argilla._default_client = MagicMock()  # settings ask for a server, of which nothing is needed here
    import argilla as rg
    from argilla.records._io import JsonIO

    rg.Dataset._load_dataset_model(path / ".argilla" / "dataset.json")
    settings = rg.Settings.from_json(path / ".argilla" / "settings.json")
    settings.validate()
    questions = {question.name for question in settings.questions}
    records = JsonIO._records_from_json(path / "records.json")
    spans, relations = [], 0
    for r in records:
        for response in r.responses:
            assert response.question_name in questions
            if response.question_name == "spans":
                spans += [(s["label"], r.fields["text"][s["start"] : s["end"]]) for s in response.value]
        sent = {m.name: m.value for m in r.metadata.api_models()}  # to a server, and from there back to a disk
        for one in json.loads(sent.get("spanwright", "{}")).get("annotators", []):
            names = {s["id"]: r.fields["text"][s["start"] : s["end"]] for s in one.get("spans", [])}
            for relation in one.get("relations", []):
                assert all(names[a["span"]] for a in relation["args"] if "span" in a)
                relations += 1
    again = path.parent / "argilla-again.json"
    again.unlink(missing_ok=True)
    kept = JsonIO._records_from_json(JsonIO.to_json(records, again))
    assert [dict(r.metadata) for r in kept] == [dict(r.metadata) for r in records]
    return Found(documents=len(records), spans=spans, relations=relations)


@consumer("main", "openpyxl, pandas", "xlsx")
def xlsx(path):
    import openpyxl
    import pandas

    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row), "a cell is a formula"
    sheets = pandas.read_excel(path, sheet_name=None, dtype=str, keep_default_na=False)
    spans, documents = sheets["spans"], sheets["documents"]
    texts = dict(zip(zip(documents.document, documents.annotator), documents.text))
    found = []
    for s in spans.itertuples():
        parts = [part.split("-") for part in (s.fragments or f"{s.start}-{s.end}").split(", ")]
        pieces = [texts[s.document, s.annotator][int(a) : int(b)] for a, b in parts]
        found.append((s.label, exactly(" ".join(pieces), 0, None, s.text)))
    relations = sheets["relations"].drop_duplicates(["document", "annotator", "relation"])
    return Found(documents=documents.document.nunique(), records=len(documents), spans=found, relations=len(relations))


@consumer("croissant", "mlcroissant", "dataset")
def dataset(path):
    import mlcroissant

    loaded = mlcroissant.Dataset(jsonld=str(path / "croissant.json"))
    assert not loaded.metadata.ctx.issues.errors, loaded.metadata.ctx.issues.errors
    (rows,) = loaded.metadata.record_sets
    records, found, relations = 0, [], 0
    for row in loaded.records(rows.id):
        record = {key.removeprefix(f"{rows.id}/"): value for key, value in row.items()}
        records, relations = records + 1, relations + len(record["relations"])
        text = record["text"].decode()
        for span in record["spans"]:
            of = {key.removeprefix(f"{rows.id}/spans/"): value for key, value in span.items()}
            found.append((of["label"].decode(), text[of["start"] : of["end"]]))
    return Found(records=records, spans=found, relations=relations)


def main():
    global EXPORT
    group, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    exports = {f.name.removesuffix(".certificate.json"): f for f in folder.glob("*.certificate.json")}
    paths = {pathlib.Path(name).stem: folder / name for name in exports}
    EXPORT = Export(paths["jsonl"])
    everything = {what: sum(len(r[what]) for r in EXPORT.records) for what in ("spans", "relations")}
    if (card := folder.parent / "dataset" / "croissant.json").exists():
        paths["dataset"] = card.parent
    failed = False
    if group == "main":
        for format in sorted(paths.keys() - {format for _, format, _, _ in CHECKS}):
            tell(format, "-", "no package here reads it; it was read again by Spanwright alone")
    for of, format, name, check in CHECKS:
        if of != group or format not in paths:
            continue
        if len(sys.argv) > 3:
            tell(format, name, sys.argv[3])
            continue
        path = paths[format]
        meant = json.load(open(exports[path.name], encoding="utf-8")) if path.name in exports else everything
        outcome = "ok"
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                found = check(path)
            compare(EXPORT, meant, found)
        except Exception as err:  # whatever a consumer throws is what it makes of the file
            where = traceback.extract_tb(err.__traceback__)[-1]
            outcome, failed = f"failed: {type(err).__name__}: {str(err)[:300]} ({pathlib.Path(where.filename).name}:{where.lineno})", True
        tell(format, name, outcome)
    return failed


def tell(format, name, outcome):
    print(f"{format:<12} {name:<18} {outcome}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
