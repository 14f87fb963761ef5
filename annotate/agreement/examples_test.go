package agreement_test

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
)

// example is a worked example as a file of the collection holds it.
type example struct {
	Input    input `json:"input"`
	Expected []struct {
		Measure   string          `json:"measure"`
		Value     json.RawMessage `json:"value"`
		Tolerance float64         `json:"tolerance"`
		Kind      string          `json:"kind"`
	} `json:"expected"`
}

type input struct {
	Type       string                      `json:"type"`
	Raters     []string                    `json:"raters"`
	Items      [][]any                     `json:"items"`
	Categories []any                       `json:"categories"`
	Table      [][]float64                 `json:"table"`
	Begin      int                         `json:"begin"`
	Length     int                         `json:"length"`
	Annotators map[string][]agreement.Unit `json:"annotators"`
	Alpha      float64                     `json:"alpha"`
	Beta       float64                     `json:"beta"`
	DeltaEmpty float64                     `json:"delta_empty"`
	Pairs      [][4]int                    `json:"pairs"`
	Gold       [][]string                  `json:"gold"`
	Predicted  [][]string                  `json:"predicted"`
	Studies    []json.RawMessage           `json:"studies"`
	A          json.RawMessage             `json:"a"`
	B          json.RawMessage             `json:"b"`
}

// TestWorkedExamples computes every example of the collection of published and
// recorded values, where it is beside the repository.
func TestWorkedExamples(t *testing.T) {
	folder := cmp.Or(os.Getenv("SPANWRIGHT_AGREEMENT"), "../../../shared/agreement")
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("the collection of worked examples is not beside the repository")
	}
	require.GreaterOrEqual(t, len(files), 30)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			require.NoError(t, err)
			var e example
			require.NoError(t, json.Unmarshal(raw, &e))
			got := e.Input.measures(t)
			for _, want := range e.Expected {
				value, known := got[want.Measure]
				if assert.Truef(t, known, "%s is not computed", want.Measure) {
					checkExpected(t, want.Measure+" ("+want.Kind+")", want.Value, want.Tolerance, value)
				}
			}
		})
	}
}

// checkExpected compares a number, "undefined", or a list or object of these.
func checkExpected(t *testing.T, measure string, want json.RawMessage, tolerance float64, got any) {
	t.Helper()
	var expected any
	require.NoError(t, json.Unmarshal(want, &expected))
	computed, err := json.Marshal(plain(got))
	require.NoError(t, err)
	var actual any
	require.NoError(t, json.Unmarshal(computed, &actual))
	switch {
	case strings.HasSuffix(measure, "_interval (reference-test, random sampling)"), strings.HasSuffix(measure, "_interval (reference-test, random)"):
		band := expected.([]any)
		assert.GreaterOrEqual(t, actual, band[0], measure)
		assert.LessOrEqual(t, actual, band[1], measure)
	default:
		checkValue(t, measure, expected, tolerance, actual)
	}
}

func checkValue(t *testing.T, measure string, want any, tolerance float64, got any) {
	t.Helper()
	switch w := want.(type) {
	case float64:
		if g, ok := got.(float64); assert.Truef(t, ok, "%s is %v", measure, got) {
			assert.InDelta(t, w, g, tolerance+1e-12, measure)
		}
	case []any:
		g, _ := got.([]any)
		require.Len(t, g, len(w), measure)
		for i := range w {
			checkValue(t, measure, w[i], tolerance, g[i])
		}
	case map[string]any:
		g, _ := got.(map[string]any)
		for key := range w {
			checkValue(t, measure+" "+key, w[key], tolerance, g[key])
		}
	default:
		assert.Equal(t, want, got, measure)
	}
}

// plain turns figures into numbers or "undefined".
func plain(x any) any {
	switch v := x.(type) {
	case agreement.Figure:
		if !v.Defined {
			return "undefined"
		}
		return v.Value
	case []agreement.Figure:
		list := make([]any, len(v))
		for i := range v {
			list[i] = plain(v[i])
		}
		return list
	case map[string]agreement.Figure:
		m := map[string]any{}
		for key := range v {
			m[key] = plain(v[key])
		}
		return m
	}
	return x
}

func (in *input) measures(t *testing.T) map[string]any {
	t.Helper()
	switch in.Type {
	case "ratings":
		return measuresOfRatings(in.ratings())
	case "contingency":
		return measuresOfTable(in.contingency())
	case "continuum":
		return in.measuresOfContinuum()
	case "pairs":
		return measuresOfPairs(in.Pairs)
	case "bio":
		return measuresOfSpans(in.Gold, in.Predicted)
	case "relations":
		return in.measuresOfRelations(t)
	case "list":
		return in.measuresOfList(t)
	}
	t.Fatalf("there is no input of type %s", in.Type)
	return nil
}

// word is a value of a JSON rating as text, "" for null.
func word(v any) string {
	if v == nil {
		return ""
	}
	raw, _ := json.Marshal(v)
	return strings.Trim(string(raw), `"`)
}

func (in *input) ratings() *agreement.Ratings {
	values := make([][]string, len(in.Items))
	for i, item := range in.Items {
		for _, v := range item {
			values[i] = append(values[i], word(v))
		}
	}
	return agreement.NewRatings(in.Raters, values)
}

func (in *input) contingency() *agreement.Contingency {
	// Through ratings, so that the categories are known to be numbers.
	var values [][]string
	for i, row := range in.Table {
		for j, n := range row {
			for range int(n) {
				values = append(values, []string{word(in.Categories[i]), word(in.Categories[j])})
			}
		}
	}
	return agreement.NewRatings([]string{"a", "b"}, values).Contingency(0, 1)
}

func measuresOfTable(c *agreement.Contingency) map[string]any {
	return map[string]any{
		"observed_agreement":         c.Observed(),
		"bennett_s":                  c.BennettS(),
		"scott_pi":                   c.ScottPi(),
		"cohen_kappa":                c.CohenKappa(),
		"cohen_kappa_max":            c.CohenKappaMax(),
		"gwet_ac1_unweighted":        c.GwetAC1(),
		"gwet_ac2_quadratic":         c.GwetAC2(agreement.Quadratic),
		"krippendorff_alpha_nominal": c.Coincidences().Alpha(agreement.Nominal),
	}
}

func measuresOfRatings(r *agreement.Ratings) map[string]any {
	got := map[string]any{}
	if len(r.Raters) == 2 {
		got = measuresOfTable(r.Contingency(0, 1))
	}
	c := r.Coincidences()
	for _, m := range []agreement.Metric{agreement.Nominal, agreement.Ordinal, agreement.Interval, agreement.Ratio} {
		got["krippendorff_alpha_"+string(m)] = r.Alpha(m)
	}
	got["pairable_values"] = c.Pairable()
	got["fleiss_kappa"] = r.FleissKappa()
	got["fleiss_expected_agreement"] = r.FleissExpected()
	got["observed_agreement_pairwise_mean"] = r.Observed()
	got["davies_fleiss_multi_kappa"] = r.DaviesFleissKappa()
	per := map[string]agreement.Figure{}
	for i, name := range r.Categories {
		per[name] = r.FleissKappaOf(i)
	}
	got["fleiss_kappa_per_category"] = per
	if len(r.Categories) == 2 {
		got["coincidences"] = map[string]float64{
			"00": c.Count(0, 0), "01": c.Count(0, 1), "11": c.Count(1, 1),
			"n0": c.Count(0, 0) + c.Count(0, 1), "n1": c.Count(1, 0) + c.Count(1, 1), "n": c.Pairable(),
		}
	}
	return got
}

func (in *input) continuum() *agreement.Continuum {
	c := &agreement.Continuum{Begin: in.Begin, Length: in.Length, Annotators: annotate.SortedKeys(in.Annotators)}
	for _, name := range c.Annotators {
		c.Units = append(c.Units, in.Annotators[name])
	}
	return c
}

func (in *input) measuresOfContinuum() map[string]any {
	c := in.continuum()
	got := measuresOfUnitizing(c)
	if in.DeltaEmpty == 0 {
		return got
	}
	d := agreement.Dissimilarity{Alpha: in.Alpha, Beta: in.Beta, Empty: in.DeltaEmpty}
	var pairs [][]any
	for i, u := range c.Units[0] {
		for j, v := range c.Units[1] {
			pairs = append(pairs, []any{c.Annotators[0], i, c.Annotators[1], j, d.Positional(u, v), d.Categorical(u.Label, v.Label), d.Between(u, v)})
		}
	}
	got["pair_dissimilarities"] = pairs
	// Where the values were recorded with pygamma-agreement's default sampler, so they are here.
	shuffled := agreement.NewGamma(c, agreement.GammaOptions{Dissimilarity: d, Seed: 1, Samples: 300})
	drawn := agreement.NewGamma(c, agreement.GammaOptions{Dissimilarity: d, Seed: 1, Samples: 300, Statistical: true})
	got["best_alignment_disorder"] = shuffled.Best.Disorder
	got["number_of_unitary_alignments"] = len(shuffled.Best.Unitary)
	got["gamma"], got["expected_disorder"] = drawn.Gamma(), drawn.Expected
	got["gamma_interval"], got["gamma_cat_interval"] = shuffled.Gamma(), shuffled.Categorical()
	of, none := map[string]agreement.Figure{}, []string{}
	for _, label := range c.Labels() {
		of[label] = shuffled.CategoricalOf(label)
		if of[label].Defined && of[label].Value <= 0 {
			none = append(none, label)
		}
	}
	got["gamma_k"], got["gamma_k_at_most_0"] = of, none
	return got
}

func measuresOfUnitizing(c *agreement.Continuum) map[string]any {
	u := agreement.NewUnitizing()
	u.Add("", c)
	old := agreement.NewOldUnitizing(c)
	alphas, coverages := map[string]agreement.Figure{}, map[string]agreement.Figure{}
	observed, expected, per := map[string]agreement.Figure{}, map[string]agreement.Figure{}, map[string]agreement.Figure{}
	for _, label := range c.Labels() {
		alphas[label], coverages[label] = u.LabelAlpha(label)
		observed[label], expected[label], per[label] = old.Observed(label), old.Expected(label), old.AlphaOf(label)
	}
	got := map[string]any{
		"u_alpha_nominal": u.Alpha(), "u_alpha_binary": u.BinaryAlpha(), "cu_alpha_nominal": u.CodingAlpha(),
		"ku_alpha": alphas, "ku_coverage": coverages, "u_alpha_2004": old.Alpha(), "u_alpha_2004_category": per,
		"u_alpha_2004_observed_disagreement": observed, "u_alpha_2004_expected_disagreement": expected,
	}
	if len(observed) == 1 {
		for _, f := range observed {
			got["u_alpha_2004_observed_disagreement"] = f
		}
	}
	got["u_alpha_2004_category_limit_fine_grid"] = agreement.NewOldUnitizing(finer(c, 50_000)).Alpha()
	return got
}

// finer returns the same continuum with so many positions for each.
func finer(c *agreement.Continuum, times int) *agreement.Continuum {
	f := &agreement.Continuum{Begin: c.Begin * times, Length: c.Length * times, Annotators: c.Annotators}
	for _, units := range c.Units {
		var list []agreement.Unit
		for _, u := range units {
			list = append(list, agreement.Unit{Begin: u.Begin * times, End: u.End * times, Label: u.Label})
		}
		f.Units = append(f.Units, list)
	}
	return f
}

func measuresOfPairs(pairs [][4]int) map[string]any {
	var exact []float64
	for _, p := range pairs {
		exact = append(exact, agreement.Usual.Positional(agreement.Unit{Begin: p[0], End: p[1]}, agreement.Unit{Begin: p[2], End: p[3]}))
	}
	return map[string]any{"d_pos": exact, "d_pos_rounded_in_paper": exact[:6]}
}

// spansOfBIO reads a sentence's tags; offsets count tokens.
func spansOfBIO(tags []string) []*annotate.Span {
	var spans []*annotate.Span
	for i, tag := range tags {
		if label, begins := strings.CutPrefix(tag, "B-"); begins {
			spans = append(spans, span(label, i, i+1))
		} else if strings.HasPrefix(tag, "I-") {
			spans[len(spans)-1].Fragments[0].End = i + 1
		}
	}
	return spans
}

func span(label string, start, end int) *annotate.Span {
	return &annotate.Span{ID: annotate.NewID(), Label: label, Fragments: []annotate.Fragment{{Start: start, End: end}}}
}

func measuresOfSpans(gold, predicted [][]string) map[string]any {
	counts := map[string]*agreement.Counts{"strict": {}, "exact": {}, "partial": {}, "type": {}}
	for i := range gold {
		e := agreement.Evaluate(spansOfBIO(gold[i]), spansOfBIO(predicted[i]))
		for name, c := range map[string]agreement.Counts{"strict": e.Strict, "exact": e.Exact, "partial": e.Partial, "type": e.Type} {
			sum := counts[name]
			sum.Correct += c.Correct
			sum.Incorrect += c.Incorrect
			sum.Partial += c.Partial
			sum.Missed += c.Missed
			sum.Spurious += c.Spurious
		}
	}
	got := map[string]any{}
	for name, c := range counts {
		got["semeval13_"+name] = map[string]any{
			"correct": c.Correct, "incorrect": c.Incorrect, "partial": c.Partial, "missed": c.Missed, "spurious": c.Spurious,
			"precision": c.Precision().Value, "recall": c.Recall().Value, "f1": c.F1().Value,
		}
	}
	s := counts["strict"]
	got["span_f1_exact_conll"] = map[string]any{
		"tp": s.Correct, "predicted": s.Actual(), "gold": s.Possible(),
		"precision": s.Precision().Value, "recall": s.Recall().Value, "f1": s.F1().Value,
	}
	return got
}

func (in *input) measuresOfRelations(t *testing.T) map[string]any {
	r := agreement.CompareRelations(layerOf(t, in.A), layerOf(t, in.B), "", nil)
	got := map[string]any{}
	for name, o := range map[string]agreement.Overlap{"exact": r.Exact, "overlap": r.Relaxed, "given_matched_spans": r.Matched} {
		got["relation_f1_"+name] = map[string]any{"tp": o.Both, "a": o.A, "b": o.B, "f1": o.F1().Value}
	}
	return got
}

func layerOf(t *testing.T, raw json.RawMessage) *agreement.Layer {
	t.Helper()
	var in struct {
		Spans     map[string][3]any `json:"spans"`
		Relations [][3]string       `json:"relations"`
	}
	require.NoError(t, json.Unmarshal(raw, &in))
	layer := &agreement.Layer{}
	for id, s := range in.Spans {
		made := span(s[2].(string), int(s[0].(float64)), int(s[1].(float64)))
		made.ID = annotate.ID(id)
		layer.Spans = append(layer.Spans, made)
	}
	for _, r := range in.Relations {
		layer.Relations = append(layer.Relations, &annotate.Relation{ID: annotate.NewID(), Label: r[1], Arguments: []annotate.Argument{
			{Role: annotate.Head, Span: annotate.ID(r[0])}, {Role: annotate.Tail, Span: annotate.ID(r[2])},
		}})
	}
	return layer
}

func (in *input) measuresOfList(t *testing.T) map[string]any {
	var f1, old []agreement.Figure
	for _, raw := range in.Studies {
		var continuum input
		if json.Unmarshal(raw, &continuum) == nil && continuum.Type == "continuum" {
			old = append(old, agreement.NewOldUnitizing(continuum.continuum()).Alpha())
			continue
		}
		var study struct{ A, B [][3]any }
		require.NoError(t, json.Unmarshal(raw, &study))
		spans := func(list [][3]any) (spans []*annotate.Span) {
			for _, s := range list {
				spans = append(spans, span(s[2].(string), int(s[0].(float64)), int(s[1].(float64))))
			}
			return spans
		}
		f1 = append(f1, agreement.Evaluate(spans(study.A), spans(study.B)).Strict.F1())
	}
	return map[string]any{"span_f1_exact": slices.Clip(f1), "u_alpha_2004": old}
}
