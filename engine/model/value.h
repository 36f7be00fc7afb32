/* Invariant: a value has the type its specification gives it and was written in that type's one spelling; nothing is
 * converted that the form did not declare, and every value keeps its text and place. A text that must be one of
 * several is, once read, spelt as the form spells it. */
#ifndef PV_MODEL_VALUE_H
#define PV_MODEL_VALUE_H

#include "base/calendar.h"
#include "base/decimal.h"
#include "model/file_kinds.h"
#include "model/message.h"
#include "model/names.h"
#include "model/node.h"
#include "text/intervals.h"
#include "text/unanswered.h"

typedef enum pv_type {
    PV_TYPE_TEXT,
    PV_TYPE_INTEGER,    /* 200, -3, 1,000 */
    PV_TYPE_DECIMAL,    /* 12.50 */
    PV_TYPE_PERCENTAGE, /* 20% or 20 %; the number is 20 */
    PV_TYPE_DATE,       /* 2022-07-01, a day that exists */
    PV_TYPE_BOOLEAN,    /* true, false; of a filer also yes, no */
    PV_TYPE_LIST,       /* a sequence of texts; a single scalar is not one */
    PV_TYPE_ROW,        /* a text that names a row of a table of the form */
    PV_TYPE_DOCUMENT,   /* a text kept line by line, given as a scalar or as a file beside the submission */
    PV_TYPE_MONEY,      /* £1,200, 1200.00 GBP, (1,200): of the specification's currency */
    PV_TYPE_MONTH,      /* 2011-09, Sept 2011 */
    PV_TYPE_YEAR,       /* 2003 */
    PV_TYPE_PERIOD,     /* 2003–2014, 2013/14, 2004–present, Jan–Dec 2015 (text/intervals.h) */
    PV_TYPE_EMAIL,
    PV_TYPE_TELEPHONE,
    PV_TYPE_POSTCODE, /* of the specification's country */
    PV_TYPE_URL,
    PV_TYPE_FILE, /* the path of a file beside the submission, of any kind, which is not read */
    PV_TYPE_COUNT,
} pv_type;

/* What of a value tells it from another of its type. */
typedef enum pv_value_sort {
    PV_SORT_TEXT,   /* its text */
    PV_SORT_NUMBER, /* `number` */
    PV_SORT_DAYS,   /* `days`, and of a date `date` */
    PV_SORT_BOOLEAN,
    PV_SORT_LIST,
    PV_SORT_ROW,
    PV_SORT_DOCUMENT,
    PV_SORT_FILE, /* its text, the path */
} pv_value_sort;

/* All that is known of a type; everything that depends on the type of a value asks here, or for its sort. */
typedef struct pv_type_row {
    const char *name; /* "percentage" */
    pv_value_sort sort;
    const char *called; /* "a percentage" */
    const char *like;   /* how one is written: "write it like 20%"; empty where any text is one */
    const char *hint;   /* the same for who fills in a blank form: "a percentage, like 20%" */
    const char *sample; /* one of them */
} pv_type_row;

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
    bool filed;            /* a filer gives it: a field or a column of records; else it is the form's own */
    const pv_str *choices; /* allowed values (texts also for the elements of a list), or NULL; compared as such */
    size_t choice_count;
    pv_length length;             /* of a text or document */
    const struct pv_table *table; /* whose rows a value names; NULL for every other type */
    pv_str currency;              /* of money: "GBP" */
    pv_str country;               /* of a postcode: "GB"; empty: of any country */
    const pv_file_kind **kinds;   /* that a file may be of, or NULL: any */
    size_t kind_count;
    pv_str kinds_words;   /* "pdf or docx" */
    uint64_t size_most;   /* of a file, in bytes; 0: any */
    pv_str size_words;    /* as the form writes it: "10 MB" */
    pv_str unit;          /* of a number: in what it is given ("kg"), to be shown; else empty */
    bool has_places;      /* of a number: whether its decimal places are limited ... */
    uint8_t places;       /* ... to so many */
    bool other;           /* beside choices: the filer may write a text of their own ("Other: …", or other: …) */
    uint32_t least, most; /* entries of a list; 0 where the form does not say */
    bool unique;          /* of a column: no two rows have it in common */
    bool editable;        /* of what is prefilled: the filer may change it */
    bool shown;           /* of what is prefilled or computed: it is not for the filer to write */
    pv_str pattern;       /* that all of the text matches (text/pattern.h); empty: none */
    pv_str says;          /* what the pattern asks for, as a sentence for the filer */
    const struct pv_value *prefilled; /* what the form gives beforehand, or NULL */
    const struct pv_demands *demands; /* its bounds, and what it is computed from (model/terms.h), or NULL */
    const pv_str *aliases;            /* what else it is called at the head of a table's column, or NULL */
    size_t alias_count;
    const pv_str *accepts; /* what would say nothing elsewhere and is an answer here ("None"), or NULL */
    size_t accept_count;
    pv_str note;                      /* what the form prints beside it and nobody judges */
    const struct pv_only_if *only_if; /* of a field or column: what must hold for it to apply; NULL: it always does */
    pv_span at;                       /* in the form */
} pv_value_spec;

/* The pattern that all of a text matches, of one that it matches anywhere: for printf. */
#define PV_WHOLE_PATTERN "\\A(?:%.*s)\\z"

typedef struct pv_value_list pv_value_list;

typedef struct pv_value {
    const pv_value_spec *spec;
    bool given;      /* false: absent; everything below is empty, `at` is where it would stand */
    bool unreadable; /* given, but not of its type or choices: of what is below there are only text and place */
    pv_text text;    /* the scalar as written (of a text: folded to prose); empty when something else stands there */
    const pv_source *file;    /* a document's, when it lies beside the submission; NULL: it stands in it */
    const pv_file_kind *kind; /* of a file; NULL: of none that is known */
    uint64_t size;            /* of a file, in bytes */
    pv_decimal number;        /* integer, decimal, percentage, money */
    pv_date date;
    pv_interval days; /* date, month, year, period */
    bool boolean;
    bool other;              /* a text of the filer's own beside the choices: `text` is what stands after "Other:"; of a
                                list: it has one */
    bool accepted;           /* of another type than text: not of it, but words that the form accepts for one ("N/A") */
    const pv_text *elements; /* list */
    size_t element_count;
    const pv_value_list *row; /* the row named */
    pv_unanswered unanswered; /* what of an answer it is; what cannot be read is one. That a text only stands for an
                                 answer is told in submissions alone. */
    pv_str why_not;           /* of a field or cell that does not apply: why; empty: it does */
    const pv_uncertainty *uncertainty; /* as of a response */
    pv_span at;
} pv_value;

typedef struct pv_spelt {
    char text[80]; /* more than any of them takes */
} pv_spelt;

struct pv_value_list {
    const pv_value *values; /* one per specification, in its order */
    size_t count;
};

/* The row of a type. */
const pv_type_row *pv_type_of(pv_type type);
/* "text", "integer", … and back. */
const char *pv_type_name(pv_type type);
bool pv_type_from_name(pv_str name, pv_type *out);
/* Reads node as spec says. A wrong type or choice is PV_ERROR_SHAPE at the node, with what was expected and a
 * suggestion (error.message: "'…' is not a percentage; write it like 20%"), and *out is then unreadable. A blank
 * scalar is no fault: a text or document is then given and empty, any other type not given, both at the blank. A
 * document is read from a scalar alone: a file beside a submission is for whoever reads submissions (attachments.c). */
bool pv_value_read(pv_value *out, pv_arena *arena, const pv_value_spec *spec, const pv_node *node,
                   pv_error *error) PV_MUST_CHECK;
/* How a value is written, for who fills in a blank form: "a percentage, like 20%"; empty where any text is one. */
pv_hint pv_value_hint(const pv_value_spec *spec);
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
/* True when it was given and could be read as its type: not what is accepted instead. */
bool pv_value_is_known(const pv_value *value);
/* Whether two known values of one type are the same, however they are written; of a list never. */
bool pv_value_is_same(const pv_value *a, const pv_value *b);
/* A number, amount, percentage, day, month, year, period or boolean that is known as its type writes it, however it was
 * written: 1000, 1200.50 GBP, 20%, 2022-07-01, 2003 to 2014, true. Empty for what is none. */
pv_spelt pv_value_spelt(const pv_value *value);
/* The currencies whose signs are known, by their three letters: the index-th, or empty past the last. Of any other a
 * value is written with those letters. */
pv_str pv_value_currency(size_t index);
/* The value with this name, or NULL. */
const pv_value *pv_value_list_get(const pv_value_list *list, pv_str name);

/* ---- tables ---- */

/* Reference data of a form, rows of typed values in the order given. In one that other values name rows of, a name
 * or alias stands for exactly one row. */

typedef struct pv_table {
    pv_str name;
    pv_str label; /* as printed; equal to name where none is given */
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
