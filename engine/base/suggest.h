/* Invariant: a suggestion is one of the candidates, near enough that a typing mistake explains it (at most a third of
 * its letters, Damerau-Levenshtein), and the first such in the order given when several are equally near. */
#ifndef PV_BASE_SUGGEST_H
#define PV_BASE_SUGGEST_H

#include "base/str.h"

/* The nearest candidate by index, or SIZE_MAX when none is near. '-', '_' and ' ' count as equal, case is folded. */
size_t pv_suggest(pv_str name, const pv_str *candidates, size_t count);

#endif
