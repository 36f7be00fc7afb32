/* Invariant: a submission holds one entry for everything its form asks, given or not: a response for every item, a
 * value for every field and column. What is absent knows the place where it should have stood. Nothing in it was
 * guessed: what could not be understood is a problem with its place, and is in no other part, but that a value which
 * is not of its type is unreadable. */
#ifndef PV_MODEL_SUBMISSION_H
#define PV_MODEL_SUBMISSION_H

#include "model/attachments.h"
#include "model/form.h"
#include "text/tokens.h"
#include "text/words.h"

typedef struct pv_filed_measure pv_filed_measure;
typedef struct pv_record pv_record;

typedef struct pv_response {
    const pv_item *item;
    const pv_filed_measure *filed; /* that it is in */
    bool given;                    /* the submission names it; its text may still be blank */
    bool blank;                    /* no text, or not given */
    pv_unanswered unanswered;      /* what of an answer the text is */
    pv_text text;                  /* folded to prose; of a value as written; empty when blank */
    const pv_value *value;         /* of an item that asks for one, given or not; else NULL, for prose */
    pv_span at;                    /* the text; when blank, the blank or the empty span where it should stand */
    size_t word_count;             /* by the default definition, of text.value; 0 of a value that is no text */
    bool shows_all;                /* the text is ASCII, and each of its characters shows: nothing glues its words */
    double confidence;             /* 1 for what is given under its item; how sure it is that a document's text is it */
    const pv_uncertainty *uncertainty; /* NULL: it is sure enough that nobody need look */
    pv_str why_not;                    /* why the item does not apply ("applies only if …"); empty: it does */
} pv_response;

/* A measure that is given for each row of something is there once for each of them; where there is none, once without
 * a row, and blank. */
struct pv_filed_measure {
    const pv_measure *measure;
    const pv_value_list *row;     /* of a table, that it is given for; else NULL */
    const pv_record *record;      /* likewise, of records */
    pv_str row_name;              /* what that is called: "Health Net"; empty: it is for none */
    bool given;                   /* the submission names it */
    bool blank;                   /* no response in it has text */
    bool answered;                /* a response in it says something */
    const pv_response *responses; /* one per item */
    pv_str why_not;               /* why it does not apply; empty: it does */
    pv_span at;                   /* its name, or that of its row; when not given, where it should stand */
};

/* Measures that follow one another. */
typedef struct pv_filed_list {
    const pv_filed_measure *measures;
    size_t count;
} pv_filed_list;

struct pv_record {
    const pv_record_spec *spec;
    size_t number; /* 1-based, among its kind */
    pv_value_list values;
    const pv_record *owner;       /* of a kind with an owner: the record it belongs to; NULL: none has its key */
    const pv_record *first_owned; /* the records that belong to it, kind after kind, each in the order of the kind */
    const pv_record *next_owned;  /* the next one of its owner */
    pv_span at;
};

typedef struct pv_record_list {
    const pv_record_spec *spec;
    const pv_record *records;
    size_t count;
    pv_str why_not; /* why the kind does not apply; empty: it does */
    pv_span at;     /* the list; when absent, where it should stand */
    bool given;
} pv_record_list;

/* A row and a column of a matrix, and what the submission gives about the two. */
typedef struct pv_pair {
    const pv_matrix *matrix;
    const pv_value_list *row;
    const pv_value_list *column;
    pv_str name;                     /* "Amador, WIC" */
    const pv_record *const *records; /* in the order of their kind */
    size_t record_count;
    pv_span at; /* the cells of the first record that name the two; without one, where it would stand */
} pv_pair;

typedef struct pv_pair_list {
    const pv_pair *pairs; /* row after row */
    size_t count;
} pv_pair_list;

/* What was not understood. The rule that reports it is named in run/ruleset.h; the order is that of the rules'
 * ids. */
typedef enum pv_problem_kind {
    PV_PROBLEM_WRONG_KEY,    /* a row with the key of another, or one that belongs to none */
    PV_PROBLEM_UNKNOWN_NAME, /* a key, measure, item or record kind the form has not */
    PV_PROBLEM_MISSING_PART, /* a record's required column, or the form's name */
    PV_PROBLEM_WRONG_TYPE,   /* a value not of its declared type, or a list where a text belongs */
    PV_PROBLEM_KIND_COUNT,
} pv_problem_kind;

typedef struct pv_problem {
    pv_problem_kind kind;
    pv_span at;
    bool expected_here;
    bool has_other;
    pv_span other;  /* of a repeated key: where it stands first */
    pv_str message; /* one sentence with the suggestion */
    size_t more;    /* of how many it is said, where it stands for the rest of its kind; 0: it is itself */
} pv_problem;

/* A response, field or cell whose text could not be told with certainty. */
typedef struct pv_uncertain {
    const pv_uncertainty *uncertainty;
    const pv_response *response; /* NULL: it is a field or a cell */
    const pv_value *value;       /* NULL: it is a response */
    const pv_record *record;     /* that the cell is in; NULL: it is none */
    pv_span at;
} pv_uncertain;

typedef struct pv_submission {
    const pv_form *form;
    const pv_source *source;
    pv_str format; /* as the loader is called that read it */
    pv_span at;    /* of the whole: the form's name, which every submission has */
    pv_value_list fields;
    const pv_filed_measure *measures; /* in printed order: one per measure of the form, or of its rows */
    size_t measure_count;
    const size_t *measure_starts; /* of each measure of the form: its first; and how many there are in all */
    const pv_response *responses; /* of all measures, each one's items in printed order */
    size_t response_count;
    const pv_uncertain *uncertain; /* fields, then cells, then responses */
    size_t uncertain_count;
    const pv_record_list *records; /* one per record kind of the form */
    const pv_pair_list *matrices;  /* one per matrix of the form */
    const pv_problem *problems;    /* in source order */
    size_t problem_count;
    const struct pv_left_out *left_out; /* of a document: what of it was left out (model/blocks.h) */
    size_t left_out_count;
    bool is_made;     /* its document is (pv_document) */
    bool has_changes; /* its document has tracked changes, which are accepted here */
    bool blank;       /* nothing at all was given besides the form's name */
} pv_submission;

/* The form a document says it is filed on (`form:`). PV_ERROR_NOT_FOUND when it says nothing of a form, so is no
 * submission; PV_ERROR_SHAPE when what it says is no name; each with its place. */
bool pv_submission_form_id(const pv_document *document, pv_str *out, pv_span *at, pv_error *error) PV_MUST_CHECK;
/* Reads document as a submission on form, in arena. Only memory and limits fail, and a file beside it that is there
 * and cannot be read; all else becomes a problem. */
bool pv_submission_build(pv_submission **out, pv_arena *arena, const pv_form *form, const pv_document *document,
                         pv_error *error) PV_MUST_CHECK;
/* What a record is about, "Amador, WIC": its key, or that of the record it belongs to, in arena; empty where it has
 * neither. .data is NULL when memory is refused. */
pv_str pv_record_title(const pv_record *record, pv_arena *arena);
/* "row 2 of “Budget”", or "budget 2" of a kind that has no label, in arena. .data is NULL when memory is refused. */
pv_str pv_record_called(const pv_record *record, pv_arena *arena);
/* Continues hash over what tells the record from the others of its kind, and stays the same when rows come before
 * it: its key; else what it belongs to, and its number there. as_written: of a key its spelling (1,000), not its
 * value. */
uint64_t pv_record_hash(const pv_record *record, uint64_t hash, bool as_written);
/* What of an answer text is. asked: as of pv_unanswered_judge; accepts: what is an answer although it says nothing. The
 * second is of a field's, a cell's or an entry of a list. */
bool pv_answer_judge(const pv_form *form, pv_arena *arena, pv_str text, const pv_token_list *asked,
                     const pv_str *accepts, size_t accept_count, pv_unanswered *out, pv_error *error) PV_MUST_CHECK;
bool pv_value_judge(const pv_form *form, pv_arena *arena, const pv_value_spec *spec, pv_str text, pv_unanswered *out,
                    pv_error *error) PV_MUST_CHECK;
/* Whether something at span may be made of the words of a part: it touches one of theirs. */
bool pv_uncertain_touches(const pv_uncertain *part, const pv_source *source, pv_span span);
/* Lists what of a submission is uncertain, in arena, once all of it is there. */
bool pv_submission_find_uncertain(pv_submission *submission, pv_arena *arena, pv_error *error) PV_MUST_CHECK;
/* Whether nothing is asked of it: it does not apply, and is not answered. What is answered all the same is judged. */
bool pv_response_is_exempt(const pv_response *response);
bool pv_measure_is_exempt(const pv_filed_measure *measure);
/* The response to an item, or NULL to one that the form has not; in a measure that is given for each row, the first. */
const pv_response *pv_submission_response(const pv_submission *submission, pv_str full_id);
const pv_response *pv_submission_answer(const pv_submission *submission, const pv_item *item);
/* A measure of the form as it is filed: at least once. */
pv_filed_list pv_submission_filed(const pv_submission *submission, const pv_measure *measure);
/* The response in it to an item of its measure. */
const pv_response *pv_filed_response(const pv_filed_measure *filed, const pv_item *item);
/* Whether it stands for the rows that a repeated measure has not. */
bool pv_filed_has_no_row(const pv_filed_measure *filed);

/* ---- problems being collected ---- */

/* Of each kind at least one is kept when there was any, so that no rule reporting a kind can pass wrongly; beyond the
 * limit of a kind one last problem says how many more there are. */

typedef struct pv_problem_entry pv_problem_entry;

/* Problems being collected, in arena. */
typedef struct pv_problems {
    pv_arena *arena;
    pv_problem_entry *first;
    pv_problem_entry *last;
    size_t most; /* of a kind are kept */
    size_t kept; /* of all kinds */
    size_t found[PV_PROBLEM_KIND_COUNT];
    pv_span first_dropped[PV_PROBLEM_KIND_COUNT];
} pv_problems;

/* Begins a collection in arena, of so many of a kind at most, with the problems of another (NULL: with none), which
 * stays as it is. */
bool pv_problems_begin(pv_problems *problems, pv_arena *arena, size_t most, const pv_problems *others,
                       pv_error *error) PV_MUST_CHECK;
/* Adds a problem, or counts it when enough of its kind are kept; a missing part is expected at its place. false only
 * for memory. */
bool pv_problems_add(pv_problems *problems, pv_problem_kind kind, pv_span at, pv_error *error, const char *format, ...)
    __attribute__((format(printf, 5, 6))) PV_MUST_CHECK;
/* A wrong key; other: where the key stands first, or NULL. */
bool pv_problems_add_key(pv_problems *problems, pv_span at, const pv_span *other, pv_error *error, const char *format,
                         ...) __attribute__((format(printf, 5, 6))) PV_MUST_CHECK;
/* A part that is there and says nothing ("TBD"). */
bool pv_problems_add_unsaid(pv_problems *problems, pv_span at, pv_error *error, const char *format, ...)
    __attribute__((format(printf, 4, 5))) PV_MUST_CHECK;
/* An unknown name, with a suggestion, which is only made when the problem is kept (pv_message_unknown), and further
 * advice ("; …"), which may be empty. */
bool pv_problems_add_unknown(pv_problems *problems, const char *owner, pv_str owner_id, const char *kind,
                             const pv_node *key, const pv_names *known, const char *advice,
                             pv_error *error) PV_MUST_CHECK;
/* All of them in source order. */
bool pv_problems_finish(pv_problems *problems, const pv_problem **out, size_t *count, pv_error *error) PV_MUST_CHECK;

#endif
