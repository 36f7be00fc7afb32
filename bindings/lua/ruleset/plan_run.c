/* Following a plan. Each function answers false where something is out of the ordinary: nothing was changed then, and
 * the check is run. */
#include "base/buf.h"
#include "lua/filing/filing.h"
#include "lua/ruleset/plan_p.h"
#include "lua/values/text_object.h"
#include "lua/vocabulary/soon_verdicts.h"

/* About what a check takes of the budget for what a plan does: for a call, and for each of its lines. */
#define WORK_OF_CALL ((uint64_t)16)
#define WORK_OF_LINE ((uint64_t)4)

typedef enum value_kind {
    IS_NIL,
    IS_BOOLEAN,
    IS_STRING,
    IS_NUMBER,   /* of Lua, or a decimal of the form */
    IS_QUANTITY, /* stated in a text */
    IS_STATED,   /* a list of these */
    IS_WORDS,
    IS_THING, /* what stands for a part of the submission or the form */
} value_kind;

typedef struct plan_value {
    value_kind kind;
    bool truth;
    pv_exact_number number; /* of a quantity too */
    union {
        pv_str text;
        const void *thing;
        struct {
            const pv_response *response; /* that a quantity, a list or words are of */
            const pv_quantity *quantity;
            const pv_quantity_list *stated;
        };
    };
} plan_value;

typedef struct following {
    pv_runtime *runtime;
    pv_arena *arena;
    const pv_response *subject;
    plan_value locals[PV_PLAN_LOCALS];
    uint64_t work;
} following;

/* ---- values ---- */

static plan_value whole_number(int64_t number) {
    return (plan_value){.kind = IS_NUMBER, .number = {pv_decimal_from_integer(number), PV_UNIT_NONE}};
}

static plan_value thing(const void *target) {
    return (plan_value){.kind = IS_THING, .thing = target};
}

static plan_value boolean(bool truth) {
    return (plan_value){.kind = IS_BOOLEAN, .truth = truth};
}

static bool read_field(const pv_member *member, const void *target, plan_value *out) {
    const char *base = target;
    if (member->pointer > 0)
        base = *(const char *const *)(const void *)(base + member->pointer - 1);
    const void *field = base + member->offset;
    if (member->push == pv_reflect_str)
        *out = (plan_value){.kind = IS_STRING, .text = *(const pv_str *)field};
    else if (member->push == pv_reflect_boolean)
        *out = boolean(*(const bool *)field);
    else if (member->push == pv_reflect_size)
        *out = whole_number((int64_t) * (const size_t *)field);
    else
        *out = whole_number(*(const uint32_t *)field);
    if (member->push == pv_reflect_limit && *(const uint32_t *)field == 0)
        *out = (plan_value){.kind = IS_NIL};
    return true;
}

/* What the form declares for the item. */
static bool read_attribute(const pv_item *item, pv_str name, plan_value *out) {
    const pv_value *declared = pv_value_list_get(&item->attributes, name);
    if (!declared)
        return false;
    const pv_type type = declared->spec->type;
    *out = (plan_value){.kind = IS_NIL};
    if (!declared->given)
        return true;
    switch (pv_type_of(type)->sort) {
    case PV_SORT_TEXT:
        *out = (plan_value){.kind = IS_STRING, .text = declared->text.value};
        return true;
    case PV_SORT_BOOLEAN:
        *out = boolean(declared->boolean);
        return true;
    case PV_SORT_NUMBER:
        *out = (plan_value){.kind = IS_NUMBER, .number = {declared->number, PV_UNIT_NONE}};
        if (type == PV_TYPE_PERCENTAGE)
            out->number.unit = PV_UNIT_PERCENTAGE;
        return type != PV_TYPE_MONEY;
    default:
        return false;
    }
}

/* What a text states, worked out once for the session. */
static bool find_stated(following *on, const pv_response *response, pv_quantity_kind kind, plan_value *out) {
    pv_runtime *runtime = on->runtime;
    pv_text_facts *facts = pv_response_facts(runtime, response);
    if (!facts)
        return false;
    if (!facts->quantities[kind]) {
        const pv_str bytes = response->text.value;
        pv_error error = {0};
        const pv_quantity_list *stated = pv_quantities_stated(runtime, runtime->session_arena, bytes, kind, &error);
        if (!stated)
            return false;
        on->work += pv_text_work(bytes) + pv_quantities_work(stated);
        facts->quantities[kind] = stated;
    }
    *out = (plan_value){.kind = IS_STATED, .stated = facts->quantities[kind], .response = response};
    on->work += out->stated->count * 4;
    return true;
}

/* The first of those that come out furthest in this direction, or nil. */
static plan_value extreme(const plan_value *list, int direction) {
    const pv_quantity *best = NULL;
    for (size_t i = 0; i < list->stated->count; i++) {
        const pv_quantity *each = &list->stated->quantities[i];
        if (!best || pv_decimal_compare(each->value, best->value) * direction > 0)
            best = each;
    }
    if (!best)
        return (plan_value){.kind = IS_NIL};
    return (plan_value){
        .kind = IS_QUANTITY, .quantity = best, .number = pv_number_of_quantity(best), .response = list->response};
}

static bool find_value(following *on, const pv_step *step, plan_value *out);

/* *value: what it is asked of, and then what that gives. */
static bool ask(following *on, const pv_step *step, plan_value *value) {
    const pv_response *response = value->thing; /* where it is one */
    const pv_filed_measure *measure = value->thing;
    const bool of_list = step->kind == PV_STEP_LARGEST || step->kind == PV_STEP_SMALLEST;
    if (value->kind != (of_list ? IS_STATED : IS_THING) || (of_list ? !value->stated : !value->thing))
        return false; /* no plan that was read asks so */
    switch (step->kind) {
    case PV_STEP_FIELD:
        return read_field(step->member, value->thing, value);
    case PV_STEP_ATTRIBUTE:
        return read_attribute(value->thing, step->text, value);
    case PV_STEP_ITEM:
        value->thing = response->item;
        return true;
    case PV_STEP_MEASURE:
        value->thing = response->filed;
        return true;
    case PV_STEP_MANDATORY:
        *value = boolean(measure->measure->obligation == PV_OBLIGATION_MANDATORY);
        return true;
    case PV_STEP_ANSWERED:
        *value = boolean(response->unanswered == PV_ANSWERED);
        return true;
    case PV_STEP_TEXT:
        return true;
    case PV_STEP_WORDS:
        value->kind = IS_WORDS;
        value->response = response;
        return true;
    case PV_STEP_STATED:
        return find_stated(on, response, (pv_quantity_kind)step->stated, value);
    case PV_STEP_LARGEST:
    case PV_STEP_SMALLEST:
        *value = extreme(value, step->kind == PV_STEP_LARGEST ? 1 : -1);
        return true;
    default:
        return false;
    }
}

/* *out is also what the step is asked of, so that nothing is copied on the way. */
static bool find_value(following *on, const pv_step *step, plan_value *out) {
    switch (step->kind) {
    case PV_STEP_SUBJECT:
        *out = thing(on->subject);
        return true;
    case PV_STEP_LOCAL:
        *out = on->locals[step->local];
        return true;
    case PV_STEP_STRING:
        *out = (plan_value){.kind = IS_STRING, .text = step->text};
        return true;
    case PV_STEP_WHOLE:
        *out = whole_number(step->whole);
        return true;
    default:
        return find_value(on, step->of, out) && ask(on, step, out);
    }
}

static bool is_true(const plan_value *value) {
    return value->kind != IS_NIL && (value->kind != IS_BOOLEAN || value->truth);
}

static bool is_number(const plan_value *value) {
    return value->kind == IS_NUMBER || value->kind == IS_QUANTITY;
}

/* What tostring gives; false for what is seldom put into a message. */
static bool write_value(const plan_value *value, pv_buf *out) {
    switch (value->kind) {
    case IS_STRING:
        pv_buf_append(out, value->text);
        return true;
    case IS_NUMBER:
        pv_number_write(NULL, value->number, out);
        return true;
    case IS_QUANTITY:
        pv_buf_append(out,
                      pv_str_slice(value->response->text.value, value->quantity->at.start, value->quantity->at.end));
        return true;
    default:
        return false;
    }
}

/* ---- sayings ---- */

static void begin_text(const following *on, pv_short_text *text) {
    pv_short_text_begin(text, on->runtime->document_memory);
}

static bool keep(const following *on, pv_str text, pv_str *out) {
    *out = text.size > 0 ? pv_arena_copy(on->arena, text) : PV_STR("");
    return out->data != NULL;
}

static bool keep_step(const following *on, pv_str text, pv_outcome *out) {
    pv_str *step = PV_NEW(on->arena, pv_str);
    out->working = step;
    out->working_count = 1;
    return step && keep(on, text, step);
}

static void place_in(const pv_response *response, pv_span at, pv_outcome *out) {
    out->at = (pv_place){pv_text_locate(&response->text, at.start, at.end), false};
    out->has_at = true;
}

/* From the first word to the last: where all shows, these are what is no white space. */
static pv_span hull_of_words(const pv_response *response) {
    const pv_str text = response->text.value;
    if (!response->shows_all)
        return pv_words_hull(text);
    const pv_str trimmed = pv_str_trim(text);
    const uint32_t start = (uint32_t)(trimmed.data - text.data);
    return (pv_span){start, start + (uint32_t)trimmed.size};
}

/* At the words but so many. */
static void place_at_words(const pv_response *response, size_t but, pv_outcome *out) {
    out->at = (pv_place){response->at, response->blank};
    out->has_at = true;
    if (response->word_count == 0)
        return;
    pv_span words = hull_of_words(response);
    if (but > 0)
        words.start = pv_word_at(response->text.value, but + 1).start;
    place_in(response, words, out);
}

static bool has_labels(const pv_response *response) {
    if (response->word_count == 0 || response->text.label_count == 0)
        return false;
    const pv_span words = hull_of_words(response);
    return pv_text_label_words(&response->text, words.start, words.end) > 0;
}

static bool hold_words(const plan_value *words, pv_held *asked) {
    return pv_held_counts(asked, words->response->word_count, PV_STR("words")) && !has_labels(words->response);
}

static bool hold_number(const plan_value *number, pv_held *asked) {
    return is_number(number) && pv_held_compares(asked, number->number, number->kind == IS_QUANTITY);
}

/* Where a verdict on what was held stands: at the words that are too many, at what is stated; what is missing has no
 * place of its own. */
static bool place_held(const plan_value *of, const pv_held *asked, pv_outcome *out) {
    int64_t limit = 0;
    if (of->kind == IS_QUANTITY) {
        place_in(of->response, of->quantity->at, out);
    } else if (of->kind == IS_WORDS && asked->met) {
        place_at_words(of->response, 0, out);
    } else if (of->kind == IS_WORDS && asked->at_most) {
        if (!pv_decimal_to_integer(asked->limit.value, &limit) || limit < 0)
            return false;
        place_at_words(of->response, (size_t)limit, out);
    }
    return true;
}

static bool say_held(following *on, const pv_saying *saying, const plan_value *given, pv_outcome *out) {
    pv_short_text value_text, limit_text, message, step;
    const plan_value *of = &given[0];
    const plan_value *limit = &given[1];
    pv_held asked = {.at_most = saying->kind == PV_SAY_AT_MOST, .limit = limit->number};
    if (!is_number(limit))
        return false;
    if (saying->count > 2)
        asked.noun = given[2].text;
    if (!(of->kind == IS_WORDS ? hold_words(of, &asked) : hold_number(of, &asked)))
        return false;
    begin_text(on, &value_text);
    begin_text(on, &limit_text);
    if (asked.counted)
        pv_number_write(NULL, asked.value, &value_text.buf);
    else
        (void)write_value(of, &value_text.buf);
    (void)write_value(limit, &limit_text.buf);
    if (!pv_short_text_end(&value_text, &asked.value_text) || !pv_short_text_end(&limit_text, &asked.limit_text))
        return false;
    asked.met = pv_held_is_met(&asked);
    out->state = asked.met ? PV_STATE_PASS : PV_STATE_FAIL;
    begin_text(on, &message);
    begin_text(on, &step);
    pv_held_say(&asked, &message.buf);
    pv_held_show(&asked, &step.buf);
    pv_str said, shown;
    const bool whole = pv_short_text_end(&message, &said);
    return pv_short_text_end(&step, &shown) && whole && place_held(of, &asked, out) && keep(on, said, &out->message) &&
           keep_step(on, shown, out);
}

static bool say_present(const following *on, pv_outcome *out) {
    const pv_response *response = on->subject;
    pv_short_text message;
    pv_str said;
    const bool answered = response->unanswered == PV_ANSWERED;
    if (!answered && !response->blank) /* why it is no answer, the check says */
        return false;
    out->state = answered ? PV_STATE_PASS : PV_STATE_FAIL;
    out->at = (pv_place){response->at, response->blank};
    out->has_at = true;
    begin_text(on, &message);
    pv_given_say(PV_SAID_OF_RESPONSE, response->item->full_id, answered, &message.buf);
    return pv_short_text_end(&message, &said) && keep(on, said, &out->message);
}

/* The format has a %s for each value, and no other sign. */
static bool say_state(const following *on, const pv_saying *saying, const plan_value *given, pv_outcome *out) {
    const pv_str format = given[0].text;
    pv_short_text message;
    pv_str said;
    size_t next = 1;
    bool plain = given[0].kind == IS_STRING;
    out->state = saying->state;
    begin_text(on, &message);
    for (size_t start = 0; plain && start < format.size;) {
        size_t sign = pv_str_find(format, PV_STR("%s"), start);
        const size_t end = sign == SIZE_MAX ? format.size : sign;
        pv_buf_append(&message.buf, pv_str_slice(format, start, end));
        if (sign != SIZE_MAX)
            plain = plain && write_value(&given[next++], &message.buf);
        start = sign == SIZE_MAX ? end : end + 2;
    }
    return pv_short_text_end(&message, &said) && plain && keep(on, said, &out->message);
}

static bool say(following *on, const pv_saying *saying, pv_outcome *out) {
    plan_value given[PV_PLAN_ARGUMENTS] = {{.kind = IS_NIL}};
    for (size_t i = 0; i < saying->count; i++)
        if (!find_value(on, saying->arguments[i], &given[i]))
            return false;
    switch (saying->kind) {
    case PV_SAY_AT_MOST:
    case PV_SAY_AT_LEAST:
        return say_held(on, saying, given, out);
    case PV_SAY_PRESENT:
        return say_present(on, out);
    case PV_SAY_STATE:
        return say_state(on, saying, given, out);
    }
    return false;
}

/* ---- the whole ---- */

static bool follow(following *on, const pv_plan *plan, pv_outcome *out) {
    size_t locals = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const pv_plan_line *line = &plan->lines[i];
        plan_value found = {.kind = IS_NIL};
        on->work += WORK_OF_LINE;
        if (line->kind == PV_LINE_RETURN)
            return say(on, &line->saying, out);
        if (!find_value(on, line->value, &found))
            return false;
        if (line->kind == PV_LINE_LOCAL)
            on->locals[locals++] = found;
        else if (is_true(&found) != line->unless)
            return say(on, &line->saying, out);
    }
    return false;
}

bool pv_plan_run(const pv_plan *plan, pv_runtime *runtime, const pv_subject *subject, pv_arena *arena,
                 pv_outcome *out) {
    following on = {.runtime = runtime, .arena = arena, .subject = subject->response, .work = WORK_OF_CALL + out->work};
    pv_outcome given = {.state = PV_STATE_NOT_CHECKED, .remedy = PV_STR("")};
    if (subject->response->value || !follow(&on, plan, &given) || (int64_t)on.work > runtime->limits.fuel)
        return false;
    *out = given;
    out->work = on.work;
    return true;
}
