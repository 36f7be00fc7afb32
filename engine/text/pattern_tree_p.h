/* Invariant: the tree of a pattern admits all that the pattern matches, as PCRE2 reads it: what is not understood
 * is NODE_UNKNOWN, or the reader gives up. Symbols are what a signature is made of. */
#ifndef PV_TEXT_PATTERN_TREE_P_H
#define PV_TEXT_PATTERN_TREE_P_H

#include "base/arena.h"

/* A symbol is an ASCII letter of either case, a digit or "_" (not 0), or APART: any number of other characters. Where
 * PCRE2 finds a word to begin or end, what is beyond it is APART, or the text's own end. */
#define PV_APART 0u
#define PV_SYMBOL_BITS 6u

extern const uint8_t pv_symbols[256];

static inline unsigned pv_symbol_of(char c) {
    return pv_symbols[(unsigned char)c];
}

/* Whether some character of text, beyond ASCII, is equal to a letter of ASCII where case is ignored. */
bool pv_folds_to_ascii(pv_str text);

typedef struct pv_byte_set {
    uint64_t ascii[2];
    bool beyond_ascii;
} pv_byte_set;

typedef enum pv_node_kind {
    NODE_SYMBOL,   /* one character, or with PV_APART one or more, of one symbol */
    NODE_BOUNDARY, /* the edge of a word, or of a line */
    NODE_UNKNOWN,  /* anything, or nothing */
    NODE_SERIES,
    NODE_CHOICE,
    NODE_REPEAT, /* at least once */
    NODE_AHEAD   /* must match beside the rest: a lookaround */
} pv_node_kind;

typedef struct pv_pattern_node {
    pv_node_kind kind;
    unsigned symbol;
    bool has_set; /* one of these must stand in the text */
    pv_byte_set set;
    bool at_most_once;
    struct pv_pattern_node *first;
    struct pv_pattern_node *next;
} pv_pattern_node;

/* *out is NULL where nothing can be said of the pattern; false when memory is refused. */
bool pv_pattern_tree_read(const pv_pattern_node **out, pv_arena *arena, pv_str pattern, bool extended);

#endif
