#include "lua/verdict/outcome.h"

#include "base/buf.h"
#include "base/utf8.h"

static const pv_str replacement_character = {"\xEF\xBF\xBD", 3};

/* A rule can make any bytes with string.char; what is printed must be UTF-8. */
static pv_str copy_cleaned(pv_arena *arena, pv_str text) {
    size_t invalid = pv_utf8_invalid_at(text);
    if (invalid == SIZE_MAX)
        return pv_arena_copy(arena, text);
    pv_buf clean = pv_buf_on(pv_arena_memory(arena));
    for (; invalid != SIZE_MAX; invalid = pv_utf8_invalid_at(text)) {
        pv_buf_append(&clean, pv_str_slice(text, 0, invalid));
        pv_buf_append(&clean, replacement_character);
        text = pv_str_slice(text, invalid + 1, text.size);
    }
    pv_buf_append(&clean, text);
    pv_str copy = clean.failed ? (pv_str){NULL, 0} : pv_arena_copy(arena, pv_buf_str(&clean));
    pv_buf_clear(&clean);
    return copy;
}

static bool copy_related(pv_outcome *out, pv_arena *arena, const pv_outcome *from) {
    pv_related *related = PV_NEW_ARRAY(arena, pv_related, from->related_count);
    if (!related)
        return false;
    for (size_t i = 0; i < from->related_count; i++) {
        related[i] = (pv_related){from->related[i].at, copy_cleaned(arena, from->related[i].message)};
        if (!related[i].message.data)
            return false;
    }
    out->related = related;
    out->related_count = from->related_count;
    return true;
}

/* The steps of working, then what the rule traced. */
static bool copy_working(pv_outcome *out, pv_arena *arena, const pv_outcome *from, const pv_runtime *runtime) {
    size_t count = from->working_count + runtime->trace_count;
    pv_str *working = PV_NEW_ARRAY(arena, pv_str, count);
    if (!working)
        return false;
    for (size_t i = 0; i < from->working_count; i++)
        working[i] = copy_cleaned(arena, from->working[i]);
    size_t number = count;
    for (const pv_trace *line = runtime->trace; line; line = line->previous) {
        pv_str text = copy_cleaned(arena, line->text);
        working[--number] = pv_arena_format(arena, "trace: %.*s", PV_STR_ARG(text));
        if (!text.data)
            return false;
    }
    for (size_t i = 0; i < count; i++)
        if (!working[i].data)
            return false;
    out->working = working;
    out->working_count = count;
    return true;
}

bool pv_outcome_copy(pv_outcome *out, pv_arena *arena, const pv_outcome *from, const pv_runtime *runtime,
                     pv_error *error) {
    *out = (pv_outcome){
        .state = from->state,
        .at = from->at,
        .has_at = from->has_at,
        .due = from->due,
        .has_due = from->has_due,
    };
    out->message = copy_cleaned(arena, from->message);
    bool copied = out->message.data && copy_related(out, arena, from) && copy_working(out, arena, from, runtime);
    return copied || pv_fail_memory(error);
}

bool pv_outcome_of_stop(pv_outcome *out, pv_arena *arena, const pv_runtime *runtime, const pv_rule *rule,
                        pv_error *error) {
    const pv_stop *stop = &runtime->stop;
    const pv_outcome nothing = {.state = PV_STATE_NOT_CHECKED};
    if (!pv_outcome_copy(out, arena, &nothing, runtime, error))
        return false;
    const pv_source *file = stop->file ? stop->file : rule->source;
    size_t start = stop->file ? pv_source_line_start(file, (uint32_t)stop->line) : rule->at.start;
    pv_fault *fault = PV_NEW(arena, pv_fault);
    if (!fault)
        return pv_fail_memory(error);
    *fault = (pv_fault){
        .kind = stop->kind,
        .message = copy_cleaned(arena, pv_str_from(stop->message)),
        .path = file->path,
        .at = pv_source_locate(file, start),
    };
    out->fault = fault;
    return fault->message.data || pv_fail_memory(error);
}
