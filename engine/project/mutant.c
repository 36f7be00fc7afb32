#include "project/mutant.h"

/* ---- the pack as it is ---- */

static bool read_source(pv_mutable_pack *pack, size_t index, pv_arena *arena, pv_str folder, const pv_limits *limits,
                        pv_error *error) {
    pv_str path = pv_path_join(arena, folder, pack->names[index]);
    pv_str bytes;
    pv_source *source = NULL;
    if (!path.data)
        return pv_fail_memory(error);
    bool read = pv_host_read_copy(pack->host, arena, path, limits->source_bytes, &bytes, error) &&
                pv_source_new(&source, arena, path, bytes, limits, error);
    pack->sources[index] = source;
    return read;
}

bool pv_mutable_pack_read(pv_mutable_pack *out, const pv_host *host, pv_arena *arena, const pv_pack *pack,
                          const pv_limits *limits, pv_str as_of, pv_error *error) {
    const pv_manifest *manifest = pack->manifest;
    pv_str folder = pv_path_folder(manifest->source->path);
    *out = (pv_mutable_pack){
        .pack = pack,
        .host = host,
        .as_of = as_of,
        .limits = limits,
        .count = PV_PACK_FILE_FIRST_RULES + manifest->rule_file_count,
    };
    out->names = PV_NEW_ARRAY(arena, pv_str, out->count);
    out->sources = PV_NEW_ARRAY(arena, const pv_source *, out->count);
    if (!out->names || !out->sources)
        return pv_fail_memory(error);
    out->names[PV_PACK_FILE_MANIFEST] = PV_MANIFEST_NAME;
    out->names[PV_PACK_FILE_FORM] = manifest->form_file;
    for (size_t i = 0; i < manifest->rule_file_count; i++)
        out->names[PV_PACK_FILE_FIRST_RULES + i] = manifest->rule_files[i];
    for (size_t i = 0; i < out->count; i++)
        if (!read_source(out, i, arena, folder, limits, error))
            return false;
    return pv_case_files_read(&out->cases, host, arena, folder, limits->source_bytes, error);
}

/* ---- its mutations ---- */

/* The rule whose declaration is the last to begin before the mutation, in its file; NULL for the form, and before the
 * first. */
static const pv_rule *rule_around(const pv_mutable_pack *pack, const pv_mutation *mutation) {
    const pv_ruleset *ruleset = pack->pack->ruleset;
    const pv_rule *around = NULL;
    for (size_t i = 0; i < ruleset->rule_count; i++) {
        const pv_rule *rule = &ruleset->rules[i];
        bool before = pv_str_equal(rule->source->path, pack->sources[mutation->file]->path) &&
                      rule->at.start <= mutation->span.start;
        if (before && (!around || rule->at.start > around->at.start))
            around = rule;
    }
    return around;
}

static void keep_selected(const pv_mutable_pack *pack, pv_str rule_pattern, bool aliases, pv_mutations *all) {
    size_t kept = 0;
    for (size_t i = 0; i < all->count; i++) {
        const pv_rule *rule = rule_around(pack, &all->items[i]);
        bool wanted = aliases || all->items[i].kind != PV_MUTATION_OF_ALIAS;
        if (wanted && (rule_pattern.size == 0 || (rule && pv_run_selects(rule_pattern, rule))))
            all->items[kept++] = all->items[i];
    }
    all->count = kept;
}

bool pv_mutable_pack_mutations(const pv_mutable_pack *pack, pv_str rule_pattern, bool aliases, pv_mutations *out,
                               pv_error *error) {
    if (!pv_library_mutations(pack->sources, pack->count, pack->limits, out, error))
        return false;
    keep_selected(pack, rule_pattern, aliases, out);
    return true;
}

/* ---- one mutant ---- */

typedef struct mutant {
    const pv_mutable_pack *of;
    const pv_mutation *mutation; /* or NULL */
} mutant;

static bool read_mutated(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    const mutant *changed = payload;
    for (size_t i = 0; i < changed->of->count; i++) {
        if (!pv_str_equal(changed->of->names[i], name))
            continue;
        *path = changed->of->sources[i]->path;
        *bytes = changed->of->sources[i]->bytes;
        if (changed->mutation && changed->mutation->file == i)
            *bytes = pv_mutation_apply(changed->mutation, *bytes, arena);
        return bytes->data || pv_fail_memory(error);
    }
    return pv_fail(error, PV_ERROR_NOT_FOUND, "there is no file %.*s in the pack", PV_STR_ARG(name));
}

static bool examples_notice(const pv_pack *pack, pv_str rule_pattern, pv_arena *arena, bool *noticed, pv_error *error) {
    const pv_example_result *results;
    size_t count;
    if (!pv_library_run_examples(pack, rule_pattern, arena, &results, &count, error))
        return false;
    for (size_t i = 0; i < count; i++)
        *noticed = *noticed || !results[i].passed;
    return true;
}

static bool cases_notice(const pv_mutable_pack *original, pv_library *library, const pv_pack *pack, bool *noticed,
                         pv_error *error) {
    pv_case_runner runner;
    bool done = pv_case_runner_init(&runner, library, original->host, pack, PV_STR(""), error);
    for (size_t i = 0; done && !*noticed && i < original->cases.count; i++) {
        pv_case_outcome outcome;
        done = pv_case_runner_run(&runner, &original->cases.files[i], &outcome, error);
        *noticed = done && outcome != PV_CASE_PASSED;
    }
    pv_case_runner_clear(&runner);
    return done;
}

/* The examples of the rule that was changed come first: most changes end there. */
static bool judge(mutant *changed, pv_library *library, pv_arena *arena, bool *noticed, pv_error *error) {
    const pv_pack *pack;
    pv_fault fault;
    if (!pv_library_open_pack(library, read_mutated, changed, NULL, NULL, &pack, &fault) ||
        pack->ruleset->fault_count > 0) {
        *noticed = true;
        return true;
    }
    const pv_rule *rule = changed->mutation ? rule_around(changed->of, changed->mutation) : NULL;
    if (rule && !examples_notice(pack, rule->id, arena, noticed, error))
        return false;
    if (!*noticed && !examples_notice(pack, PV_STR(""), arena, noticed, error))
        return false;
    return *noticed || cases_notice(changed->of, library, pack, noticed, error);
}

bool pv_mutant_is_noticed(const pv_mutable_pack *pack, const pv_mutation *mutation, bool *noticed, pv_error *error) {
    mutant changed = {pack, mutation};
    pv_library *library;
    *noticed = false;
    if (!pv_library_new(&library, NULL, pack->as_of, error))
        return false;
    pv_arena *arena = pv_arena_new(pv_library_memory(library));
    bool done = arena ? judge(&changed, library, arena, noticed, error) : pv_fail_memory(error);
    pv_arena_free(arena);
    pv_library_free(library);
    return done;
}
