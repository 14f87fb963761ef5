-- Schema version 6: an annotator's spans of a label, for examples beside the guideline.

CREATE INDEX span_label ON span (annotator, label, document, id) WHERE flag = '';
