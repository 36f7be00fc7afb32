/* Verdicts on limits, and on what is given, made at once where nothing is out of the ordinary: the same, byte for
 * byte, as the functions in prelude/ put together step by step. Those ask here first, and go on where the answer is
 * nil: so it is for all that is seldom or wrong, and every error is raised where it always was. */
#include "lua/vocabulary/soon_verdicts.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "lua/filing/filing.h"
#include "lua/values/values.h"
#include "lua/verdict/verdict_class.h"
#include "lua/vocabulary/vocabulary.h"
#include "model/submission.h"

/* About what the prelude takes of the budget for the same, besides the verdict: for strings, tables and calls. */
#define WORK_OF_LIMIT ((size_t)10)
#define WORK_OF_PRESENCE ((size_t)7)

void pv_short_text_begin(pv_short_text *text, pv_memory *memory) {
    text->buf = pv_buf_over(memory, text->block, sizeof text->block);
}

bool pv_short_text_end(pv_short_text *text, pv_str *out) {
    const bool is_whole = text->buf.borrowed && !text->buf.failed;
    *out = pv_buf_str(&text->buf);
    pv_buf_clear(&text->buf); /* what was borrowed stays as it is */
    return is_whole;
}

/* A verdict while it is put together. */
typedef struct draft {
    pv_state state;
    bool has_place;
    pv_place place;
    pv_short_text message, step;
} draft;

static void begin(lua_State *L, draft *verdict) {
    pv_memory *memory = pv_runtime_of(L)->document_memory;
    verdict->has_place = false;
    pv_short_text_begin(&verdict->message, memory);
    pv_short_text_begin(&verdict->step, memory);
}

/* The verdict stands at the value at index 1, where that has a place. */
static void place_at_value(lua_State *L, draft *verdict) {
    verdict->has_place = pv_place_of(L, 1, &verdict->place);
}

/* [-0, +1, v] The verdict; nil where it is too long. Returns 1. */
static int give(lua_State *L, draft *verdict, size_t work) {
    pv_str message, step;
    const bool is_whole = pv_short_text_end(&verdict->message, &message);
    if (!pv_short_text_end(&verdict->step, &step) || !is_whole)
        return pv_push_nil(L);
    MAY_RAISE(pv_runtime_charge(L, work));
    return pv_verdict_push(L, verdict->state, message, step, verdict->has_place ? &verdict->place : NULL);
}

/* Who looks on is to see each step. */
static bool is_watched(lua_State *L) {
    return pv_runtime_of(L)->observer != NULL;
}

/* ---- limits ---- */

typedef struct holding {
    pv_held asked;
    pv_short_text value, limit; /* its texts */
} holding;

/* [-0, +0, -] What tostring gives for the number; false where that is too long. */
static bool write_number(lua_State *L, const pv_object *object, pv_exact_number number, pv_short_text *text,
                         pv_str *out) {
    pv_short_text_begin(text, pv_runtime_of(L)->document_memory);
    pv_number_write(object, number, &text->buf);
    return pv_short_text_end(text, out);
}

/* [-0, +0, -] The noun at index 3; false when it is none that needs no looking after. */
static bool read_noun(lua_State *L, pv_str *out) {
    *out = PV_STR("");
    if (lua_isnoneornil(L, 3))
        return true;
    if (lua_type(L, 3) != LUA_TSTRING)
        return false;
    *out = pv_lua_str(L, 3);
    return out->size > 0 && pv_utf8_invalid_at(*out) == SIZE_MAX;
}

static bool is_words(const pv_object *object) {
    return object->class == &pv_words_class || object->class == &pv_characters_class;
}

/* [-0, +0, v] Of what has a length: it is called by its noun, words and characters by their own. */
static bool read_count(lua_State *L, const pv_object *object, pv_held *out) {
    if (object)
        MAY_RAISE(pv_runtime_require_open(L));
    const size_t count = object ? pv_counted_length(object) : (size_t)luaL_len(L, 1);
    const pv_str noun = object ? pv_str_from(object->class->name) : PV_STR("");
    return pv_held_counts(out, count, noun) && pv_words_of_labels(L, 1) == 0;
}

/* [-0, +0, v] Whether what is held against what is plain to see. */
static bool read_held(lua_State *L, holding *held) {
    pv_held *out = &held->asked;
    const pv_object *object = pv_object_test(L, 1);
    if (is_watched(L) || !pv_number_at(L, 2, &out->limit) || !read_noun(L, &out->noun))
        return false;
    pv_exact_number value;
    if (object ? is_words(object) : lua_istable(L, 1)) {
        if (!MAY_RAISE(read_count(L, object, out)))
            return false;
    } else if (!pv_number_at(L, 1, &value) ||
               !pv_held_compares(out, value, object && object->class == &pv_quantity_class)) {
        return false;
    }
    return write_number(L, out->counted ? NULL : object, out->value, &held->value, &out->value_text) &&
           write_number(L, pv_object_test(L, 2), out->limit, &held->limit, &out->limit_text);
}

/* "95 words; at most 100 are allowed" */
static void say_count(const pv_held *asked, pv_buf *message) {
    pv_buf_append(message, asked->value_text);
    if (asked->noun.size > 0) {
        pv_buf_append_char(message, ' ');
        pv_buf_append(message, asked->noun);
    }
    pv_buf_append(message, asked->at_most ? PV_STR("; at most ") : PV_STR("; at least "));
    pv_buf_append(message, asked->limit_text);
    pv_buf_append(message, pv_str_equal(asked->limit_text, PV_STR("1")) ? PV_STR(" is ") : PV_STR(" are "));
    pv_buf_append(message, asked->at_most ? PV_STR("allowed") : PV_STR("asked for"));
}

/* "the target, 18%, is less than 20%" */
static void say_number(const pv_held *asked, pv_buf *message) {
    const bool named = asked->noun.size > 0;
    if (named) {
        pv_buf_append(message, PV_STR("the "));
        pv_buf_append(message, asked->noun);
        pv_buf_append(message, PV_STR(", "));
    }
    pv_buf_append(message, asked->value_text);
    pv_buf_append(message, named ? PV_STR(", is ") : PV_STR(" is "));
    if (asked->at_most)
        pv_buf_append(message, asked->met ? PV_STR("at most ") : PV_STR("more than "));
    else
        pv_buf_append(message, asked->met ? PV_STR("at least ") : PV_STR("less than "));
    pv_buf_append(message, asked->limit_text);
}

bool pv_held_counts(pv_held *asked, size_t count, pv_str noun) {
    asked->counted = true;
    asked->value = (pv_exact_number){pv_decimal_from_integer((int64_t)count), PV_UNIT_NONE};
    if (asked->noun.size == 0)
        asked->noun = noun;
    return (count != 1 || asked->noun.size == 0) && pv_number_counts(asked->limit);
}

bool pv_held_compares(pv_held *asked, pv_exact_number value, bool may_be_range) {
    asked->counted = false;
    asked->value = value;
    return !(asked->at_most && may_be_range) && pv_number_is_like(value, asked->limit);
}

bool pv_held_is_met(const pv_held *asked) {
    const int order = pv_decimal_compare(asked->value.value, asked->limit.value);
    return asked->at_most ? order <= 0 : order >= 0;
}

void pv_held_say(const pv_held *asked, pv_buf *message) {
    if (asked->counted)
        say_count(asked, message);
    else
        say_number(asked, message);
}

void pv_held_show(const pv_held *asked, pv_buf *step) {
    pv_buf_append(step, asked->value_text);
    if (asked->at_most)
        pv_buf_append(step, asked->met ? PV_STR(" ≤ ") : PV_STR(" > "));
    else
        pv_buf_append(step, asked->met ? PV_STR(" ≥ ") : PV_STR(" < "));
    pv_buf_append(step, asked->limit_text);
}

/* [-0, +1, v] */
static int hold_against_limit(lua_State *L, bool at_most) {
    holding held;
    pv_held *asked = &held.asked;
    draft verdict;
    lua_settop(L, 3);
    asked->at_most = at_most;
    if (!MAY_RAISE(read_held(L, &held)))
        return pv_push_nil(L);
    asked->met = pv_held_is_met(asked);
    if (!asked->met && asked->counted && at_most) /* points at what is too much */
        return pv_push_nil(L);
    begin(L, &verdict);
    verdict.state = asked->met ? PV_STATE_PASS : PV_STATE_FAIL;
    pv_held_say(asked, &verdict.message.buf);
    pv_held_show(asked, &verdict.step.buf);
    if (asked->met || !asked->counted) /* what is missing has no place of its own */
        place_at_value(L, &verdict);
    return MAY_RAISE(give(L, &verdict, WORK_OF_LIMIT));
}

static int l_soon_at_most(lua_State *L) {
    return hold_against_limit(L, true);
}

static int l_soon_at_least(lua_State *L) {
    return hold_against_limit(L, false);
}

/* ---- what is given ---- */

void pv_given_say(pv_str kind, pv_str name, bool given, pv_buf *message) {
    pv_buf_append(message, kind);
    pv_buf_append(message, name);
    pv_buf_append(message, given ? PV_STR(" is given") : PV_STR(" is not given"));
}

/* [-0, +0, -] Whether the value at index 1 is a response, a field or a measure that says something; then what it is
 * called: two parts of a name. */
static bool read_given(lua_State *L, pv_str *kind, pv_str *name) {
    const pv_handle *response = pv_class_test(L, 1, &pv_response_class);
    const pv_handle *field = pv_class_test(L, 1, &pv_field_class);
    const pv_handle *measure = pv_class_test(L, 1, &pv_measure_class);
    *kind = *name = PV_STR("");
    if (measure)
        measure->object.class->look(L, &measure->object, PV_STR("answered"));
    if (response) {
        const pv_response *given = response->target;
        pv_runtime_look(L, given);
        *kind = PV_SAID_OF_RESPONSE;
        *name = given->item->full_id;
        return given->unanswered == PV_ANSWERED;
    }
    if (field) {
        const pv_value *given = field->target;
        *name = given->spec->label;
        return given->unanswered == PV_ANSWERED;
    }
    *name = PV_STR("it");
    return measure && ((const pv_filed_measure *)measure->target)->answered;
}

static int l_soon_present(lua_State *L) {
    pv_str kind, name;
    draft verdict;
    lua_settop(L, 1);
    MAY_RAISE(pv_runtime_require_open(L));
    if (is_watched(L) || !read_given(L, &kind, &name))
        return pv_push_nil(L);
    begin(L, &verdict);
    verdict.state = PV_STATE_PASS;
    pv_given_say(kind, name, true, &verdict.message.buf);
    place_at_value(L, &verdict);
    return MAY_RAISE(give(L, &verdict, WORK_OF_PRESENCE));
}

const luaL_Reg pv_prelude_soon[] = {
    {"soon_at_most", l_soon_at_most},
    {"soon_at_least", l_soon_at_least},
    {"soon_present", l_soon_present},
    {NULL, NULL},
};
