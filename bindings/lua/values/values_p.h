/* Invariant: what is found in a text is what the text states, at the bytes that state it, in text order; where the text
 * leaves open what it means, the value says so and never picks. */
#ifndef PV_LUA_VALUES_VALUES_P_H
#define PV_LUA_VALUES_VALUES_P_H

#include "lua/values/text_object.h"
#include "text/intervals.h"
#include "text/phrases.h"

/* What every value found in a text starts with. */
typedef struct pv_found {
    pv_object object;
    const pv_text *whole;
    pv_span at; /* bytes of whole */
} pv_found;

/* A kind of field for PV_OWN_FIELD in such a value, its `at`: the words there, a text. */
#define PV_TYPE_words pv_span
int pv_reflect_words(lua_State *L, const pv_object *object, const void *field);
/* A kind of field: the name of a qualifier, nil for none. */
#define PV_TYPE_qualifier pv_qualifier
int pv_reflect_qualifier(lua_State *L, const pv_object *object, const void *field);
/* [-0, +1, m] A value of this class and size found at these bytes of text. */
void *pv_found_new(lua_State *L, const pv_class *class, size_t size, const pv_text_object *text, pv_span at);
/* [-0, +1, m] A date that a text names, and an interval; bytes count from the start of text. Returns 1. */
int pv_push_date_mention(lua_State *L, const pv_text_object *text, const pv_date_mention *found);
int pv_push_interval(lua_State *L, const pv_text_object *text, const pv_interval *found);
/* __tostring of such a value: as the text writes it. */
int l_found_to_string(lua_State *L);

/* ---- in which light it is said ---- */

/* Where a match or an item of a list stands for its context (pattern_values.c, list_item_values.c). */
pv_found pv_match_found(const pv_object *match);
pv_found pv_list_item_found(lua_State *L, const pv_object *item);
/* All of an item, its marker too; the heading of a part. */
pv_found pv_list_item_whole(const pv_object *item);
pv_found pv_part_found(const pv_object *part);

/* [-0, +1, v] The attributes of PV_CONTEXT_MEMBERS (context_values.c). */
int pv_get_denied(lua_State *L);
int pv_get_hedged(lua_State *L);
int pv_get_attributed_to(lua_State *L);
int pv_get_conditional(lua_State *L);
int pv_get_past(lua_State *L);
int pv_get_present(lua_State *L);
int pv_get_promised(lua_State *L);
int pv_get_promised_by(lua_State *L);
int pv_get_verb(lua_State *L);
int pv_get_unclear(lua_State *L);
int pv_get_doubt(lua_State *L);
int pv_get_statement(lua_State *L);
int pv_get_sentence(lua_State *L);
int pv_get_asserted(lua_State *L);
int pv_get_sure(lua_State *L);

/* The members that tell in which light a value found in a text is said there. */
#define PV_CONTEXT_MEMBERS                                                                                             \
    {"denied", "denied: text?", "The words that deny it (\"not\", \"unable to\"), or nil.", .get = pv_get_denied},     \
        {"hedged", "hedged: text?", "The words that leave it open (\"may\"), or nil.", .get = pv_get_hedged},          \
        {"attributed_to", "attributed_to: text?",                                                                      \
         "The words that make it somebody else's (\"DHCS asks for\"), or nil.", .get = pv_get_attributed_to},          \
        {"conditional", "conditional: text?", "The words that set a condition (\"if\"), or nil.",                      \
         .get = pv_get_conditional},                                                                                   \
        {"past", "past: text?", "The words that say that it was so (\"last year\"), or nil.", .get = pv_get_past},     \
        {"present", "present: text?", "The words that say that it is so (\"currently\"), or nil.",                     \
         .get = pv_get_present},                                                                                       \
        {"promised", "promised: text?",                                                                                \
         "The words that promise it (\"will\"), or nil; what is denied, somebody else's or unclear is not promised.",  \
         .get = pv_get_promised},                                                                                      \
        {"promised_by", "promised_by: text?",                                                                          \
         "The words of its statement before those that promise it: who promises it, or what will change; or nil.",     \
         .get = pv_get_promised_by},                                                                                   \
        {"verb", "verb: text?",                                                                                        \
         "What the promise says will be done (\"meet\" of \"will meet\"), or nil where that is not told.",             \
         .get = pv_get_verb},                                                                                          \
        {"unclear", "unclear: text?", "The words because of which it cannot be told, or nil.", .get = pv_get_unclear}, \
        {"doubt", "doubt: string?", "Why it cannot be told (\"it is denied twice\"), or nil.", .get = pv_get_doubt},   \
        {"statement", "statement: text?", "The clause that it stands in.", .get = pv_get_statement},                   \
        {"sentence", "sentence: text?", "The sentence that it stands in.", .get = pv_get_sentence},                    \
        {"asserted", "asserted: boolean", "Whether it is neither denied, somebody else's nor unclear.",                \
         .get = pv_get_asserted},                                                                                      \
    {                                                                                                                  \
        "sure", "sure: boolean", "Whether it is asserted, and neither hedged nor conditional.", .get = pv_get_sure     \
    }

/* Methods of a text, which give the values of this room: each stands with what it gives, and is documented where
 * texts have it (text_methods.c). */
int l_text_percentages(lua_State *L);
int l_text_amounts(lua_State *L);
int l_text_counts(lua_State *L);
int l_text_contradictions(lua_State *L);
int l_text_dates(lua_State *L);
int l_text_periods(lua_State *L);
int l_text_durations(lua_State *L);
int l_text_frequencies(lua_State *L);
int l_text_items(lua_State *L);
int l_text_series(lua_State *L);
int l_text_find(lua_State *L);
int l_text_matches(lua_State *L);
int l_text_mentions(lua_State *L);
int l_text_parts(lua_State *L);
int l_text_passages_twice(lua_State *L);
int l_text_numbering_breaks(lua_State *L);
int l_text_line_numbers(lua_State *L);
int l_text_tables(lua_State *L);
int l_text_acronyms(lua_State *L);
int l_text_name_variants(lua_State *L);
int l_text_between(lua_State *L);
int l_text_before(lua_State *L);
int l_text_after(lua_State *L);
int l_text_paragraph_of(lua_State *L);
int l_text_sentence_of(lua_State *L);
int l_text_item_of(lua_State *L);
int l_text_sentences(lua_State *L);
int l_text_split(lua_State *L);
int l_text_align(lua_State *L);
int l_text_follows(lua_State *L);
int l_text_telling_words(lua_State *L);
int l_text_tricks(lua_State *L);

/* [-0, +1, m] A calendar with a copy of its holidays; name: stack index of what its days are called. Returns 1. */
int pv_push_calendar(lua_State *L, const pv_calendar *calendar, int name);

/* [-0, +0, v] The compiled pattern at index. */
const pv_pattern *pv_pattern_argument(lua_State *L, int index);

/* The slot in which a row keeps where the phrase set made of it is (declared_values.c). */
#define PV_ROW_PHRASES 1

/* Phrases looked for, and what stands for them in Lua. */
typedef struct pv_wanted {
    const pv_phrases *set;
    bool lasting; /* the set is of the rule set */
    int row;      /* stack index: the row whose names they are; or 0, and then ... */
    int phrases;  /* ... stack index: table of the phrases, by their number in set + 1 */
    int rows;     /* stack index: table of the rows they stand for, where they stand for one */
} pv_wanted;

/* [-0, +2, v] (of a row +0) The phrases that the value at index asks for: a phrase set, a string or text, a row, or a
 * list of these. A set made of strings or a list lives in the call arena. */
pv_wanted pv_push_wanted(lua_State *L, int index);
/* [-0, +0, v] Gives take the name of the row at index, then its aliases. */
void pv_row_names(lua_State *L, int row, void (*take)(void *context, pv_str name), void *context);

/* All of an item with its marker, which may stand before its words or after them. */
pv_span pv_list_item_span(const pv_list_item *item);
/* [-0, +1, m] One item of the text. */
int pv_push_list_item(lua_State *L, const pv_text_object *text, const pv_list_item *item);
/* [-0, +0, v] The first match from byte `from` of the text on. */
bool pv_pattern_search(lua_State *L, const pv_text_object *text, const pv_pattern *pattern, size_t from, pv_span *at);

/* [-0, +1, m] One part. */
int pv_push_part(lua_State *L, const pv_part *part);

/* [-0, +0, v] Makes the string at index, which need not be absolute, a text without a place. */
void pv_plain_text_make(lua_State *L, int index);

#endif
