/* Invariant: a value has the type its specification gives it and was written in that type's one spelling; nothing is
 * converted that the form did not declare, and every value keeps its text and place. A text that must be one of
 * several is, once read, spelt as the form spells it. */
#ifndef PV_MODEL_VALUE_H
#define PV_MODEL_VALUE_H

#include "base/calendar.h"
#include "base/decimal.h"
#include "model/names.h"
#include "model/node.h"
#include "text/unanswered.h"

typedef enum pv_type {
    PV_TYPE_TEXT,
    PV_TYPE_INTEGER,    /* 200, -3, 1,000 */
    PV_TYPE_DECIMAL,    /* 12.50 */
    PV_TYPE_PERCENTAGE, /* 20% or 20 %; the number is 20 */
    PV_TYPE_DATE,       /* 2022-07-01, a day that exists */
    PV_TYPE_BOOLEAN,    /* true, false */
    PV_TYPE_LIST,       /* a sequence of texts; a single scalar is not one */
    PV_TYPE_ROW,        /* a text that names a row of a table of the form */
    PV_TYPE_DOCUMENT,   /* a text kept line by line, given as a scalar or as a file beside the submission */
    PV_TYPE_COUNT,
} pv_type;

/* How long a text may be, as the form prints it; 0 where it does not say. The minimum is not above the limit. */
typedef struct pv_length {
    uint32_t word_minimum;
    uint32_t word_limit;
    uint32_t character_limit; /* in Unicode code points */
} pv_length;

/* What a form declares of a field, a record's column, or an attribute of its own. */
typedef struct pv_value_spec {
    pv_str name;
    pv_str label; /* as printed on the form; equal to name where none is given */
    pv_type type;
    bool required;
    const pv_str *choices; /* allowed values (texts also for the elements of a list), or NULL; compared as such */
    size_t choice_count;
    pv_length length;             /* of a text or document */
    const struct pv_table *table; /* whose rows a value names; NULL for every other type */
    const pv_str *aliases;        /* what else it is called at the head of a table's column, or NULL */
    size_t alias_count;
    const pv_str *accepts; /* what would say nothing elsewhere and is an answer here ("None"), or NULL */
    size_t accept_count;
    pv_str note;                      /* what the form prints beside it and nobody judges */
    const struct pv_only_if *only_if; /* of a field or column: what must hold for it to apply; NULL: it always does */
    pv_span at;                       /* in the form */
} pv_value_spec;

typedef struct pv_value_list pv_value_list;

typedef struct pv_value {
    const pv_value_spec *spec;
    bool given;      /* false: absent; everything below is empty, `at` is where it would stand */
    bool unreadable; /* given, but not of its type or choices: of what is below there are only text and place */
    pv_text text;    /* the scalar as written (of a text: folded to prose); empty when something else stands there */
    const pv_source *file; /* a document's, when it lies beside the submission; NULL: it stands in it */
    pv_decimal number;     /* integer, decimal, percentage */
    pv_date date;
    bool boolean;
    const pv_text *elements; /* list */
    size_t element_count;
    const pv_value_list *row; /* the row named */
    pv_unanswered unanswered; /* what of an answer it is; what cannot be read is one. That a text only stands for an
                                 answer is told in submissions alone. */
    pv_str why_not;           /* of a field or cell that does not apply: why; empty: it does */
    pv_span at;
} pv_value;

typedef struct pv_spelt {
    char text[64]; /* more than any of them takes */
} pv_spelt;

struct pv_value_list {
    const pv_value *values; /* one per specification, in its order */
    size_t count;
};

/* "text", "integer", … and back. */
const char *pv_type_name(pv_type type);
bool pv_type_from_name(pv_str name, pv_type *out);
/* Reads node as spec says. A wrong type or choice is PV_ERROR_SHAPE at the node, with what was expected and a
 * suggestion (error.message: "'…' is not a percentage; write it like 20%"), and *out is then unreadable. A blank
 * scalar is no fault: a text or document is then given and empty, any other type not given, both at the blank. A
 * document is read from a scalar alone: a file beside a submission is for whoever reads submissions (attachments.c). */
bool pv_value_read(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node,
                   pv_error *error) PV_MUST_CHECK;
/* A scalar folded to prose, line by line when it was written so (pv_text_fold): what every text of a form or submission
 * is read as. */
bool pv_value_prose(pv_text *out, pv_arena *arena, const pv_node *scalar, pv_error *error) PV_MUST_CHECK;
/* The value of something absent that should stand at this offset. */
pv_value pv_value_absent(const pv_value_spec *spec, uint32_t expected);
/* Whether its value is a text: a text or a document. */
bool pv_value_is_text(const pv_value_spec *spec);
/* A document's text, all of it, and its place: from its first character that is no white space to its last. */
void pv_value_set_document(pv_value *out, const pv_text *text);
/* Whether text is what a spreadsheet writes into a cell whose formula has failed. */
bool pv_value_is_failed_formula(pv_str text);
/* What stands at node as a blank one is: a form's empty box, not a fault. */
void pv_value_set_blank(pv_value *out, const pv_value_spec *spec, const pv_node *node);
/* True when it was not given, and for a text or list with nothing in it; what is unreadable is not blank. */
bool pv_value_is_blank(const pv_value *value);
/* What is written, for a message: of a list its first entry. */
pv_str pv_value_written(const pv_value *value);
/* True when it was given and could be read. */
bool pv_value_is_known(const pv_value *value);
/* A number, percentage, day or boolean that is known as its type writes it, however it was written: 1000, 20%,
 * 2022-07-01, true. Empty for what is none. */
pv_spelt pv_value_spelt(const pv_value *value);
/* The value with this name, or NULL. */
const pv_value *pv_value_list_get(const pv_value_list *list, pv_str name);

/* ---- tables ---- */

/* Reference data of a form, rows of typed values in the order given. In one that other values name rows of, a name
 * or alias stands for exactly one row. */

typedef struct pv_table {
    pv_str name;
    const pv_value_spec *columns;
    size_t column_count;
    const pv_value_list *rows;
    size_t row_count;
    pv_span at;
    bool indexed;          /* by pv_table_index */
    pv_synonyms row_names; /* to the rows' positions */
} pv_table;

/* Makes the rows of table findable by their columns `name` (a text) and, where there is one, `aliases` (a list), in
 * arena; does nothing when they are already. PV_ERROR_SHAPE when there is no such column, a row has no name, or two
 * rows share one, at the later of the two. */
bool pv_table_index(pv_table *table, pv_arena *arena, pv_error *error) PV_MUST_CHECK;
/* The row that text names (*out: NULL when there is none), of an indexed table. arena is for the work. Fails only
 * for memory. */
bool pv_table_find(const pv_table *table, pv_arena *arena, pv_str text, const pv_value_list **out,
                   pv_error *error) PV_MUST_CHECK;
/* What a row is called: its `name`, else its first column; empty when there is nothing. */
pv_str pv_row_title(const pv_value_list *row);
/* The position of a row in its table. */
size_t pv_table_row_number(const pv_table *table, const pv_value_list *row);

#endif
