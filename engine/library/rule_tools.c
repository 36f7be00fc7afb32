/* What is asked of rules besides judging submissions by them, passed on to the one rule host there is. */
#include "library/library.h"
#include "lua/authoring/authoring.h"
#include "lua/ruleset/lua_ruleset.h"
#include "text/pattern.h"

bool pv_library_run_examples(const pv_pack *pack, pv_str rule_pattern, pv_arena *arena, const pv_example_result **out,
                             size_t *count, pv_error *error) {
    return pv_lua_run_examples(pack->ruleset, rule_pattern, arena, out, count, error);
}

bool pv_library_record_lines(const pv_pack *pack, pv_error *error) {
    return pv_lua_record_lines(pack->ruleset, error);
}

bool pv_library_recorded_lines(const pv_pack *pack, pv_arena *arena, const pv_file_coverage **out, size_t *count,
                               pv_error *error) {
    return pv_lua_recorded_lines(pack->ruleset, arena, out, count, error);
}

bool pv_library_asked_outcomes(const pv_rule *rule, pv_arena *scratch, bool asked[PV_COVERED_STATES], pv_error *error) {
    return pv_declaration_outcomes(rule, scratch, asked, error);
}

bool pv_library_describe_language(pv_language *out, pv_arena *arena, pv_error *error) {
    return pv_lua_describe(out, arena, error);
}

const char *pv_library_no_machine_code(void) {
    return pv_pattern_no_machine_code();
}

/* ---- mutations ---- */

typedef struct rule_texts {
    pv_lexemes *lexemes; /* one per rule file */
    size_t count;
} rule_texts;

static bool is_read(void *payload, pv_str key) {
    const rule_texts *texts = payload;
    /* The vocabulary reads these for the rules: phrases(table) and mentions(text, row). */
    if (pv_str_equal(key, PV_STR("aliases")))
        return true;
    for (size_t i = 0; i < texts->count; i++)
        if (pv_lua_reads_name(&texts->lexemes[i], key))
            return true;
    return false;
}

bool pv_library_mutations(const pv_source *const *files, size_t count, pv_mutations *out, pv_error *error) {
    const pv_source *const *rule_files = files + PV_PACK_FILE_FIRST_RULES;
    rule_texts texts = {.count = count - PV_PACK_FILE_FIRST_RULES};
    texts.lexemes = PV_NEW_ARRAY(out->arena, pv_lexemes, texts.count);
    if (!texts.lexemes)
        return pv_fail_memory(error);
    for (size_t i = 0; i < texts.count; i++)
        if (!pv_lexemes_read(&texts.lexemes[i], out->arena, rule_files[i], error))
            return false;
    for (size_t i = 0; i < texts.count; i++)
        if (!pv_lua_mutations(out, PV_PACK_FILE_FIRST_RULES + i, &texts.lexemes[i], error))
            return false;
    return pv_mutations_of_form(out, PV_PACK_FILE_FORM, files[PV_PACK_FILE_FORM]->bytes, is_read, &texts, error);
}
