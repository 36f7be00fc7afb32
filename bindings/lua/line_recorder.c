#include "lua/line_recorder.h"

#include "lua/code_lines.h"
#include "lua/loaded_rules.h"

typedef struct line_recorder {
    pv_observer observer; /* first, so that either pointer is the other */
    const pv_source *const *files;
    size_t file_count;
    bool **ran;       /* one per file: for each line */
    size_t last_file; /* the one noted last: nearly always the next one too */
} line_recorder;

static void note_line(pv_observer *observer, lua_State *L, lua_Debug *event) {
    line_recorder *recorder = (line_recorder *)observer;
    lua_getinfo(L, "S", event);
    if (event->source[0] != '@')
        return;
    pv_str path = pv_str_from(event->source + 1);
    int line = event->currentline;
    for (size_t tried = 0; tried < recorder->file_count; tried++) {
        size_t file = (recorder->last_file + tried) % recorder->file_count;
        const pv_source *source = recorder->files[file];
        if (!pv_str_equal(source->path, path))
            continue;
        recorder->last_file = file;
        if (line > 0 && (size_t)line <= source->line_count)
            recorder->ran[file][line - 1] = true;
        return;
    }
}

static line_recorder *new_recorder(pv_lua_ruleset *owner) {
    line_recorder *recorder = PV_NEW(owner->arena, line_recorder);
    bool **ran = PV_NEW_ARRAY(owner->arena, bool *, owner->file_count);
    if (!recorder || !ran)
        return NULL;
    *recorder = (line_recorder){
        .observer = {.events = LUA_MASKLINE, .slow_down = 1, .event = note_line},
        .files = owner->files,
        .file_count = owner->file_count,
        .ran = ran,
    };
    for (size_t i = 0; i < owner->file_count; i++) {
        ran[i] = PV_NEW_ARRAY(owner->arena, bool, owner->files[i]->line_count);
        if (!ran[i])
            return NULL;
    }
    return recorder;
}

/* NULL: nobody asked which lines run. */
static const line_recorder *recorder_of(const pv_lua_ruleset *owner) {
    bool records = owner->observer && owner->observer->event == note_line;
    return records ? (const line_recorder *)owner->observer : NULL;
}

bool pv_lua_record_lines(pv_ruleset *ruleset, pv_error *error) {
    pv_lua_ruleset *owner = (pv_lua_ruleset *)ruleset;
    if (recorder_of(owner))
        return true;
    line_recorder *recorder = new_recorder(owner);
    if (!recorder)
        return pv_fail_memory(error);
    owner->observer = &recorder->observer;
    return true;
}

static bool merge_file(const line_recorder *recorder, size_t file, const pv_rule_file *rule_file, pv_arena *arena,
                       pv_file_coverage *out, pv_error *error) {
    const pv_source *source = recorder->files[file];
    uint8_t *lines = PV_NEW_ARRAY(arena, uint8_t, source->line_count);
    bool *with_code = PV_NEW_ARRAY(arena, bool, source->line_count);
    if (!lines || !with_code)
        return pv_fail_memory(error);
    if (!pv_code_lines(pv_arena_memory(arena), &rule_file->chunk, with_code, source->line_count, error))
        return false;
    for (size_t i = 0; i < source->line_count; i++)
        if (with_code[i])
            lines[i] = recorder->ran[file][i] ? PV_LINE_RUN : PV_LINE_MISSED;
    *out = (pv_file_coverage){source, lines};
    return true;
}

bool pv_lua_recorded_lines(pv_ruleset *ruleset, pv_arena *arena, const pv_file_coverage **out, size_t *count,
                           pv_error *error) {
    const pv_lua_ruleset *owner = (const pv_lua_ruleset *)ruleset;
    const line_recorder *recorder = recorder_of(owner);
    *count = recorder ? owner->file_count : 0;
    pv_file_coverage *files = PV_NEW_ARRAY(arena, pv_file_coverage, *count);
    if (!files)
        return pv_fail_memory(error);
    for (size_t i = 0; i < *count; i++)
        if (!merge_file(recorder, i, &owner->catalogue.files[i], arena, &files[i], error))
            return false;
    *out = files;
    return true;
}
