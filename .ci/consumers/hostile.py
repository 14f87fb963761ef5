"""Writes JSONL records of what breaks readers: characters outside the Basic Multilingual
Plane, joined emoji, combining marks, text from right to left, spans that overlap, coincide,
nest and have gaps, relations of three roles, and two annotators of one document."""

import json
import sys

TEXTS = {
    "emoji.txt": "😀 Mona said 👩‍👩‍👧 won’t come 🇮🇳 until 𝒳 is found. Asha agrees 😀.",
    "arabic.txt": "قال الوزير إن الأسعار سترتفع 7% في عام 2025.\nونفى النائب ذلك.",
    "hebrew.txt": "השר אמר: \"המחירים יעלו\" (כך דווח). Mona said no.",
    "marks.txt": "Cafe\u0301 क्षत्रिय ก็ ﬁne. Zoe\u0308 said: “Stay”.\n\nTwo  blanks, a\ttab.",
    "formula.txt": "=SUM(A1) said Mona. @home +1 -1",
    "nothing.txt": "Nobody has labelled this.",
}

# Words that are labelled, a label, and for each occurrence in the text a span.
SPANS = {
    "emoji.txt": [("Source", "Mona"), ("Cue", "said"), ("Claim", "👩‍👩‍👧 won’t come 🇮🇳 until 𝒳 is found"), ("Claim", "won’t come 🇮🇳 until"), ("Source", "Asha"), ("Target", "Asha agrees")],
    "arabic.txt": [("Source", "الوزير"), ("Cue", "قال"), ("Claim", "الأسعار سترتفع 7% في عام 2025"), ("Time", "في عام 2025"), ("Source", "النائب")],
    "hebrew.txt": [("Source", "השר"), ("Cue", "אמר"), ("Claim", "המחירים יעלו"), ("Target", "המחירים"), ("Target", "המחירים")],
    "marks.txt": [("Place", "Cafe\u0301"), ("Target", "क्षत्रिय"), ("Source", "Zoe\u0308"), ("Cue", "said"), ("Claim", "Stay")],
    "formula.txt": [("Claim", "=SUM(A1)"), ("Source", "Mona"), ("Cue", "said")],
}

GAPS = {"emoji.txt": ("Claim", ["won’t", "until", "found"]), "hebrew.txt": ("Claim", ["המחירים", "כך דווח"])}


def span(number, text, label, words):
    fragments, at = [], 0
    for piece in words:
        start = text.index(piece, at)
        at = start + len(piece)
        fragments.append([start, at])
    return {
        "id": number, "label": label, "start": fragments[0][0], "end": fragments[-1][1],
        "text": " ".join(text[a:b] for a, b in fragments), "fragments": fragments, "attributes": {},
    }


def record(name, annotator):
    text, spans, relations = TEXTS[name], [], []
    if annotator:
        wanted = [(label, [words]) for label, words in SPANS[name]] + ([GAPS[name]] if name in GAPS else [])
        spans = [span(f"{name}-{annotator}-{i}", text, label, words) for i, (label, words) in enumerate(wanted)]
        first = {s["label"]: s["id"] for s in reversed(spans)}
        roles = [("source", "Source"), ("cue", "Cue"), ("content", "Claim")]
        arguments = [{"role": role, "span": first[label]} for role, label in roles if label in first]
        relations.append({"id": f"{name}-{annotator}-r", "label": "attribution", "args": arguments, "attributes": {}})
        claims = [s["id"] for s in spans if s["label"] == "Claim"]
        if len(claims) > 1:
            two = [{"role": "head", "span": claims[0]}, {"role": "tail", "span": claims[1]}]
            relations.append({"id": f"{name}-{annotator}-s", "label": "supports", "args": two, "attributes": {}})
    return {
        "id": name, "name": name, "text": text, "meta": {"language": "mixed"}, "annotator": annotator,
        "status": "done" if annotator else "new", "labels": {}, "spans": spans, "relations": relations, "offsets": "codepoint", "scheme": "claims",
    }


def main():
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        for name in TEXTS:
            for annotator in ["asha", "ben"] if name == "emoji.txt" else ["asha"] if name in SPANS else [""]:
                out.write(json.dumps(record(name, annotator), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
