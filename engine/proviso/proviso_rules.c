/* What is asked of rules besides judging submissions by them: examples, lint, coverage, mutations. */
#include <assert.h>

#include "proviso/proviso_p.h"
#include "run/lint.h"

static bool fail_memory(proviso_error *error) {
    return proviso_fail(error, PV_ERROR_MEMORY, "not enough memory");
}

/* ---- examples ---- */

struct proviso_examples {
    pv_memory *memory;
    pv_arena *arena;
    const pv_example_result *results;
    size_t count;
};

bool proviso_examples_run(const proviso_pack *pack, const char *rules, proviso_examples **out, proviso_error *error) {
    pv_memory *memory = proviso_memory_of(pack);
    pv_error cause = {0};
    proviso_examples *examples = pv_memory_new(memory, sizeof *examples);
    if (!examples)
        return fail_memory(error);
    examples->memory = memory;
    examples->arena = pv_arena_new(memory);
    if (!examples->arena)
        pv_fail_memory(&cause);
    if (!examples->arena || !pv_library_run_examples(pack->pack, pv_str_from(rules), examples->arena,
                                                     &examples->results, &examples->count, &cause)) {
        proviso_examples_free(examples);
        return proviso_fail_with(error, &cause, (pv_str){0});
    }
    *out = examples;
    return true;
}

void proviso_examples_free(proviso_examples *examples) {
    if (!examples)
        return;
    pv_arena_free(examples->arena);
    pv_memory_free(examples->memory, examples, sizeof *examples);
}

size_t proviso_examples_count(const proviso_examples *examples) {
    return examples->count;
}

bool proviso_examples_at(const proviso_examples *examples, size_t index, proviso_example *out, proviso_error *error) {
    if (index >= examples->count)
        return proviso_fail_index(error);
    const pv_example_result *result = &examples->results[index];
    proviso_example whole = {
        .rule = proviso_text_of(result->rule->id),
        .number = result->number,
        .passed = result->passed,
        .given = proviso_text_of(result->given),
        .expected = proviso_text_of(result->expected),
        .actual = proviso_text_of(result->actual),
        .path = proviso_text_of(result->path),
        .line = result->at.line,
    };
    return proviso_fill(out, &whole, sizeof whole, error);
}

/* ---- lint ---- */

struct proviso_lint {
    pv_memory *memory;
    pv_arena *arena;
    pv_lint lint;
};

static bool look(proviso_lint *lint, const proviso_pack *pack, const proviso_result *const *cases, size_t case_count,
                 pv_error *error) {
    if (!lint->arena)
        return pv_fail_memory(error);
    if (!pv_lint_begin(&lint->lint, lint->arena, pack->pack, error))
        return false;
    for (size_t i = 0; i < case_count; i++) {
        if (cases[i]->pack != pack || !cases[i]->checked.submission)
            return pv_fail(error, PV_ERROR_USAGE, "a case is a submission judged by the pack");
        if (!pv_lint_add_case(&lint->lint, cases[i]->checked.submission, &cases[i]->checked.results, error))
            return false;
    }
    return pv_lint_finish(&lint->lint, error);
}

bool proviso_lint_run(const proviso_pack *pack, const proviso_result *const *cases, size_t case_count,
                      proviso_lint **out, proviso_error *error) {
    pv_memory *memory = proviso_memory_of(pack);
    pv_error cause = {0};
    proviso_lint *lint = pv_memory_new(memory, sizeof *lint);
    if (!lint)
        return fail_memory(error);
    lint->memory = memory;
    lint->arena = pv_arena_new(memory);
    if (!look(lint, pack, cases, case_count, &cause)) {
        proviso_lint_free(lint);
        return proviso_fail_with(error, &cause, (pv_str){0});
    }
    *out = lint;
    return true;
}

void proviso_lint_free(proviso_lint *lint) {
    if (!lint)
        return;
    pv_arena_free(lint->arena);
    pv_memory_free(lint->memory, lint, sizeof *lint);
}

size_t proviso_lint_count(const proviso_lint *lint) {
    return lint->lint.findings.count;
}

bool proviso_lint_at(const proviso_lint *lint, size_t index, proviso_remark *out, proviso_error *error) {
    if (index >= lint->lint.findings.count)
        return proviso_fail_index(error);
    const pv_lint_finding *finding = &lint->lint.findings.items[index];
    const pv_lint_kind *kind = pv_lint_kind_of(finding->id);
    pv_position at = pv_source_locate(finding->source, finding->at.start);
    proviso_remark whole = {
        .kind = proviso_text_of(kind->name),
        .level = proviso_level_of(kind->level),
        .rule = proviso_text_of(finding->rule),
        .message = proviso_text_of(finding->message),
        .remedy = proviso_text_of(kind->remedy),
        .path = proviso_text_of(finding->source->path),
        .line = at.line,
        .column = at.column,
    };
    return proviso_fill(out, &whole, sizeof whole, error);
}

/* ---- coverage ---- */

struct proviso_coverage {
    pv_memory *memory;
    pv_arena *arena;
    const pv_pack *pack;
    pv_coverage coverage;
};

static bool begin_coverage(proviso_coverage *coverage, const char *rules, pv_error *error) {
    if (!coverage->arena)
        return pv_fail_memory(error);
    pv_str pattern = pv_arena_copy(coverage->arena, pv_str_from(rules));
    if (!pattern.data)
        return pv_fail_memory(error);
    if (!pv_coverage_begin(&coverage->coverage, coverage->arena, coverage->pack, pattern, error) ||
        !pv_library_record_lines(coverage->pack, error))
        return false;
    for (size_t i = 0; i < coverage->coverage.rule_count; i++) {
        pv_rule_coverage *rule = &coverage->coverage.rules[i];
        if (!pv_library_asked_outcomes(rule->rule, coverage->arena, rule->asked, error))
            return false;
    }
    return true;
}

bool proviso_coverage_new(const proviso_pack *pack, const char *rules, proviso_coverage **out, proviso_error *error) {
    pv_memory *memory = proviso_memory_of(pack);
    pv_error cause = {0};
    proviso_coverage *coverage = pv_memory_new(memory, sizeof *coverage);
    if (!coverage)
        return fail_memory(error);
    coverage->memory = memory;
    coverage->pack = pack->pack;
    coverage->arena = pv_arena_new(memory);
    if (!begin_coverage(coverage, rules, &cause)) {
        proviso_coverage_free(coverage);
        return proviso_fail_with(error, &cause, (pv_str){0});
    }
    *out = coverage;
    return true;
}

void proviso_coverage_free(proviso_coverage *coverage) {
    if (!coverage)
        return;
    pv_arena_free(coverage->arena);
    pv_memory_free(coverage->memory, coverage, sizeof *coverage);
}

void proviso_coverage_add_examples(proviso_coverage *coverage, const proviso_examples *examples) {
    for (size_t i = 0; i < examples->count; i++)
        if (examples->results[i].judged)
            pv_coverage_note(&coverage->coverage, examples->results[i].rule, examples->results[i].state);
}

void proviso_coverage_add_result(proviso_coverage *coverage, const proviso_result *result) {
    pv_coverage_add(&coverage->coverage, &result->checked.results);
}

bool proviso_coverage_take_lines(proviso_coverage *coverage, proviso_error *error) {
    pv_error cause = {0};
    return pv_library_recorded_lines(coverage->pack, coverage->arena, &coverage->coverage.files,
                                     &coverage->coverage.file_count, &cause) ||
           proviso_fail_with(error, &cause, (pv_str){0});
}

size_t proviso_coverage_rule_count(const proviso_coverage *coverage) {
    return coverage->coverage.rule_count;
}

bool proviso_coverage_rule(const proviso_coverage *coverage, size_t index, proviso_rule_coverage *out,
                           proviso_error *error) {
    if (index >= coverage->coverage.rule_count)
        return proviso_fail_index(error);
    const pv_rule_coverage *rule = &coverage->coverage.rules[index];
    proviso_rule_coverage whole = {.rule = proviso_text_of(rule->rule->id)};
    static_assert(sizeof whole.asked == PV_COVERED_STATES, "as many states are covered here as there");
    for (size_t i = 0; i < PV_COVERED_STATES; i++) {
        whole.seen[i] = rule->seen[i];
        whole.asked[i] = rule->asked[i];
    }
    return proviso_fill(out, &whole, sizeof whole, error);
}

static_assert((int)PROVISO_LINE_WITHOUT_CODE == (int)PV_LINE_WITHOUT_CODE &&
                  (int)PROVISO_LINE_MISSED == (int)PV_LINE_MISSED && (int)PROVISO_LINE_RUN == (int)PV_LINE_RUN,
              "lines are marked alike");

size_t proviso_coverage_file_count(const proviso_coverage *coverage) {
    return coverage->coverage.file_count;
}

bool proviso_coverage_file(const proviso_coverage *coverage, size_t index, proviso_file_coverage *out,
                           proviso_error *error) {
    if (index >= coverage->coverage.file_count)
        return proviso_fail_index(error);
    const pv_file_coverage *file = &coverage->coverage.files[index];
    proviso_file_coverage whole = {
        .path = proviso_text_of(file->file->path),
        .lines = file->lines,
        .line_count = file->file->line_count,
    };
    return proviso_fill(out, &whole, sizeof whole, error);
}

/* ---- mutations ---- */

struct proviso_mutations {
    pv_memory *memory;
    pv_arena *arena;
    const proviso_pack *pack;
    const pv_source **sources; /* one per file of the pack */
    pv_mutations all;
};

static bool find_mutations(proviso_mutations *mutations, pv_error *error) {
    const proviso_pack *pack = mutations->pack;
    const pv_limits *limits = pv_library_limits(pack->engine->library);
    if (!mutations->arena)
        return pv_fail_memory(error);
    mutations->all.arena = mutations->arena;
    mutations->sources = PV_NEW_ARRAY(mutations->arena, const pv_source *, pack->file_count);
    if (!mutations->sources)
        return pv_fail_memory(error);
    for (size_t i = 0; i < pack->file_count; i++) {
        pv_source *source;
        if (!pv_source_new(&source, mutations->arena, pack->paths[i], pack->files[i], limits, error))
            return false;
        mutations->sources[i] = source;
    }
    return pv_library_mutations(mutations->sources, pack->file_count, limits, &mutations->all, error);
}

bool proviso_mutations_find(const proviso_pack *pack, proviso_mutations **out, proviso_error *error) {
    pv_memory *memory = proviso_memory_of(pack);
    pv_error cause = {0};
    proviso_mutations *mutations = pv_memory_new(memory, sizeof *mutations);
    if (!mutations)
        return fail_memory(error);
    mutations->memory = memory;
    mutations->pack = pack;
    mutations->arena = pv_arena_new(memory);
    if (!find_mutations(mutations, &cause)) {
        proviso_mutations_free(mutations);
        return proviso_fail_with(error, &cause, (pv_str){0});
    }
    *out = mutations;
    return true;
}

void proviso_mutations_free(proviso_mutations *mutations) {
    if (!mutations)
        return;
    pv_arena_free(mutations->arena);
    pv_memory_free(mutations->memory, mutations, sizeof *mutations);
}

size_t proviso_mutations_count(const proviso_mutations *mutations) {
    return mutations->all.count;
}

bool proviso_mutations_at(const proviso_mutations *mutations, size_t index, proviso_mutation *out,
                          proviso_error *error) {
    if (index >= mutations->all.count)
        return proviso_fail_index(error);
    const pv_mutation *mutation = &mutations->all.items[index];
    const pv_source *source = mutations->sources[mutation->file];
    pv_position at = pv_source_locate(source, mutation->span.start);
    proviso_mutation whole = {
        .name = proviso_text_of(mutations->pack->names[mutation->file]),
        .path = proviso_text_of(source->path),
        .start = mutation->span.start,
        .end = mutation->span.end,
        .line = at.line,
        .column = at.column,
        .original = proviso_text_of(pv_source_slice(source, mutation->span)),
        .replacement = proviso_text_of(mutation->replacement),
    };
    return proviso_fill(out, &whole, sizeof whole, error);
}

typedef struct mutant {
    const proviso_pack *pack;
    const pv_mutation *mutation;
} mutant;

static bool read_mutated(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    const mutant *changed = payload;
    const proviso_pack *pack = changed->pack;
    for (size_t i = 0; i < pack->file_count; i++) {
        if (!pv_str_equal(pack->names[i], name))
            continue;
        *path = pv_arena_copy(arena, pack->paths[i]);
        *bytes = changed->mutation->file == i ? pv_mutation_apply(changed->mutation, pack->files[i], arena)
                                              : pv_arena_copy(arena, pack->files[i]);
        return (path->data && bytes->data) || pv_fail_memory(error);
    }
    return pv_fail(error, PV_ERROR_NOT_FOUND, "there is no such file: %.*s", PV_STR_ARG(name));
}

bool proviso_mutations_open(const proviso_mutations *mutations, size_t index, proviso_engine *engine,
                            const proviso_pack **out, proviso_error *error) {
    if (index >= mutations->all.count)
        return proviso_fail_index(error);
    mutant changed = {mutations->pack, &mutations->all.items[index]};
    return proviso_pack_open_from(engine, read_mutated, &changed, out, error);
}
