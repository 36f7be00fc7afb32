/* Invariant: whatever libyaml reports becomes one sentence with a place in the source; what cannot be told apart is
 * told as what is likeliest. */
#ifndef PV_LOAD_YAML_PROBLEMS_P_H
#define PV_LOAD_YAML_PROBLEMS_P_H

#include "model/node.h"

/* What the parser reported, its marks turned into byte offsets. */
typedef struct pv_yaml_problem {
    const char *problem; /* libyaml's text; may be NULL, like context */
    const char *context; /* what it was reading when it met the problem */
    size_t at;
    size_t context_at; /* where that began; of no meaning without a context */
} pv_yaml_problem;

/* Fills error, always returns false. */
bool pv_yaml_explain(const pv_source *source, const pv_yaml_problem *problem, pv_error *error);

/* The character at offset; empty at the end of the file. */
pv_span pv_yaml_character_at(const pv_source *source, size_t offset);
/* From offset to the last character of its line that is not white space. */
pv_span pv_yaml_rest_of_line(const pv_source *source, size_t offset);
/* The byte at offset; NUL at the end of the file. */
char pv_yaml_byte_at(const pv_source *source, size_t offset);
/* After the spaces and tabs at offset. */
size_t pv_yaml_skip_blanks(pv_str text, size_t at);
/* Bytes of the character at offset when it breaks the line for YAML and for nobody else, else 0. */
size_t pv_yaml_hidden_break_length(pv_str bytes, size_t at);
/* Reports such a character, always returns false. */
bool pv_yaml_fail_hidden_break(const pv_source *source, pv_span at, pv_error *error);
/* Refuses a block scalar in which libyaml finds nothing, though something was meant to stand in it: one that is a text
 * which begins with its sign (>5), and one whose first blank line is longer than the indentation of its text, which is
 * then no part of it: a line of that text that begins with # would be lost. */
bool pv_yaml_check_empty_block(const pv_source *source, const pv_node *node, int parent_indent,
                               pv_error *error) PV_MUST_CHECK;

#endif
