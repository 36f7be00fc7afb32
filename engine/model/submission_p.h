/* Invariant: reading a submission never stops at what it does not understand: that becomes a problem, and its place
 * in the submission is filled with something absent, or of a value with one that is unreadable. A function here
 * returns false only when memory is refused, or what lies beside the submission meets a limit or cannot be read. */
#ifndef PV_MODEL_SUBMISSION_P_H
#define PV_MODEL_SUBMISSION_P_H

#include "model/submission.h"

typedef struct pv_submission_reader {
    pv_arena *arena;
    pv_error *error;
    const pv_form *form;
    const pv_source *source;
    pv_attachments *attachments; /* the files beside it; NULL: none are available */
    pv_problems problems;
    pv_value *fields;       /* of the submission, once they have been read */
    pv_response *responses; /* of the submission, while they are read */
    size_t response_count;
    pv_value *item_values;   /* by the position of their responses, of those that ask for a value */
    pv_record_list *records; /* of the submission, once they have been read */
    pv_value **cells;        /* of each kind of them those of all rows, row after row */
    uint32_t content_end;    /* of the document: where a whole part that is absent would be added */
    bool columns_reported;   /* a column that a row does not have at all is the loader's to report */
} pv_submission_reader;

/* How the children of a mapping are called in a message about an unknown one. */
typedef struct pv_children {
    const char *owner; /* "the form", "measure " */
    pv_str owner_id;   /* "1.1.6", or empty */
    const char *kind;  /* "item" */
    const pv_names *known;
} pv_children;

/* Sorts the children of mapping by the position of their name: sorted[i] is the one of known->names[i], or NULL.
 * NULL and an empty scalar have no children; anything else that is no mapping is a problem. */
bool pv_reader_sort_children(pv_submission_reader *reader, const pv_node *mapping, const pv_children *children,
                             const pv_node **sorted) PV_MUST_CHECK;
/* One value per specification from sorted children, into values. expected: where the first would stand; each absent one
 * stands after the nearest given one before it. */
bool pv_reader_values(pv_submission_reader *reader, const pv_value_spec *specs, size_t count,
                      const pv_node *const *sorted, uint32_t expected, pv_value *values) PV_MUST_CHECK;
/* A value that is not of its type becomes a problem, and stays unreadable. */
bool pv_reader_value(pv_submission_reader *reader, const pv_value_spec *spec, const pv_node *node,
                     pv_value *out) PV_MUST_CHECK;
/* Whether a null without quotes stands at node or in it, of which it is said already that it may be nothing. */
bool pv_reader_holds_null(const pv_node *node);
/* A value of this label and name that a comment follows on its line becomes a problem, since text may have been lost;
 * so does a null without quotes. */
bool pv_reader_check_unquoted(pv_submission_reader *reader, pv_str label, pv_str name,
                              const pv_node *node) PV_MUST_CHECK;
/* Zeroed, in the reader's arena; NULL is reported already. */
void *pv_reader_array(const pv_submission_reader *reader, size_t count, size_t size);

/* Where the first part of a mapping's child would stand: after its key and colon; fallback when there is no such
 * child. */
uint32_t pv_reader_start_of(const pv_submission_reader *reader, const pv_node *node, uint32_t fallback);
/* Where the next sibling of a mapping's child would stand. */
uint32_t pv_reader_end_of(const pv_submission_reader *reader, const pv_node *node);

/* A document given as a mapping, which names a file beside the submission (attachments.c). */
bool pv_reader_read_file(pv_submission_reader *reader, const pv_value_spec *spec, const pv_node *mapping,
                         pv_value *out) PV_MUST_CHECK;
/* A file of any kind beside the submission, which is named by its path, as a scalar or a mapping (attachments.c). */
bool pv_reader_look_at_file(pv_submission_reader *reader, const pv_value_spec *spec, const pv_node *node,
                            pv_value *out) PV_MUST_CHECK;
/* The records, linked to those that they belong to, and the pairs of the matrices (submission_records.c). */
bool pv_reader_read_records(pv_submission_reader *reader, const pv_node *mapping, pv_submission *out) PV_MUST_CHECK;
/* What tells a record from the others of its kind, by its key; *known: all of the key could be read. Begins with
 * PV_HASH_SEED. */
bool pv_reader_record_key(const pv_submission_reader *reader, const pv_record *record, uint64_t *key,
                          bool *known) PV_MUST_CHECK;
/* Continues such a key over what bytes [start, end) of a name say in one column of it. */
bool pv_reader_name_key(const pv_submission_reader *reader, const pv_value_spec *column, const pv_node *name,
                        size_t start, size_t end, uint64_t *key, bool *known) PV_MUST_CHECK;
/* The measures with their responses, after the records (submission_measures.c). */
bool pv_reader_read_measures(pv_submission_reader *reader, const pv_node *mapping, pv_submission *out) PV_MUST_CHECK;
/* The labels that a program shows before paragraphs of responses, by the full ids of their items: they number lists,
 * and are no words (submission_measures.c). */
bool pv_reader_read_labels(pv_submission_reader *reader, const pv_node *mapping) PV_MUST_CHECK;
/* Reports, once it is known what applies, each cell that is required under a condition and says nothing. */
bool pv_reader_report_missing_cells(pv_submission_reader *reader) PV_MUST_CHECK;
/* Says of each part with a condition that is not met why it does not apply, once all parts have been read
 * (applicability.c). responses: of all measures. */
bool pv_reader_decide_what_applies(pv_submission_reader *reader, pv_filed_measure *measures, size_t count,
                                   pv_response *responses) PV_MUST_CHECK;

#endif
