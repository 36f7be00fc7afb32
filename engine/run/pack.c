#include "run/pack.h"

#include "base/hash.h"
#include "run/rule_lookup.h"

/* The name of the index-th file that a pack is read from. */
static pv_str file_name(const pv_manifest *manifest, size_t index) {
    if (index == 0)
        return PV_STR("pack.yaml");
    return index == 1 ? manifest->form_file : manifest->rule_files[index - 2];
}

static bool hash_files(pv_pack *pack, const pv_pack_parts *parts, pv_arena *arena, pv_error *error) {
    pv_pack_file *files = PV_NEW_ARRAY(arena, pv_pack_file, parts->file_count);
    if (!files)
        return pv_fail_memory(error);
    for (size_t i = 0; i < parts->file_count; i++) {
        files[i].name = file_name(parts->manifest, i);
        pv_hash_sha256(&parts->files[i], 1, files[i].sha256);
    }
    pack->files = files;
    pack->file_count = parts->file_count;
    pv_hash_sha256(parts->files, parts->file_count, pack->sha256);
    return true;
}

bool pv_pack_assemble(pv_pack *out, const pv_pack_parts *parts, pv_arena *arena, pv_error *error) {
    const pv_manifest *manifest = parts->manifest;
    for (size_t i = 0; i < manifest->level_count; i++)
        if (!pv_rule_require(parts->ruleset, manifest->levels[i].rule, manifest->levels[i].at, error))
            return false;
    if (!pv_settings_apply(&manifest->parameters, PV_PARAMETER_OF_PACK, parts->ruleset, arena, error))
        return false;
    *out = (pv_pack){.manifest = manifest, .form = parts->form, .ruleset = parts->ruleset};
    out->has_as_of = parts->as_of != NULL;
    if (out->has_as_of)
        out->as_of = *parts->as_of;
    return hash_files(out, parts, arena, error);
}

pv_level pv_pack_level(const pv_pack *pack, const pv_rule *rule, pv_mode mode) {
    for (size_t i = 0; i < pack->manifest->level_count; i++) {
        const pv_level_setting *setting = &pack->manifest->levels[i];
        if (setting->mode == mode && pv_str_equal(setting->rule, rule->id))
            return setting->level;
    }
    return rule->level;
}
