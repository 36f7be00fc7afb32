/* Invariant: a text object is a range of bytes of one whole text of the submission, and its place is where those bytes
 * came from. What is worked out about a whole text is worked out once and kept for the session; about a part, each
 * time. */
#ifndef PV_LUA_VALUES_TEXT_OBJECT_H
#define PV_LUA_VALUES_TEXT_OBJECT_H

#include "lua/values/values.h"
#include "text/acronyms.h"
#include "text/claims.h"
#include "text/headings.h"
#include "text/lists.h"
#include "text/name_variants.h"
#include "text/naming.h"
#include "text/numbering.h"
#include "text/quantities.h"
#include "text/similarity.h"
#include "text/stems.h"
#include "text/words.h"

#define PV_QUANTITY_KINDS 3

/* The body of a part as prose, made when it is first asked for. */
typedef struct pv_part_body {
    bool made;
    pv_text text;
} pv_part_body;

/* One part of a text that has headings; in the session's arena, so that it keeps its identity. */
typedef struct pv_part {
    pv_heading heading; /* spans count from the start of whole */
    const pv_text *whole;
    pv_part_body *body; /* two, of its body and of what is its own; NULL where line breaks are no layout: they are prose
                         * as they stand */
} pv_part;

typedef struct pv_part_list {
    pv_part *parts;
    pv_heading_list found; /* spans count from the start of the text asked */
} pv_part_list;

typedef struct pv_table_list pv_table_list;   /* table_values.c */
typedef struct pv_names_found pv_names_found; /* phrase_values.c */

/* In which light the words at some bytes of a text stand. */
typedef struct pv_context_found {
    pv_span at;
    pv_context context;
    struct pv_context_found *next;
} pv_context_found;

/* NULL where not yet asked for. Spans count from the start of the part. */
typedef struct pv_text_facts {
    const pv_word_list *words; /* by the default definition */
    bool words_counted;        /* when the submission was read: they are at nobody's cost */
    const pv_token_list *tokens;
    const pv_naming *naming;
    const pv_names_found *names; /* of phrase sets of the rule set that were looked for */
    pv_shingles *shingles;
    const pv_quantity_list *quantities[PV_QUANTITY_KINDS];
    const pv_list_items *items;
    pv_part_list *parts;                  /* of the session, also for a part of a text */
    pv_part_list *all_parts;              /* the same of all headings, for "align 2" */
    const struct pv_table_list *tables;   /* the same */
    const pv_acronym_list *acronyms;      /* the same */
    const pv_name_variant_list *variants; /* the same */
    const pv_numbering *numbering;        /* the same */
    const pv_statements *statements;      /* of a whole text only */
    const pv_signature *signature;        /* the same */
    pv_context_found *contexts;           /* the one asked for last is the first */
} pv_text_facts;

typedef struct pv_text_object {
    pv_object object;
    const pv_text *whole;
    pv_span part;         /* bytes of whole->value */
    bool keeps;           /* the whole of it, cached by identity: facts live as long as the session */
    pv_text_facts *facts; /* NULL until something was asked for, and always for a part */
} pv_text_object;

pv_str pv_text_object_str(const pv_text_object *text);
/* Bytes of text to bytes of its whole. */
pv_span pv_text_within(const pv_text_object *text, pv_span span);

/* Places object at these bytes of whole->value. */
void pv_object_place_in(pv_object *object, const pv_text *whole, pv_span at);

/* [-0, +1, m] The text of a field, cached by identity; at: its place when it is blank. And the text of a response. */
int pv_push_whole_text(lua_State *L, const pv_text *whole, pv_place at);
int pv_push_response_text(lua_State *L, const pv_response *response, pv_place at);
/* [-0, +1, v] The characters of a text (word_values.c). */
int pv_push_characters(lua_State *L, const pv_text_object *text);
/* [-0, +1, m] Part of a whole text, bytes of whole->value. */
int pv_push_text_part(lua_State *L, const pv_text *whole, pv_span part);
/* [-0, +1, m] The same; nil where that is empty. */
int pv_push_text_if_any(lua_State *L, const pv_text *whole, pv_span part);
/* [-0, +0, m] Makes this the class of all texts; called once per state. What makes texts thereby needs none of their
 * methods. */
void pv_text_set_class(lua_State *L, const pv_class *class);
/* [-0, +0, -] The text at index, or NULL. */
pv_text_object *pv_text_test(lua_State *L, int index);
/* [-0, +0, v] The text at index 1, of which a method is called. */
pv_text_object *pv_text_self(lua_State *L);
/* [-0, +0, v] The text that the value at index is, or has as its `text` (a response, a match …), which takes its place
 * in the stack. */
pv_text_object *pv_text_argument(lua_State *L, int index);

/* [-0, +0, v] The tokens of the value at index: a plain string (in the call arena), a text, or what has a text, which
 * then takes its place in the stack. */
const pv_token_list *pv_text_tokens_argument(lua_State *L, int index);

/* [-0, +0, v] The facts of a text; of a part new ones, which end with the call. */
pv_text_facts *pv_text_facts_of(lua_State *L, pv_text_object *text);
/* The facts of a response's text, of the submission that is open; NULL where none is, or memory is refused. */
pv_text_facts *pv_response_facts(pv_runtime *runtime, const pv_response *response);
/* [-0, +0, v] The words of a response's text; none of a value that is no text. */
const pv_word_list *pv_response_words(lua_State *L, const pv_response *response);
/* What is asked of a text, [-0, +0, v] each; kept for the session, or for a part until the call ends. */
const pv_word_list *pv_text_words(lua_State *L, pv_text_object *text);
const pv_token_list *pv_text_tokens(lua_State *L, pv_text_object *text);
const pv_naming *pv_text_naming(lua_State *L, pv_text_object *text);
const pv_shingles *pv_text_shingles(lua_State *L, pv_text_object *text);
const pv_quantity_list *pv_text_quantities(lua_State *L, pv_text_object *text, pv_quantity_kind kind);
/* The number that one of them is. */
pv_exact_number pv_number_of_quantity(const pv_quantity *quantity);
/* Those of bytes, in arena, worked out in the phase of texts and not charged for; NULL where error is filled. */
const pv_quantity_list *pv_quantities_stated(const pv_runtime *runtime, pv_arena *arena, pv_str bytes,
                                             pv_quantity_kind kind, pv_error *error);
/* What is charged for them, besides pv_text_work. */
static inline size_t pv_quantities_work(const pv_quantity_list *stated) {
    return stated->count * 2;
}
const pv_list_items *pv_text_items(lua_State *L, pv_text_object *text);
/* What its document says of it; NULL where nothing is known, and of a part. */
const pv_marks *pv_text_marks(const pv_text_object *text);
pv_part_list *pv_text_parts(lua_State *L, pv_text_object *text);
/* The same with the headings that come twice (pv_headings_find_all). */
pv_part_list *pv_text_all_parts(lua_State *L, pv_text_object *text);
/* [-0, +0, v] The lexicon of names, kept with the rule set. */
const pv_lexicon *pv_lexicon_of(lua_State *L);
/* [-0, +0, v] The statements of a whole text, and the context of the words at these bytes of it. */
const pv_statements *pv_text_statements(lua_State *L, const pv_text *whole);
pv_context pv_text_context(lua_State *L, const pv_text *whole, pv_span at);
/* [-0, +0, v] What the whole that text is of holds, where that can be said of the text too; else NULL. */
const pv_signature *pv_text_signature(lua_State *L, const pv_text_object *text);
/* [-0, +0, v] The stems of the string at index; kept with the rule set where the form prints it. */
const pv_stem_print *pv_text_stem_print(lua_State *L, int index, size_t letters);
/* [-0, +0, v] Charges for going over a text once, and for what that may take from an arena. */
void pv_text_charge(lua_State *L, pv_str text);
/* What that charges. */
static inline size_t pv_text_work(pv_str text) {
    return text.size / 4 + 4;
}

/* [-0, +1, m] The words at these spans, which count from byte start of whole; at: their place when there are none.
 * lasting: the spans live as long as the session, else they are copied. */
int pv_push_words(lua_State *L, const pv_text *whole, uint32_t start, pv_place at, const pv_word_list *words,
                  bool lasting);

#endif
