#include "lua/ruleset/settled_p.h"

#include "lua/filing/filing.h"
#include "lua/verdict/verdict_class.h"
#include "model/submission.h"

/* A rule whose `when` asks the submission on so many parts, one after another, is not tried on the others. */
#define MOST_VAIN_TRIALS 3

struct pv_settled {
    const pv_form *form;
    bool tried;            /* a rule ran for it */
    pv_decision **of_rule; /* by rule, then by part of the form; NULL: nothing is settled for the rule */
};

/* ---- parts of the form ---- */

static size_t count_parts(const pv_form *form, const pv_rule *rule) {
    switch (rule->each) {
    case PV_SUBJECT_RESPONSE:
        return form->item_count;
    case PV_SUBJECT_MEASURE:
        return form->measure_count;
    case PV_SUBJECT_SECTION:
        return form->section_count;
    default:
        return 0;
    }
}

/* The part that a subject is about, by its number; SIZE_MAX where it is about more than that: a measure that is given
 * for each row of something is another for each of them. */
static size_t part_of(const pv_form *form, const pv_subject *subject) {
    const pv_response *response = subject->response;
    const pv_measure *measure = NULL;
    switch (subject->kind) {
    case PV_SUBJECT_RESPONSE:
        return pv_measure_is_repeated(response->item->measure) ? SIZE_MAX : (size_t)(response->item - form->items);
    case PV_SUBJECT_MEASURE:
        measure = subject->measure->measure;
        return pv_measure_is_repeated(measure) ? SIZE_MAX : measure->index;
    case PV_SUBJECT_SECTION:
        return subject->section->index;
    default:
        return SIZE_MAX;
    }
}

/* The subject of the rule that is about this part; false where there is none, or are several. */
static bool subject_of(const pv_submission *submission, const pv_rule *rule, size_t part, pv_subject *out) {
    const pv_form *form = submission->form;
    *out = (pv_subject){.kind = rule->each};
    if (rule->each == PV_SUBJECT_SECTION) {
        out->section = &form->sections[part];
        return true;
    }
    const pv_measure *measure = rule->each == PV_SUBJECT_RESPONSE ? form->items[part].measure : &form->measures[part];
    if (pv_measure_is_repeated(measure))
        return false;
    if (rule->each == PV_SUBJECT_RESPONSE)
        out->response = pv_submission_answer(submission, &form->items[part]);
    else
        out->measure = pv_submission_filed(submission, measure).measures;
    return true;
}

/* ---- trying ---- */

typedef struct tried_when {
    const pv_catalogue *catalogue;
    size_t rule_index;
    pv_subject subject;
    pv_arena *arena;
    bool asks_filing;
    bool is_answer; /* what it returned says whether the rule applies */
    pv_decision decision;
} tried_when;

void pv_call_with_subject(lua_State *L, int function, int subject, unsigned arguments, const pv_rule *rule,
                          int results) {
    lua_pushvalue(L, function);
    if (arguments > 0)
        lua_pushvalue(L, subject);
    if (arguments > 1 && pv_runtime_of(L)->submission)
        pv_push_submission(L);
    else if (arguments > 1)
        lua_pushnil(L);
    if (arguments > 2)
        pv_push_parameters(L, rule);
    pv_runtime_of(L)->asks_filing = false;
    MAY_RAISE(lua_call(L, (int)arguments, results));
}

/* [-0, +0, v] What is said of a subject to which the rule does not apply; the reason is at index, or is none. */
static pv_str message_of(lua_State *L, int index, const tried_when *tried) {
    pv_arena *arena = tried->arena;
    pv_error error = {0};
    pv_outcome given = {.state = PV_STATE_NOT_APPLICABLE};
    pv_outcome said;
    if (lua_type(L, index) == LUA_TSTRING)
        given.message = pv_lua_str(L, index);
    if (!pv_outcome_copy(&said, arena, &given, NULL, &error) ||
        !pv_outcome_default_message(&said, &tried->subject, arena, &error))
        MAY_RAISE(pv_runtime_stop_memory(L));
    return said.message;
}

static int try_when(lua_State *L) {
    enum { CHECK = 2, WHEN, SUBJECT, RESULT };
    tried_when *tried = lua_touserdata(L, 1);
    const pv_runtime *runtime = pv_runtime_of(L);
    const pv_catalogue *catalogue = tried->catalogue;
    pv_catalogue_push_functions(L, catalogue, tried->rule_index);
    pv_push_subject(L, &tried->subject);
    const int64_t fuel = runtime->fuel;
    MAY_RAISE(pv_call_with_subject(L, WHEN, SUBJECT, catalogue->functions[tried->rule_index].when_arguments,
                                   &catalogue->rules[tried->rule_index], 2));
    tried->decision.work = (uint64_t)(fuel - runtime->fuel);
    tried->asks_filing = runtime->asks_filing;
    tried->is_answer = !pv_class_test(L, RESULT, &pv_verdict_class);
    tried->decision.applies = lua_toboolean(L, RESULT);
    if (tried->is_answer && !tried->asks_filing && !tried->decision.applies)
        tried->decision.message = MAY_RAISE(message_of(L, RESULT + 1, tried));
    return 0;
}

/* Runs `when` on the parts of the form. Twice on each: the first time makes what the state then has, handles and
 * strings, so that the second takes of the budget what it always will. False when it was stopped. */
static bool settle_rule(pv_runtime *runtime, tried_when *tried, pv_decision *out) {
    const pv_rule *rule = &tried->catalogue->rules[tried->rule_index];
    const size_t count = count_parts(runtime->form, rule);
    size_t vain = 0;
    for (size_t part = 0; part < count && vain < MOST_VAIN_TRIALS; part++) {
        if (!subject_of(runtime->submission, rule, part, &tried->subject))
            continue;
        for (int time = 0; time < 2; time++) {
            tried->decision = (pv_decision){0};
            pv_arena_clear(runtime->call_arena);
            if (!pv_runtime_call(runtime, try_when, tried) || !tried->is_answer)
                return !runtime->stop.stopped;
            if (tried->asks_filing)
                break;
        }
        out[part] = tried->decision;
        out[part].known = !tried->asks_filing;
        vain = tried->asks_filing ? vain + 1 : 0;
    }
    return true;
}

pv_settled *pv_settle(pv_runtime *runtime, const pv_catalogue *catalogue, pv_arena *arena) {
    const pv_form *form = runtime->form;
    pv_settled *settled = PV_NEW(arena, pv_settled);
    pv_decision **of_rule = PV_NEW_ARRAY(arena, pv_decision *, catalogue->rule_count);
    if (!settled || !of_rule)
        return NULL;
    *settled = (pv_settled){form, false, of_rule};
    bool stopped = false;
    for (size_t i = 0; i < catalogue->rule_count && !stopped; i++) {
        const pv_rule_functions *functions = &catalogue->functions[i];
        const size_t count = count_parts(form, &catalogue->rules[i]);
        tried_when tried = {.catalogue = catalogue, .rule_index = i, .arena = arena};
        if (!functions->when_is_closed || functions->when_arguments > 2 || count == 0)
            continue;
        of_rule[i] = PV_NEW_ARRAY(arena, pv_decision, count);
        if (!of_rule[i])
            return NULL;
        settled->tried = true;
        stopped = !settle_rule(runtime, &tried, of_rule[i]);
    }
    return settled;
}

bool pv_settled_tried(const pv_settled *settled) {
    return settled->tried;
}

const pv_decision *pv_settled_find(const pv_settled *settled, size_t rule_index, const pv_subject *subject) {
    const pv_decision *of_rule = settled ? settled->of_rule[rule_index] : NULL;
    const size_t part = of_rule ? part_of(settled->form, subject) : SIZE_MAX;
    return part != SIZE_MAX && of_rule[part].known ? &of_rule[part] : NULL;
}
