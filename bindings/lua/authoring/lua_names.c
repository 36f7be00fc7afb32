/* Looks every name of a pack's rule files up before a rule runs. */
#include "lua/authoring/foreseen_types_p.h"

/* Each round knows what the one before found out; helpers that call helpers take one more. */
#define MOST_ROUNDS 8

/* ---- rounds ---- */

static bool promote(pv_seen *known, pv_seen *gathered) {
    bool changed = !pv_seen_is_same(*known, *gathered);
    *known = *gathered;
    *gathered = (pv_seen){.kind = PV_SEEN_NIL};
    return changed;
}

/* Makes what this round gathered known to the next. first: what was gathered before it was known which variables are
 * assigned to again, which is of no use. True when something is known that was not. */
static bool end_round(pv_seen_pack *pack, bool first) {
    bool changed = first;
    pv_seen dropped = PV_SEEN_NOTHING;
    for (pv_seen_closure *each = pack->closures; each; each = each->next) {
        changed |= each->escaped != each->escapes;
        each->escaped = first || each->escapes;
        each->escapes = each->in_examples;
        for (size_t i = 0; i < PV_SEEN_PARAMETERS; i++)
            changed |= promote(first ? &dropped : &each->parameters[i], &each->gathered[i]);
        changed |= promote(first ? &dropped : &each->result, &each->returned);
    }
    for (pv_seen_variable *each = pack->variables; each; each = each->next)
        changed |= promote(first ? &dropped : &each->type, &each->gathered);
    for (size_t i = 0; i < pack->shared.count; i++)
        changed |= promote(first ? &dropped : &pack->shared.items[i].type, &pack->shared.items[i].gathered);
    return changed;
}

static void read_round(pv_seen_pack *pack, size_t round, pv_seen_file *files, size_t count) {
    pack->round = round;
    for (size_t i = 0; i < count; i++)
        if (files[i].lexemes && !files[i].unreadable && !pv_seen_file_read(&files[i], pack))
            pack->globals_known = false;
}

static void read_rounds(pv_seen_pack *pack, pv_seen_file *files, size_t count) {
    size_t round = 0;
    read_round(pack, round, files, count);
    for (bool changed = end_round(pack, true); changed && round < MOST_ROUNDS; changed = end_round(pack, false))
        read_round(pack, ++round, files, count);
    pack->judging = true;
    read_round(pack, ++round, files, count);
}

/* ---- faults ---- */

/* Whether running the file has told the same, which the exact place is then said of. */
static bool is_told(pv_catalogue *catalogue, const pv_source *source, pv_position at, pv_str message) {
    for (size_t i = 0; i < catalogue->fault_count; i++) {
        pv_fault *fault = &catalogue->faults[i];
        bool same = fault->at.column == at.column || pv_str_equal(fault->message, message);
        if (same && fault->at.line == at.line && pv_str_equal(fault->path, source->path)) {
            fault->at = at;
            return true;
        }
    }
    return false;
}

static bool add_faults(const pv_seen_pack *pack, pv_catalogue *catalogue, pv_arena *scratch, pv_error *error) {
    pv_fault *all = PV_NEW_ARRAY(catalogue->arena, pv_fault, catalogue->fault_count + pack->faults.count);
    bool *refused = PV_NEW_ARRAY(scratch, bool, catalogue->rule_count);
    if (!all || !refused)
        return pv_fail_memory(error);
    for (size_t i = 0; i < catalogue->fault_count; i++)
        all[i] = catalogue->faults[i];
    size_t count = catalogue->fault_count;
    catalogue->faults = all;
    for (size_t i = 0; i < pack->faults.count; i++) {
        const pv_seen_fault *found = &pack->faults.items[i];
        const pv_source *source = found->file->source;
        uint32_t start = found->file->at[found->lexeme].at.start;
        pv_position at = pv_source_locate(source, start);
        if (is_told(catalogue, source, at, found->message))
            continue;
        pv_str rule = pv_arena_copy(catalogue->arena, pv_lexemes_rule_at(found->file, start));
        pv_str message = pv_arena_copy(catalogue->arena, found->message);
        if (!rule.data || !message.data)
            return pv_fail_memory(error);
        all[count++] =
            (pv_fault){.kind = PV_FAULT_LOAD, .rule = rule, .message = message, .path = source->path, .at = at};
        catalogue->fault_count = count;
        for (size_t k = 0; k < catalogue->rule_count; k++)
            refused[k] |=
                rule.size > 0 && catalogue->rules[k].source == source && pv_str_equal(catalogue->rules[k].id, rule);
    }
    pv_catalogue_refuse(catalogue, refused);
    return true;
}

/* ---- a pack ---- */

static bool open_files(pv_seen_pack *pack, const pv_catalogue *catalogue, pv_arena *arena, pv_seen_file *files,
                       pv_error *error) {
    for (size_t i = 0; i < catalogue->file_count; i++) {
        pv_lexemes *lexemes = PV_NEW(arena, pv_lexemes);
        pack->globals_known = pack->globals_known && catalogue->files[i].is_whole;
        files[i] = (pv_seen_file){0};
        if (!lexemes)
            return pv_fail_memory(error);
        if (!catalogue->files[i].compiles)
            continue;
        if (!pv_lexemes_read(lexemes, arena, catalogue->files[i].chunk.source, error))
            return false;
        if (!pv_seen_file_open(&files[i], pack, lexemes))
            return pv_fail_memory(error);
    }
    return true;
}

static bool look_up(pv_catalogue *catalogue, const pv_form *form, const pv_str *globals, size_t global_count,
                    pv_arena *scratch, pv_error *error) {
    pv_language language;
    pv_seen_pack pack = {
        .language = {.form = form, .language = &language, .arena = scratch},
        .catalogue = catalogue,
        .globals = globals,
        .global_count = global_count,
        .globals_known = true,
    };
    pv_seen_file *files = PV_NEW_ARRAY(scratch, pv_seen_file, catalogue->file_count);
    pack.language.memos = PV_NEW_ARRAY(scratch, pv_seen_memo, PV_SEEN_MEMOS);
    if (!files || !pack.language.memos)
        return pv_fail_memory(error);
    if (!pv_lua_describe(&language, scratch, error) || !open_files(&pack, catalogue, scratch, files, error))
        return false;
    read_rounds(&pack, files, catalogue->file_count);
    if (pack.language.refused)
        return pv_fail_memory(error);
    return pack.faults.count == 0 || add_faults(&pack, catalogue, scratch, error);
}

bool pv_lua_look_up_names(pv_catalogue *catalogue, pv_runtime *runtime, pv_error *error) {
    size_t count = 0;
    pv_arena *scratch = pv_arena_new(runtime->document_memory);
    const pv_str *globals = scratch ? pv_catalogue_names(runtime, scratch, &count) : NULL;
    bool done = globals ? look_up(catalogue, runtime->form, globals, count, scratch, error) : pv_fail_memory(error);
    pv_arena_free(scratch);
    return done;
}
