#include "base/suggest.h"

/* Longer names are not compared: nobody mistypes them whole, and the work stays bounded. */
#define MAX_LENGTH 64

/* The bytes that count, folded: case and the three separators do not tell names apart. */
static size_t fold(pv_str name, char out[MAX_LENGTH]) {
    for (size_t i = 0; i < name.size; i++) {
        char c = pv_ascii_lower(name.data[i]);
        out[i] = c == '-' || c == ' ' ? '_' : c;
    }
    return name.size;
}

static size_t smallest(size_t a, size_t b, size_t c) {
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Damerau-Levenshtein (restricted): insertions, deletions, substitutions and swaps of neighbours. */
static size_t distance(const char *a, size_t a_size, const char *b, size_t b_size) {
    size_t rows[3][MAX_LENGTH + 1];
    for (size_t j = 0; j <= b_size; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            row[j] = smallest(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && two_above[j - 2] + 1 < row[j])
                row[j] = two_above[j - 2] + 1;
        }
    }
    return rows[a_size % 3][b_size];
}

size_t pv_suggest(pv_str name, const pv_str *candidates, size_t count) {
    char folded[MAX_LENGTH];
    char candidate[MAX_LENGTH];
    if (name.size == 0 || name.size > MAX_LENGTH)
        return SIZE_MAX;
    size_t size = fold(name, folded);
    size_t best = SIZE_MAX;
    size_t best_distance = (size + 2) / 3 + 1; /* a suggestion must be nearer than this */
    for (size_t i = 0; i < count && best_distance > 0; i++) {
        if (candidates[i].size > MAX_LENGTH || candidates[i].size + best_distance <= size ||
            size + best_distance <= candidates[i].size)
            continue;
        size_t candidate_size = fold(candidates[i], candidate);
        size_t apart = distance(folded, size, candidate, candidate_size);
        if (apart < best_distance && apart < candidate_size) {
            best = i;
            best_distance = apart;
        }
    }
    return best;
}
