#include "lua/line_recorder.h"

#include "lua/code_lines.h"
#include "lua/lua_ruleset_parts.h"

struct pv_line_recorder {
    const pv_source *const *files;
    size_t file_count;
    bool **ran;       /* one per file: for each line */
    size_t last_file; /* the one noted last: nearly always the next one too */
};

static pv_line_recorder *new_recorder(pv_lua_ruleset *owner) {
    pv_line_recorder *recorder = PV_NEW(owner->arena, pv_line_recorder);
    bool **ran = PV_NEW_ARRAY(owner->arena, bool *, owner->file_count);
    if (!recorder || !ran)
        return NULL;
    *recorder = (pv_line_recorder){.files = owner->files, .file_count = owner->file_count, .ran = ran};
    for (size_t i = 0; i < owner->file_count; i++) {
        ran[i] = PV_NEW_ARRAY(owner->arena, bool, owner->files[i]->line_count);
        if (!ran[i])
            return NULL;
    }
    return recorder;
}

bool pv_lua_record_lines(pv_ruleset *ruleset, pv_error *error) {
    pv_lua_ruleset *owner = (pv_lua_ruleset *)ruleset;
    if (owner->recorder)
        return true;
    pv_line_recorder *recorder = new_recorder(owner);
    if (!recorder)
        return pv_fail_memory(error);
    pv_lua_ruleset_record(owner, recorder);
    return true;
}

void pv_line_recorder_note(pv_line_recorder *recorder, pv_str path, int line) {
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

static bool merge_file(const pv_line_recorder *recorder, size_t file, const pv_rule_file *rule_file, pv_arena *arena,
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
    *count = owner->recorder ? owner->file_count : 0;
    pv_file_coverage *files = PV_NEW_ARRAY(arena, pv_file_coverage, *count);
    if (!files)
        return pv_fail_memory(error);
    for (size_t i = 0; i < *count; i++)
        if (!merge_file(owner->recorder, i, &owner->catalogue.files[i], arena, &files[i], error))
            return false;
    *out = files;
    return true;
}
