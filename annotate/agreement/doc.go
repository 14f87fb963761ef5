// Package agreement measures how far annotators agree, and lists where they do not.
//
// Which measure to use follows from what was judged:
//
//   - Everybody judged the same fixed items (documents, sentences that were given): [Ratings].
//     Krippendorff's alpha fits any number of raters, missing ratings and ordered values;
//     Cohen's kappa is for two, Fleiss' kappa for many who rated everything. All of them are
//     low when nearly all items are of one category, however often people agree; AC1 is not. Give the
//     observed agreement beside any of them.
//   - Everybody marked spans of their own choosing: [Evaluate]. F1 needs no items that nobody
//     marked, and is what most papers on spans give; the four readings tell boundaries and labels apart.
//   - The same, corrected for chance: [Gamma] where spans may overlap or nest, [Unitizing]
//     (Krippendorff 2016) where each position has one label, or for a label at a time. [OldUnitizing]
//     is the alpha of 1995 and 2004 that other tools show; its values differ from both.
//     [TokensInside] gives token-level kappa, which cannot see where one span ends and the next begins.
//   - Relations and frames: [CompareRelations]. Ends that were marked differently make relations
//     differ too; the figure for relations whose spans both have tells the one from the other.
//
// A [Study] computes all of this for documents that are added one at a time, for each pair of
// annotators and each label, with intervals; [Differences] lists what is behind it. Nothing here
// makes up a number: a [Figure] that is not defined says why. Sources and traps are
// in docs/agreement.md. Start with figure.go, ratings.go and study.go.
package agreement
