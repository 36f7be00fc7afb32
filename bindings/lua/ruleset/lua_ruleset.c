#include "lua/ruleset/lua_ruleset.h"

#include <string.h>

#include "lua/authoring/authoring.h"
#include "lua/filing/filing.h"
#include "lua/object/class.h"
#include "lua/rules/rules.h"
#include "lua/ruleset/plan_p.h"
#include "lua/ruleset/settled_p.h"
#include "lua/verdict/verdict_class.h"
#include "lua/vocabulary/vocabulary.h"

struct pv_session {
    pv_lua_ruleset *owner;
    pv_runtime runtime;
    pv_arena *arena;      /* of the submission that is open */
    pv_arena *file_arena; /* of what is made at file level: it lives as long as the state */
    bool fresh;           /* no rule has run in this state */
    bool spoiled;         /* the state is to be renewed before anything runs in it: there is none yet, a submission was
                             judged in it, or a rule was stopped, which must not reach the next rule */
};

/* ---- a session's state ---- */

static void close_session(pv_session *session) {
    pv_runtime_free(&session->runtime);
    pv_arena_free(session->arena);
    pv_arena_free(session->file_arena);
    pv_arena_free(session->runtime.call_arena);
    pv_memory_free(session->owner->memory, session, sizeof *session);
}

static pv_session *new_session(pv_lua_ruleset *owner) {
    pv_memory *memory = owner->memory;
    pv_session *session = pv_memory_new(memory, sizeof *session);
    if (!session)
        return NULL;
    session->owner = owner;
    session->arena = pv_arena_new(memory);
    session->file_arena = pv_arena_new(memory);
    session->runtime = (pv_runtime){
        .document_memory = memory,
        .limits = owner->limits,
        .form = owner->form,
        .session_arena = session->file_arena,
        .call_arena = pv_arena_new(memory),
        .matcher = owner->matcher,
        .compiled = owner->compiled,
        .proven = owner->proven,
        .as_of = owner->as_of,
        .files = owner->files,
        .file_count = owner->file_count,
        .observer = owner->observer,
        .precompiled = &pv_precompiled_files,
        .furnish = pv_furnish,
        .meter = owner->ruleset.meter,
    };
    if (session->arena && session->file_arena && session->runtime.call_arena)
        return session;
    close_session(session);
    return NULL;
}

/* A state with every rule's functions in it, kept for the sessions to come. */
static bool make_state(pv_session *session) {
    pv_runtime *runtime = &session->runtime;
    pv_runtime_close(runtime);
    pv_arena_clear(session->file_arena);
    runtime->session_arena = session->file_arena;
    if (!pv_runtime_open(runtime) || !pv_catalogue_instantiate(&session->owner->catalogue, runtime))
        return false;
    pv_runtime_seal(runtime);
    return true;
}

/* The state as no rule has left it. Files that are run for it find nothing open, and nobody looks on. */
static bool renew_state(pv_session *session) {
    pv_runtime *runtime = &session->runtime;
    const pv_submission *submission = runtime->submission;
    pv_collection *collection = runtime->collection;
    pv_observer *observer = runtime->observer;
    runtime->observer = NULL;
    runtime->submission = NULL;
    runtime->collection = NULL;
    session->fresh = pv_runtime_restore(runtime) || make_state(session);
    session->spoiled = !session->fresh;
    runtime->session_arena = session->arena;
    runtime->observer = observer;
    runtime->submission = submission;
    runtime->collection = collection;
    return session->fresh;
}

/* Many submissions are judged without anything that is run: the state is renewed when it is first needed. */
static bool need_state(pv_session *session) {
    return !session->spoiled || renew_state(session);
}

/* A session in which no rule has run and nothing is open yet. */
static bool open_session(pv_lua_ruleset *owner, pv_session **out, pv_error *error) {
    pv_session *session = owner->idle ? owner->idle : new_session(owner);
    owner->idle = NULL;
    if (!session) {
        pv_fail_memory(error);
        return false;
    }
    session->runtime.observer = owner->observer;
    session->spoiled |= !session->fresh;
    session->runtime.session_arena = session->arena;
    session->runtime.response_facts = NULL;
    session->runtime.as_of = owner->as_of; /* examples are judged on days of their own */
    session->runtime.limits = owner->limits;
    *out = session;
    return true;
}

/* Settles, once, what `when` always says, and reads what can be planned. The state that it was run in is renewed: what
 * it costs to judge a submission does not depend on whether it was the first. */
static bool settle(pv_session *session, pv_error *error) {
    pv_lua_ruleset *owner = session->owner;
    const pv_phase before = pv_meter_enter(owner->ruleset.meter, PV_PHASE_APPLICABILITY);
    if (need_state(session))
        owner->settled = pv_settle(&session->runtime, &owner->catalogue, owner->arena);
    if (owner->settled && !owner->plans)
        owner->plans = pv_plans_read(&owner->catalogue, owner->arena);
    (void)pv_meter_enter(owner->ruleset.meter, before);
    session->spoiled |= owner->settled && pv_settled_tried(owner->settled);
    return (owner->settled && owner->plans) || pv_fail_memory(error);
}

static bool begin(pv_ruleset *ruleset, const pv_submission *submission, pv_session **out, pv_error *error) {
    pv_lua_ruleset *owner = (pv_lua_ruleset *)ruleset;
    if (!open_session(owner, out, error))
        return false;
    (*out)->runtime.submission = submission;
    (*out)->runtime.source = submission->source;
    (*out)->runtime.has_doubts = submission->uncertain_count > 0;
    return owner->settled || owner->observer || settle(*out, error);
}

/* A rule on many submissions has the budget of as many. */
static bool begin_collection(pv_ruleset *ruleset, pv_collection *collection, pv_session **out, pv_error *error) {
    enum { MOST_SHARES = 1000 };
    if (!open_session((pv_lua_ruleset *)ruleset, out, error))
        return false;
    pv_runtime *runtime = &(*out)->runtime;
    uint32_t shares = collection->count < MOST_SHARES ? (uint32_t)collection->count : MOST_SHARES;
    runtime->collection = collection;
    runtime->source = collection->source;
    for (size_t i = 0; i < collection->count; i++)
        runtime->has_doubts |= collection->entries[i].filing->uncertain_count > 0;
    runtime->limits.fuel *= shares;
    runtime->limits.cpu_milliseconds *= shares;
    return true;
}

static void end(pv_session *session) {
    pv_lua_ruleset *owner = session->owner;
    session->runtime.submission = NULL;
    session->runtime.collection = NULL;
    session->runtime.source = NULL;
    session->runtime.has_doubts = false;
    session->runtime.response_facts = NULL;
    pv_arena_clear(session->arena);
    pv_arena_clear(session->runtime.call_arena);
    if (owner->idle)
        close_session(session);
    else
        owner->idle = session;
}

/* ---- one rule on one subject ---- */

typedef struct evaluation {
    const pv_catalogue *catalogue;
    size_t rule_index;
    const pv_subject *subject;
    const pv_decision *settled; /* it applies, and `when` is not asked; NULL: `when` decides */
    pv_outcome outcome;         /* in the call arena, with strings that are Lua's: until code runs again */
} evaluation;

/* [-0, +0, v] Raises a fault that is the engine's to tell, unless the rule has one already. */
static int raise_fault(lua_State *L, pv_fault_kind kind, const char *message) {
    pv_stop *stop = &pv_runtime_of(L)->stop;
    if (!stop->caught)
        stop->kind = kind;
    return luaL_error(L, "%s", message);
}

/* [-0, +0, v] What `when` returned is at the two indexes; whether the rule applies. */
static bool read_condition(lua_State *L, int condition, pv_outcome *outcome) {
    if (pv_class_test(L, condition, &pv_verdict_class))
        (void)MAY_RAISE(
            raise_fault(L, PV_FAULT_VERDICT, "\"when\" returned a verdict; it returns true, or false and a reason"));
    if (lua_toboolean(L, condition))
        return true;
    outcome->state = PV_STATE_NOT_APPLICABLE;
    if (lua_type(L, condition + 1) == LUA_TSTRING) {
        pv_str reason = pv_lua_str(L, condition + 1);
        outcome->message = pv_arena_copy(pv_runtime_of(L)->call_arena, reason);
        if (!outcome->message.data)
            (void)MAY_RAISE(pv_runtime_stop_memory(L));
    }
    return false;
}

static int run_rule(lua_State *L) {
    enum { CHECK = 2, WHEN, SUBJECT, RESULT };
    evaluation *asked = lua_touserdata(L, 1);
    const pv_rule *rule = &asked->catalogue->rules[asked->rule_index];
    const pv_rule_functions *functions = &asked->catalogue->functions[asked->rule_index];
    pv_catalogue_push_functions(L, asked->catalogue, asked->rule_index);
    pv_push_subject(L, asked->subject);
    if (!lua_isfunction(L, CHECK))
        return raise_fault(L, PV_FAULT_LOAD, "the rule's file did not run as it did when it was loaded");
    if (asked->settled) {
        MAY_RAISE(pv_runtime_charge(L, asked->settled->work));
    } else if (lua_isfunction(L, WHEN)) {
        const pv_phase before = pv_meter_enter(pv_runtime_of(L)->meter, PV_PHASE_APPLICABILITY);
        MAY_RAISE(pv_call_with_subject(L, WHEN, SUBJECT, functions->when_arguments, rule, 2));
        (void)pv_meter_enter(pv_runtime_of(L)->meter, before);
        if (!read_condition(L, RESULT, &asked->outcome))
            return 0;
        lua_settop(L, SUBJECT);
    }
    MAY_RAISE(pv_call_with_subject(L, CHECK, SUBJECT, functions->check_arguments, rule, 1));
    if (!MAY_RAISE(pv_verdicts_read(L, RESULT, &asked->outcome)))
        return raise_fault(L, PV_FAULT_VERDICT, lua_tostring(L, -1));
    return 0;
}

static bool run_in_session(pv_session *session, evaluation *asked) {
    pv_runtime *runtime = &session->runtime;
    pv_arena_clear(runtime->call_arena);
    runtime->trace = NULL;
    runtime->trace_count = 0;
    runtime->looked_at = NULL;
    asked->outcome = (pv_outcome){.state = PV_STATE_NOT_CHECKED};
    if (!need_state(session))
        return false;
    if (runtime->observer && runtime->observer->begin)
        runtime->observer->begin(runtime->observer);
    bool ran = pv_runtime_call(runtime, run_rule, asked);
    session->fresh = false;
    session->spoiled = runtime->stop.stopped;
    return ran;
}

/* ---- the line of a fault ---- */

/* Follows which line of which rule file ran last. */
typedef struct last_line {
    pv_observer observer; /* first, so that either pointer is the other */
    const pv_runtime *runtime;
    const pv_source *file;
    int line;
} last_line;

static void note_line(pv_observer *observer, lua_State *L, lua_Debug *event) {
    last_line *last = (last_line *)observer;
    lua_getinfo(L, "S", event);
    const pv_source *file = event->source[0] == '@' ? pv_runtime_file(last->runtime, event->source + 1) : NULL;
    if (!file)
        return;
    last->file = file;
    last->line = event->currentline;
}

/* What is returned directly (`return helper(…)`) leaves no trace of the line that called it: of a fault that has no
 * place, the rule is run again with somebody who looks on. Where that does not end the same way, nothing is said. */
static void find_line(pv_session *session, evaluation *asked) {
    pv_runtime *runtime = &session->runtime;
    const pv_stop stop = runtime->stop;
    int64_t fuel = runtime->fuel;
    pv_observer *before = runtime->observer;
    last_line last = {.observer = {.events = LUA_MASKLINE, .slow_down = 1, .event = note_line}, .runtime = runtime};
    runtime->observer = &last.observer;
    bool ran = run_in_session(session, asked);
    runtime->observer = before;
    bool same = !ran && strcmp(runtime->stop.message, stop.message) == 0;
    runtime->stop = stop;
    runtime->fuel = fuel;
    if (!same || !last.file)
        return;
    runtime->stop.file = last.file;
    runtime->stop.line = last.line;
}

static bool judge(pv_session *session, size_t rule_index, const pv_subject *subject, const pv_decision *settled,
                  pv_arena *arena, pv_outcome *out, pv_error *error) {
    pv_runtime *runtime = &session->runtime;
    const pv_catalogue *catalogue = &session->owner->catalogue;
    evaluation asked = {.catalogue = catalogue, .rule_index = rule_index, .subject = subject, .settled = settled};
    bool alone = session->fresh || session->spoiled; /* nothing of other rules is in the state it gets */
    bool ran = run_in_session(session, &asked);
    /* What other rules keep at file level also fills the heap: a rule is short of memory only when it is so alone. */
    if (!ran && runtime->stop.kind == PV_FAULT_MEMORY && !alone)
        ran = run_in_session(session, &asked);
    if (!ran && runtime->stop.line_lost && !runtime->stop.stopped)
        find_line(session, &asked);
    if (!ran)
        return pv_outcome_of_stop(out, arena, runtime, &catalogue->rules[rule_index], error);
    if (!pv_outcome_copy(out, arena, &asked.outcome, runtime, error))
        return false;
    out->looked_at = runtime->looked_at;
    if (out->state == PV_STATE_NOT_APPLICABLE)
        return pv_outcome_default_message(out, subject, arena, error);
    return true;
}

/* What `when` is known to say of the subject, or NULL. Who looks on is to see it run. */
static const pv_decision *find_settled(const pv_session *session, size_t rule_index, const pv_subject *subject) {
    const pv_runtime *runtime = &session->runtime;
    return runtime->observer || !runtime->submission ? NULL
                                                     : pv_settled_find(session->owner->settled, rule_index, subject);
}

static bool give_settled(const pv_session *session, const pv_decision *settled, pv_arena *arena, pv_outcome *out,
                         pv_error *error) {
    *out = (pv_outcome){.state = PV_STATE_NOT_APPLICABLE, .work = settled->work};
    out->message = pv_arena_copy(arena, settled->message);
    pv_meter_charge(session->runtime.meter, out->work, (uint64_t)session->runtime.limits.fuel, 0);
    return out->message.data || pv_fail_memory(error);
}

/* Whether the rule's check was foreseen, and gave what it gives without being run. Who looks on is to see it run; so
 * does a text that could not be told with certainty, since it is noted who looks at it. */
static bool follow_plan(pv_session *session, size_t rule_index, const pv_subject *subject, const pv_decision *settled,
                        pv_arena *arena, pv_outcome *out) {
    pv_lua_ruleset *owner = session->owner;
    pv_runtime *runtime = &session->runtime;
    const pv_plan *plan = owner->plans ? owner->plans[rule_index] : NULL;
    if (!plan || runtime->observer || !runtime->submission || runtime->has_doubts ||
        (owner->catalogue.functions[rule_index].has_when && !settled))
        return false;
    out->work = settled ? settled->work : 0;
    if (!pv_plan_run(plan, runtime, subject, arena, out))
        return false;
    pv_meter_charge(runtime->meter, out->work, (uint64_t)runtime->limits.fuel, 0);
    return true;
}

static bool evaluate(pv_session *session, size_t rule_index, const pv_subject *subject, pv_arena *arena,
                     pv_outcome *out, pv_error *error) {
    const pv_runtime *runtime = &session->runtime;
    const pv_decision *settled = find_settled(session, rule_index, subject);
    if (settled && !settled->applies)
        return give_settled(session, settled, arena, out, error);
    if (follow_plan(session, rule_index, subject, settled, arena, out))
        return true;
    size_t used = runtime->memory.used;
    bool judged = judge(session, rule_index, subject, settled, arena, out, error);
    out->work = (uint64_t)(runtime->limits.fuel - (runtime->fuel > 0 ? runtime->fuel : 0));
    pv_meter_charge(runtime->meter, out->work, (uint64_t)runtime->limits.fuel,
                    runtime->memory.used > used ? runtime->memory.used - used : 0);
    return judged;
}

static bool follow_in(pv_arena *scratch, pv_session *session, size_t rule_index, const pv_subject *subject,
                      pv_arena *arena, pv_outcome *out, pv_error *error) {
    const pv_source *file = session->owner->catalogue.rules[rule_index].source;
    pv_tracing *tracing = scratch ? pv_tracing_new(scratch, arena, file) : NULL;
    if (!tracing)
        return pv_fail_memory(error);
    session->runtime.observer = pv_tracing_observer(tracing);
    bool evaluated = evaluate(session, rule_index, subject, arena, out, error);
    session->runtime.observer = session->owner->observer;
    return evaluated && pv_tracing_finish(tracing, &out->trail, error);
}

static bool follow(pv_session *session, size_t rule_index, const pv_subject *subject, pv_arena *arena, pv_outcome *out,
                   pv_error *error) {
    pv_arena *scratch = pv_arena_new(session->owner->memory);
    bool followed = follow_in(scratch, session, rule_index, subject, arena, out, error);
    pv_arena_free(scratch);
    return followed;
}

bool pv_lua_ruleset_try(pv_ruleset *ruleset, const pv_submission *submission, const pv_trial *trial, pv_arena *arena,
                        pv_tried *out, pv_error *error) {
    pv_lua_ruleset *owner = (pv_lua_ruleset *)ruleset;
    pv_session *session = NULL;
    if (!begin(ruleset, submission, &session, error))
        return false;
    pv_arena_clear(session->runtime.call_arena);
    const bool has_state = need_state(session);
    session->fresh = false; /* renewed, it was fresh: what the trial leaves in it is gone when the session ends */
    bool tried =
        has_state ? pv_lua_try(&session->runtime, &owner->catalogue, trial, arena, out, error) : pv_fail_memory(error);
    end(session);
    return tried;
}

/* ---- the rule set ---- */

static void free_ruleset(pv_ruleset *ruleset) {
    pv_lua_ruleset *owner = (pv_lua_ruleset *)ruleset;
    if (owner->idle)
        close_session(owner->idle);
    pv_matcher_free(owner->matcher);
    pv_compiled_free(owner->compiled);
    pv_arena_free(owner->arena);
    pv_memory_free(owner->memory, owner, sizeof *owner);
}

static const pv_ruleset_methods methods = {
    .begin = begin,
    .begin_collection = begin_collection,
    .evaluate = evaluate,
    .follow = follow,
    .end = end,
    .lint = pv_lua_ruleset_lint,
    .free = free_ruleset,
};

static bool make_parts(pv_lua_ruleset *owner, const pv_source *const *files, size_t file_count, pv_error *error) {
    pv_memory *memory = owner->memory;
    owner->arena = pv_arena_new(memory);
    owner->compiled = pv_compiled_new(memory);
    if (!owner->arena || !owner->compiled)
        return pv_fail_memory(error);
    const pv_source **kept = PV_NEW_ARRAY(owner->arena, const pv_source *, file_count);
    if (!kept)
        return pv_fail_memory(error);
    for (size_t i = 0; i < file_count; i++)
        kept[i] = files[i];
    owner->files = kept;
    owner->file_count = file_count;
    return pv_matcher_new(&owner->matcher, memory, &owner->limits, error);
}

static const pv_rule_file *file_called(const pv_lua_ruleset *owner, pv_str path) {
    for (size_t i = 0; i < owner->catalogue.file_count; i++)
        if (pv_str_equal(owner->catalogue.files[i].chunk.source->path, path))
            return &owner->catalogue.files[i];
    return NULL;
}

/* What a declaration is refused for is told at the key in question, what the compiler says where it is to be mended: of
 * files that faults are in, the words are read. */
static bool place_fault(pv_lua_ruleset *owner, pv_fault *fault, pv_arena *scratch, pv_error *error) {
    const pv_rule_file *file = file_called(owner, fault->path);
    pv_lexemes lexemes;
    if (!file || fault->at.line == 0 || (fault->rule.size == 0 && (file->compiles || !file->runs)))
        return true;
    if (!pv_lexemes_read(&lexemes, scratch, file->chunk.source, error))
        return false;
    if (fault->rule.size == 0)
        return pv_lua_tell_syntax(&lexemes, fault->at.line, owner->arena, &fault->message, &fault->at) ||
               pv_fail_memory(error);
    fault->at = pv_declaration_fault_place(&lexemes, fault->at.line, fault->message);
    return true;
}

static bool place_faults(pv_lua_ruleset *owner, pv_error *error) {
    pv_catalogue *catalogue = &owner->catalogue;
    pv_arena *scratch = catalogue->fault_count > 0 ? pv_arena_new(owner->memory) : NULL;
    bool placed = catalogue->fault_count == 0 || scratch || pv_fail_memory(error);
    for (size_t i = 0; placed && i < catalogue->fault_count; i++) {
        placed = place_fault(owner, &catalogue->faults[i], scratch, error);
        pv_arena_clear(scratch);
    }
    pv_arena_free(scratch);
    return placed;
}

/* Reads the rules in the state of a session without a submission, which is kept for the first submission unless a file
 * was stopped in it. */
static bool read_catalogue(pv_lua_ruleset *owner, bool look_up, pv_error *error) {
    pv_session *session = new_session(owner);
    if (!session)
        return pv_fail_memory(error);
    pv_runtime *runtime = &session->runtime;
    bool read = false;
    if (pv_runtime_open(runtime))
        read = pv_catalogue_read(&owner->catalogue, runtime, owner->arena, error);
    else if (runtime->stop.stopped)
        pv_fail_memory(error);
    else
        pv_fail(error, PV_ERROR_SHAPE, "the check vocabulary does not load: %s", runtime->stop.message);
    read = read && place_faults(owner, error) && (!look_up || pv_lua_look_up_names(&owner->catalogue, runtime, error));
    if (!read || owner->catalogue.stopped) {
        close_session(session);
        return read;
    }
    pv_runtime_seal(runtime);
    session->fresh = true;
    owner->idle = session;
    return true;
}

bool pv_lua_ruleset_open(pv_ruleset **out, const pv_lua_config *config, const pv_source *const *files,
                         size_t file_count, pv_error *error) {
    pv_lua_ruleset *owner = pv_memory_new(config->memory, sizeof *owner);
    if (!owner)
        return pv_fail_memory(error);
    owner->ruleset.methods = &methods;
    owner->form = config->form;
    owner->limits = config->limits;
    owner->as_of = config->as_of;
    owner->memory = config->memory;
    owner->ruleset.meter = config->meter;
    owner->proven = config->proven;
    if (!make_parts(owner, files, file_count, error) ||
        !read_catalogue(owner, !config->proven && !config->names_unchecked, error)) {
        free_ruleset(&owner->ruleset);
        return false;
    }
    owner->ruleset.rules = owner->catalogue.rules;
    owner->ruleset.rule_count = owner->catalogue.rule_count;
    owner->ruleset.faults = owner->catalogue.faults;
    owner->ruleset.fault_count = owner->catalogue.fault_count;
    *out = &owner->ruleset;
    return true;
}

pv_str pv_lua_ruleset_judge_by(pv_ruleset *ruleset, pv_str as_of) {
    pv_lua_ruleset *owner = (pv_lua_ruleset *)ruleset;
    pv_str before = owner->as_of;
    owner->as_of = as_of;
    return before;
}
