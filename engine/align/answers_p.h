/* Invariant: an answer's text is made of whole blocks, or of the end of one, in their order; each of its bytes keeps
 * its place. */
#ifndef PV_ALIGN_ANSWERS_P_H
#define PV_ALIGN_ANSWERS_P_H

#include "align/units_p.h"
#include "model/node.h"

/* A document's tree being made. */
typedef struct pv_answers {
    pv_arena *arena;
    pv_error *error;
    const pv_form *form;
    pv_source *source;
    const pv_unit_list *units;
    const pv_unit_reading *readings;
    bool is_recognised; /* from pictures of pages: nothing is certain */
} pv_answers;

/* A part of a unit: its text from a byte on. */
typedef struct pv_answer_part {
    size_t unit;
    size_t from;
} pv_answer_part;

/* The scalar that these parts make, in order, at least one, folded as YAML has it: a line feed between paragraphs, a
 * space between lines, and nothing where a line ends within a word. What lies between two parts that do not follow one
 * another is noted as a cut. NULL: error is filled. */
pv_node *pv_answer_node(const pv_answers *answers, const pv_answer_part *parts, size_t count);
/* The value that a scalar is by its specification: what its boxes say, the entries of a list, else itself. NULL: error
 * filled. */
pv_node *pv_answer_value(const pv_answers *answers, const pv_value_spec *spec, pv_node *node);
#define PV_DOUBT_RECOGNISED "its text was recognised from a picture of its page"
/* Why what is in a block may be wrong, as a sentence about the answer it is of; NULL: it is sure. */
const char *pv_block_doubt_says(pv_block_doubt doubt);
/* Says of a node what is not certain of it. false: error is filled. */
bool pv_answer_doubt(const pv_answers *answers, pv_node *node, uint32_t thousandths, const char *why,
                     const pv_text *other) PV_MUST_CHECK;
/* A key or the form's own name, made at a place. */
pv_node *pv_made_node(const pv_answers *answers, pv_str text, pv_span at);
/* The fields, and the rows by kind, that the units which belong to no measure give: mappings, or NULL. understood: per
 * unit, set where it is one of a field or the form prints it. tables: per record kind the rows that tables give, of
 * which those that the form has places for are further ones. false: error is filled. */
bool pv_fields_find(const pv_answers *answers, bool *understood, const pv_branch *tables, pv_node **fields,
                    pv_node **records);
/* All that a document says, as one text: its paragraphs with an empty line between, the lines of a page as lines, notes
 * at the end, with marks of what each of them is (text/marks.h). Of a text file the file as it stands. */
bool pv_whole_text(pv_text *out, pv_arena *arena, const pv_blocks *blocks, pv_error *error) PV_MUST_CHECK;

#endif
