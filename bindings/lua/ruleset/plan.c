/* Reading the plan of a check from its text, by the grammar
 *     function "(" name { "," name } ")" { local | if } return saying end
 *     local  = "local" name "=" value
 *     if     = "if" [ "not" ] value "then" "return" saying "end"
 *     saying = name "(" [ value { "," value } ] ")"
 *     value  = ( name | string | number ) { "." name | ":" name "(" ")" }
 * Whatever else stands there has no plan. */
#include "lua/ruleset/plan_p.h"

#include <string.h>

#include "base/digits.h"
#include "lua/authoring/authoring.h"
#include "lua/filing/filing.h"
#include "lua/values/values.h"
#include "text/quantities.h"

#define MOST_LINES ((uint32_t)16) /* of a check that is looked at */

/* What a value is, as far as that is known when the plan is read. */
typedef enum known_type { IS_PLAIN, IS_RESPONSE, IS_ITEM, IS_MEASURE, IS_TEXT, IS_WORDS, IS_STATED } known_type;

typedef struct local {
    pv_str name;
    known_type type;
} local;

typedef struct reading {
    pv_lexemes lexemes;
    size_t at;
    pv_arena *arena;
    pv_plan *plan;
    pv_str subject;
    pv_str others[2]; /* names of the further arguments, which no plan asks */
    local locals[PV_PLAN_LOCALS];
    size_t local_count;
    bool refused; /* memory */
} reading;

/* ---- lexemes ---- */

static pv_str text_at(const reading *in, size_t index) {
    return index < in->lexemes.count ? pv_source_slice(in->lexemes.source, in->lexemes.at[index].at) : PV_STR("");
}

static bool take(reading *in, const char *text) {
    const bool is = pv_str_equal(text_at(in, in->at), pv_str_from(text));
    in->at += is;
    return is;
}

static bool take_kind(reading *in, pv_lexeme_kind kind, pv_str *out) {
    if (in->at >= in->lexemes.count || in->lexemes.at[in->at].kind != kind)
        return false;
    *out = text_at(in, in->at++);
    return true;
}

/* What a short string without escapes says. */
static bool take_string(reading *in, pv_str *out) {
    if (!take_kind(in, PV_LEXEME_STRING, out) || out->size < 2 || out->data[0] == '[' ||
        memchr(out->data, '\\', out->size))
        return false;
    *out = pv_str_slice(*out, 1, out->size - 1);
    return true;
}

static bool take_whole(reading *in, int64_t *out) {
    pv_str digits;
    *out = 0;
    if (!take_kind(in, PV_LEXEME_NUMBER, &digits) || digits.size > 9)
        return false;
    for (size_t i = 0; i < digits.size; i++) {
        if (!pv_is_digit(digits.data[i]))
            return false;
        *out = *out * 10 + (digits.data[i] - '0');
    }
    return true;
}

/* ---- values ---- */

static pv_step *new_step(reading *in, pv_step_kind kind, const pv_step *of) {
    pv_step *step = PV_NEW(in->arena, pv_step);
    in->refused |= !step;
    if (step)
        *step = (pv_step){.kind = kind, .of = of};
    return step;
}

typedef struct known_member {
    known_type of;
    const char *name;
    pv_step_kind kind;
    known_type gives;
    bool method;
    int stated;
} known_member;

static const known_member known_members[] = {
    {IS_RESPONSE, "item", PV_STEP_ITEM, IS_ITEM, false, 0},
    {IS_RESPONSE, "measure", PV_STEP_MEASURE, IS_MEASURE, false, 0},
    {IS_RESPONSE, "text", PV_STEP_TEXT, IS_TEXT, false, 0},
    {IS_RESPONSE, "words", PV_STEP_WORDS, IS_WORDS, false, 0},
    {IS_RESPONSE, "answered", PV_STEP_ANSWERED, IS_PLAIN, false, 0},
    {IS_MEASURE, "mandatory", PV_STEP_MANDATORY, IS_PLAIN, false, 0},
    {IS_TEXT, "percentages", PV_STEP_STATED, IS_STATED, true, PV_QUANTITY_PERCENTAGE},
    {IS_TEXT, "amounts", PV_STEP_STATED, IS_STATED, true, PV_QUANTITY_AMOUNT},
    {IS_TEXT, "counts", PV_STEP_STATED, IS_STATED, true, PV_QUANTITY_COUNT},
    {IS_STATED, "largest", PV_STEP_LARGEST, IS_PLAIN, true, 0},
    {IS_STATED, "smallest", PV_STEP_SMALLEST, IS_PLAIN, true, 0},
};

static const pv_class *class_of(known_type of) {
    return of == IS_RESPONSE  ? &pv_response_class
           : of == IS_ITEM    ? &pv_item_class
           : of == IS_MEASURE ? &pv_measure_class
                              : NULL;
}

static bool is_readable(const pv_member *member) {
    return member->push == pv_reflect_str || member->push == pv_reflect_boolean || member->push == pv_reflect_size ||
           member->push == pv_reflect_unsigned || member->push == pv_reflect_limit;
}

/* A member that is a field, or what the form declares for an item. */
static const pv_step *read_declared(reading *in, const pv_step *of, known_type *type, pv_str name) {
    const pv_class *class = class_of(*type);
    const bool is_item = *type == IS_ITEM;
    *type = IS_PLAIN;
    for (const pv_member *member = class ? class->members : NULL; member && member->name; member++) {
        if (!pv_str_equal(pv_str_from(member->name), name))
            continue;
        pv_step *step = is_readable(member) && !member->own ? new_step(in, PV_STEP_FIELD, of) : NULL;
        if (step)
            step->member = member;
        return step;
    }
    pv_step *step = is_item ? new_step(in, PV_STEP_ATTRIBUTE, of) : NULL;
    if (step)
        step->text = name;
    return step;
}

static const pv_step *read_member(reading *in, const pv_step *of, known_type *type, bool method) {
    pv_str name;
    if (!take_kind(in, PV_LEXEME_NAME, &name) || (method && (!take(in, "(") || !take(in, ")"))))
        return NULL;
    for (size_t i = 0; i < sizeof known_members / sizeof known_members[0]; i++) {
        const known_member *known = &known_members[i];
        if (known->of != *type || known->method != method || !pv_str_equal(pv_str_from(known->name), name))
            continue;
        pv_step *step = new_step(in, known->kind, of);
        if (step)
            step->stated = known->stated;
        *type = known->gives;
        return step;
    }
    return method ? NULL : read_declared(in, of, type, name);
}

static const pv_step *read_name(reading *in, known_type *type) {
    pv_str name;
    if (!take_kind(in, PV_LEXEME_NAME, &name))
        return NULL;
    for (size_t i = in->local_count; i > 0; i--)
        if (pv_str_equal(in->locals[i - 1].name, name)) {
            pv_step *step = new_step(in, PV_STEP_LOCAL, NULL);
            if (step)
                step->local = i - 1;
            *type = in->locals[i - 1].type;
            return step;
        }
    *type = IS_RESPONSE;
    return pv_str_equal(in->subject, name) ? new_step(in, PV_STEP_SUBJECT, NULL) : NULL;
}

static const pv_step *read_value(reading *in, known_type *type) {
    pv_step *literal;
    *type = IS_PLAIN;
    if (in->at >= in->lexemes.count)
        return NULL;
    switch (in->lexemes.at[in->at].kind) {
    case PV_LEXEME_STRING:
        literal = new_step(in, PV_STEP_STRING, NULL);
        return literal && take_string(in, &literal->text) ? literal : NULL;
    case PV_LEXEME_NUMBER:
        literal = new_step(in, PV_STEP_WHOLE, NULL);
        return literal && take_whole(in, &literal->whole) ? literal : NULL;
    default:
        break;
    }
    const pv_step *step = read_name(in, type);
    while (step) {
        if (take(in, "."))
            step = read_member(in, step, type, false);
        else if (take(in, ":"))
            step = read_member(in, step, type, true);
        else
            break;
    }
    return step;
}

/* ---- sayings ---- */

typedef struct known_saying {
    const char *name;
    pv_saying_kind kind;
    pv_state state;
    size_t least, most; /* arguments */
} known_saying;

static const known_saying known_sayings[] = {
    {"at_most", PV_SAY_AT_MOST, PV_STATE_PASS, 2, 3},
    {"at_least", PV_SAY_AT_LEAST, PV_STATE_PASS, 2, 3},
    {"present", PV_SAY_PRESENT, PV_STATE_PASS, 1, 1},
    {"pass", PV_SAY_STATE, PV_STATE_PASS, 1, PV_PLAN_ARGUMENTS},
    {"fail", PV_SAY_STATE, PV_STATE_FAIL, 1, PV_PLAN_ARGUMENTS},
    {"review", PV_SAY_STATE, PV_STATE_REVIEW, 1, PV_PLAN_ARGUMENTS},
    {"not_applicable", PV_SAY_STATE, PV_STATE_NOT_APPLICABLE, 1, PV_PLAN_ARGUMENTS},
};

/* Whether a message has a %s for each value, and no other sign that formats; one without values has none. */
static bool is_plain_format(pv_str format, size_t values) {
    for (size_t i = 0; i < format.size; i++) {
        if (format.data[i] != '%')
            continue;
        if (i + 1 == format.size || format.data[++i] != 's' || values == 0)
            return false;
        values--;
    }
    return values == 0;
}

static bool arguments_fit(const pv_saying *saying) {
    const pv_step *const *arguments = saying->arguments;
    switch (saying->kind) {
    case PV_SAY_PRESENT:
        return arguments[0]->kind == PV_STEP_SUBJECT;
    case PV_SAY_STATE:
        return arguments[0]->kind == PV_STEP_STRING && arguments[0]->text.size > 0 &&
               is_plain_format(arguments[0]->text, saying->count - 1);
    default:
        return saying->count == 2 || (arguments[2]->kind == PV_STEP_STRING && arguments[2]->text.size > 0);
    }
}

static bool is_taken(const reading *in, pv_str name) {
    bool taken = pv_str_equal(name, in->subject);
    for (size_t i = 0; i < sizeof in->others / sizeof in->others[0]; i++)
        taken |= pv_str_equal(name, in->others[i]);
    for (size_t i = 0; i < in->local_count; i++)
        taken |= pv_str_equal(name, in->locals[i].name);
    return taken;
}

static bool read_arguments(reading *in, pv_saying *out) {
    known_type type;
    if (!take(in, "("))
        return false;
    do {
        const pv_step *value = out->count < PV_PLAN_ARGUMENTS ? read_value(in, &type) : NULL;
        if (!value)
            return false;
        out->arguments[out->count++] = value;
    } while (take(in, ","));
    return take(in, ")");
}

static bool read_saying(reading *in, pv_saying *out) {
    pv_str name;
    if (!take_kind(in, PV_LEXEME_NAME, &name) || is_taken(in, name) || !read_arguments(in, out))
        return false;
    for (size_t i = 0; i < sizeof known_sayings / sizeof known_sayings[0]; i++) {
        const known_saying *known = &known_sayings[i];
        if (!pv_str_equal(pv_str_from(known->name), name))
            continue;
        out->kind = known->kind;
        out->state = known->state;
        return out->count >= known->least && out->count <= known->most && arguments_fit(out);
    }
    return false;
}

/* ---- statements ---- */

static bool read_local(reading *in, pv_plan_line *out) {
    pv_str name;
    known_type type;
    if (!take_kind(in, PV_LEXEME_NAME, &name) || !take(in, "=") || in->local_count == PV_PLAN_LOCALS)
        return false;
    out->kind = PV_LINE_LOCAL;
    out->value = read_value(in, &type);
    in->locals[in->local_count++] = (local){name, type};
    return out->value;
}

static bool read_if(reading *in, pv_plan_line *out) {
    known_type type;
    out->kind = PV_LINE_IF;
    out->unless = take(in, "not");
    out->value = read_value(in, &type);
    return out->value && take(in, "then") && take(in, "return") && read_saying(in, &out->saying) && take(in, "end");
}

static bool read_arguments_of_check(reading *in) {
    if (!take(in, "function") || !take(in, "(") || !take_kind(in, PV_LEXEME_NAME, &in->subject))
        return false;
    for (size_t i = 0; i < sizeof in->others / sizeof in->others[0] && take(in, ","); i++)
        if (!take_kind(in, PV_LEXEME_NAME, &in->others[i]) || pv_str_equal(in->others[i], in->subject))
            return false;
    return take(in, ")");
}

static bool read_check(reading *in) {
    if (!read_arguments_of_check(in))
        return false;
    while (in->plan->count < PV_PLAN_LINES) {
        pv_plan_line *line = &in->plan->lines[in->plan->count++];
        if (take(in, "return")) {
            line->kind = PV_LINE_RETURN;
            return read_saying(in, &line->saying) && take(in, "end");
        }
        if (take(in, "local") ? !read_local(in, line) : !take(in, "if") || !read_if(in, line))
            return false;
    }
    return false;
}

/* ---- finding the check ---- */

/* The text of the function that stands on these lines, from its first word on; empty where there may be another. */
static pv_str text_of_check(const pv_source *file, const pv_rule_functions *functions) {
    const pv_str keyword = PV_STR("function");
    const size_t start = pv_source_line_start(file, functions->check_line) - file->base;
    const pv_str last = pv_source_line(file, functions->check_last_line);
    const pv_str text = pv_str_slice(file->bytes, start, (size_t)(last.data - file->bytes.data) + last.size);
    const size_t first = pv_str_find(text, keyword, 0);
    if (first == SIZE_MAX || pv_str_find(text, keyword, first + 1) != SIZE_MAX)
        return PV_STR("");
    return pv_str_slice(text, first, text.size);
}

static bool may_have_plan(const pv_rule *rule, const pv_rule_functions *functions) {
    return rule->each == PV_SUBJECT_RESPONSE && rule->source && functions->check_is_plain &&
           functions->check_last_line - functions->check_line < MOST_LINES;
}

/* *out: NULL where it has none. False when memory is refused. */
static bool read_plan(const pv_rule *rule, const pv_rule_functions *functions, pv_arena *arena, const pv_plan **out) {
    *out = NULL;
    if (!may_have_plan(rule, functions))
        return true;
    pv_error error = {0};
    pv_source *text = PV_NEW(arena, pv_source);
    reading in = {.arena = arena, .plan = PV_NEW(arena, pv_plan)};
    if (!text || !in.plan)
        return false;
    *text = (pv_source){.path = rule->source->path, .bytes = text_of_check(rule->source, functions)};
    if (!pv_lexemes_read(&in.lexemes, arena, text, &error))
        return false;
    if (read_check(&in))
        *out = in.plan;
    return !in.refused;
}

const pv_plan *const *pv_plans_read(const pv_catalogue *catalogue, pv_arena *arena) {
    const pv_plan **plans = PV_NEW_ARRAY(arena, const pv_plan *, catalogue->rule_count);
    for (size_t i = 0; plans && i < catalogue->rule_count; i++)
        if (!read_plan(&catalogue->rules[i], &catalogue->functions[i], arena, &plans[i]))
            return NULL;
    return plans;
}
