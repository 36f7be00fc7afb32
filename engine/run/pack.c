#include "run/pack.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/array.h"
#include "base/glob.h"
#include "base/hash.h"
#include "model/message.h"
#include "model/names.h"
#include "model/shape.h"

/* ---- what it needs of the engine ---- */

/* Numbers with a point between each two: "0.1.0". */
static bool is_version(pv_str text) {
    bool digit = false;
    for (size_t i = 0; i < text.size; i++) {
        bool point = text.data[i] == '.';
        if (point ? !digit : text.data[i] < '0' || text.data[i] > '9')
            return false;
        digit = !point;
    }
    return digit;
}

static bool check_engine(const pv_node *node, pv_str version, pv_error *error) {
    pv_str needed;
    if (!node)
        return true;
    if (!pv_shape_name(node, "the version of proviso", &needed, error))
        return false;
    if (!is_version(needed))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "a version is written like 0.1.0");
    return pv_str_compare_natural(needed, version) <= 0 ||
           pv_fail_at(error, PV_ERROR_REFUSED, node->span, "the pack needs proviso %.*s or later, but this is %.*s",
                      PV_STR_ARG(needed), PV_STR_ARG(version));
}

static bool check_rules_api(const pv_node *node, pv_arena *arena, pv_error *error) {
    uint32_t needed;
    if (!node)
        return true;
    if (!pv_shape_count(arena, node, "rules_api", &needed, error))
        return false;
    return needed == PV_RULES_API || pv_fail_at(error, PV_ERROR_REFUSED, node->span,
                                                "the pack is written for version %" PRIu32
                                                " of the rule language, but this proviso has version %d",
                                                needed, PV_RULES_API);
}

/* Whether it is a yes or a no; which of them, the manifest keeps (read_requires). */
static bool check_as_of(const pv_node *node, pv_arena *arena, pv_error *error) {
    bool needed;
    return !node || pv_shape_boolean(arena, node, "as_of", &needed, error);
}

bool pv_requirements_check(const pv_document *manifest, pv_arena *arena, pv_str version, pv_error *error) {
    enum { NEEDS_PROVISO, NEEDS_RULES_API, NEEDS_AS_OF, NEEDS_COUNT };
    static const pv_str keys[NEEDS_COUNT] = {PV_STR("proviso"), PV_STR("rules_api"), PV_STR("as_of")};
    static const pv_shape shape = {"requires", keys, NEEDS_COUNT, 0};
    const pv_node *parts[NEEDS_COUNT];
    const pv_node *node = pv_node_get(manifest->root, PV_STR("requires"));
    return !node ||
           (pv_shape_read(&shape, node, parts, error) && check_engine(parts[NEEDS_PROVISO], version, error) &&
            check_rules_api(parts[NEEDS_RULES_API], arena, error) && check_as_of(parts[NEEDS_AS_OF], arena, error));
}

/* ---- the manifest ---- */

static const pv_str manifest_keys[] = {PV_STR("pack"),       PV_STR("version"),    PV_STR("title"),
                                       PV_STR("form"),       PV_STR("rules"),      PV_STR("levels"),
                                       PV_STR("effective"),  PV_STR("supersedes"), PV_STR("requires"),
                                       PV_STR("parameters"), PV_STR("retired"),    PV_STR("settled")};
enum {
    MANIFEST_PACK,
    MANIFEST_VERSION,
    MANIFEST_TITLE,
    MANIFEST_FORM,
    MANIFEST_RULES,
    MANIFEST_LEVELS,
    MANIFEST_EFFECTIVE,
    MANIFEST_SUPERSEDES,
    MANIFEST_REQUIRES,
    MANIFEST_PARAMETERS,
    MANIFEST_RETIRED,
    MANIFEST_SETTLED,
    MANIFEST_KEY_COUNT
};

static const char *const mode_names[PV_MODE_COUNT] = {
    [PV_MODE_DRAFT] = "draft",
    [PV_MODE_SUBMISSION] = "submission",
    [PV_MODE_GATE] = "gate",
};

const char *pv_mode_name(pv_mode mode) {
    return mode_names[mode];
}

bool pv_mode_from_name(pv_str name, pv_mode *out) {
    for (size_t mode = 0; mode < PV_MODE_COUNT; mode++)
        if (pv_str_equal(name, pv_str_from(mode_names[mode]))) {
            *out = (pv_mode)mode;
            return true;
        }
    return false;
}

/* A pack is one folder: a path that leaves it, on any system, is refused here, before a command opens it. */
static bool stays_inside(pv_str path) {
    size_t start = 0;
    for (size_t i = 0; i <= path.size; i++) {
        if (i < path.size && (path.data[i] == '\\' || path.data[i] == ':'))
            return false;
        if (i < path.size && path.data[i] != '/')
            continue;
        pv_str part = pv_str_slice(path, start, i);
        if (part.size == 0 || pv_str_equal(part, PV_STR(".")) || pv_str_equal(part, PV_STR("..")))
            return false;
        start = i + 1;
    }
    return true;
}

static bool read_path(const pv_node *node, const char *what, pv_str *out, pv_error *error) {
    if (!pv_shape_name(node, what, out, error))
        return false;
    return stays_inside(*out) ||
           pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s must be a path inside the pack's folder, not '%s'", what,
                      pv_message_quote(*out).text);
}

static bool read_rule_files(pv_manifest *manifest, pv_arena *arena, const pv_node *list, pv_error *error) {
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "rules", error))
        return false;
    if (list->count == 0)
        return pv_fail_at(error, PV_ERROR_SHAPE, list->span, "a pack needs rules: name a file of them here");
    manifest->rules_at = list->span;
    pv_str *files = PV_NEW_ARRAY(arena, pv_str, list->count);
    if (!files)
        return pv_fail_memory(error);
    for (const pv_node *node = list->first; node; node = node->next)
        if (!read_path(node, "a rule file", &files[node->index], error))
            return false;
    manifest->rule_files = files;
    manifest->rule_file_count = list->count;
    pv_names names;
    size_t repeated;
    if (!pv_names_index(&names, arena, files, list->count, &repeated, error))
        return false;
    if (repeated == SIZE_MAX)
        return true;
    return pv_fail_at(error, PV_ERROR_SHAPE, pv_shape_element(list, repeated)->span, "the rule file %s is there twice",
                      pv_message_quote(files[repeated]).text);
}

static bool read_level(const pv_node *node, pv_level *out, pv_error *error) {
    pv_str names[PV_LEVEL_ERROR + 1];
    for (size_t level = 0; level <= PV_LEVEL_ERROR; level++)
        names[level] = pv_str_from(pv_level_name((pv_level)level));
    size_t position;
    if (!pv_shape_choice(node, "a level", names, PV_LEVEL_ERROR + 1, &position, error))
        return false;
    *out = (pv_level)position;
    return true;
}

static bool read_mode_levels(const pv_node *rules, pv_mode mode, pv_level_setting *settings, size_t *count,
                             pv_error *error) {
    if (!pv_shape_expect(rules, PV_NODE_MAPPING, "the levels of a mode", error))
        return false;
    for (const pv_node *node = rules->first; node; node = node->next) {
        pv_level_setting *setting = &settings[*count];
        *setting = (pv_level_setting){.mode = mode, .rule = pv_node_value(node->key), .at = node->key->span};
        if (!read_level(node, &setting->level, error))
            return false;
        (*count)++;
    }
    return true;
}

static bool read_levels(pv_manifest *manifest, pv_arena *arena, const pv_node *node, pv_error *error) {
    pv_str modes[PV_MODE_COUNT];
    for (size_t mode = 0; mode < PV_MODE_COUNT; mode++)
        modes[mode] = pv_str_from(mode_names[mode]);
    const pv_shape shape = {"levels", modes, PV_MODE_COUNT, 0};
    const pv_node *by_mode[PV_MODE_COUNT];
    if (!pv_shape_read(&shape, node, by_mode, error))
        return false;
    size_t room = 0;
    for (size_t mode = 0; mode < PV_MODE_COUNT; mode++)
        room += by_mode[mode] ? by_mode[mode]->count : 0;
    pv_level_setting *settings = PV_NEW_ARRAY(arena, pv_level_setting, room);
    if (!settings)
        return pv_fail_memory(error);
    manifest->levels = settings;
    for (size_t mode = 0; mode < PV_MODE_COUNT; mode++)
        if (by_mode[mode] && !read_mode_levels(by_mode[mode], (pv_mode)mode, settings, &manifest->level_count, error))
            return false;
    return true;
}

static bool read_effective(pv_manifest *manifest, pv_arena *arena, const pv_node *node, pv_error *error) {
    enum { EFFECTIVE_FROM, EFFECTIVE_TO, EFFECTIVE_KEY_COUNT };
    static const pv_str keys[EFFECTIVE_KEY_COUNT] = {PV_STR("from"), PV_STR("to")};
    static const pv_shape shape = {"effective", keys, EFFECTIVE_KEY_COUNT, 0};
    const pv_node *part[EFFECTIVE_KEY_COUNT];
    if (!pv_shape_read(&shape, node, part, error))
        return false;
    manifest->has_from = part[EFFECTIVE_FROM];
    manifest->has_to = part[EFFECTIVE_TO];
    if (manifest->has_from && !pv_shape_date(arena, part[EFFECTIVE_FROM], "the day", &manifest->from, error))
        return false;
    if (manifest->has_to && !pv_shape_date(arena, part[EFFECTIVE_TO], "the day", &manifest->to, error))
        return false;
    if (part[EFFECTIVE_FROM] && part[EFFECTIVE_TO] && pv_date_compare(manifest->from, manifest->to) > 0)
        return pv_fail_at(error, PV_ERROR_SHAPE, part[EFFECTIVE_TO]->span, "the last day is before the first");
    return true;
}

static bool read_supersedes(pv_manifest *manifest, pv_arena *arena, const pv_node *list, pv_error *error) {
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "supersedes", error))
        return false;
    pv_superseded *packs = PV_NEW_ARRAY(arena, pv_superseded, list->count);
    if (!packs)
        return pv_fail_memory(error);
    for (const pv_node *node = list->first; node; node = node->next) {
        packs[node->index].at = node->span;
        if (!pv_shape_name(node, "a pack's id", &packs[node->index].pack, error))
            return false;
    }
    manifest->supersedes = packs;
    manifest->supersedes_count = list->count;
    return true;
}

/* The rest of it was held to before (pv_requirements_check). */
static bool read_requires(pv_manifest *manifest, pv_arena *arena, const pv_node *node, pv_error *error) {
    const pv_node *as_of = pv_node_get(node, PV_STR("as_of"));
    return !as_of || pv_shape_boolean(arena, as_of, "as_of", &manifest->needs_day, error);
}

static bool read_retired(pv_manifest *manifest, pv_arena *arena, const pv_node *rules, pv_error *error) {
    if (!pv_shape_expect(rules, PV_NODE_MAPPING, "retired", error))
        return false;
    pv_retired *retired = PV_NEW_ARRAY(arena, pv_retired, rules->count);
    if (!retired)
        return pv_fail_memory(error);
    for (const pv_node *node = rules->first; node; node = node->next) {
        retired[node->index] = (pv_retired){.rule = pv_node_value(node->key), .at = node->span};
        if (!pv_shape_name(node, "the rule that stands for it", &retired[node->index].by, error))
            return false;
    }
    manifest->retired = retired;
    manifest->retired_count = rules->count;
    return true;
}

static bool read_settled(pv_manifest *manifest, pv_arena *arena, const pv_node *list, pv_error *error) {
    enum { SETTLED_REMARK, SETTLED_AT, SETTLED_REASON, SETTLED_WORDS, SETTLED_KEY_COUNT };
    static const pv_str keys[SETTLED_KEY_COUNT] = {PV_STR("remark"), PV_STR("at"), PV_STR("reason"), PV_STR("words")};
    static const pv_shape shape = {"a settled remark", keys, SETTLED_KEY_COUNT, SETTLED_WORDS};
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "settled", error))
        return false;
    pv_settled *settled = PV_NEW_ARRAY(arena, pv_settled, list->count);
    if (!settled)
        return pv_fail_memory(error);
    for (const pv_node *node = list->first; node; node = node->next) {
        const pv_node *part[SETTLED_KEY_COUNT];
        pv_settled *out = &settled[node->index];
        if (!pv_shape_read(&shape, node, part, error) ||
            !pv_shape_name(part[SETTLED_REMARK], "the remark", &out->remark, error) ||
            !pv_shape_name(part[SETTLED_AT], "where the remark is made", &out->where, error) ||
            !pv_shape_prose(arena, part[SETTLED_REASON], "the reason", &out->reason, error) ||
            (part[SETTLED_WORDS] && !pv_shape_prose(arena, part[SETTLED_WORDS], "the words", &out->words, error)))
            return false;
        out->at = part[SETTLED_REMARK]->span;
    }
    manifest->settled = settled;
    manifest->settled_count = list->count;
    return true;
}

/* The parts that may be left out. */
static bool read_options(pv_manifest *manifest, pv_arena *arena, const pv_node *const *part, pv_error *error) {
    return (!part[MANIFEST_LEVELS] || read_levels(manifest, arena, part[MANIFEST_LEVELS], error)) &&
           (!part[MANIFEST_EFFECTIVE] || read_effective(manifest, arena, part[MANIFEST_EFFECTIVE], error)) &&
           (!part[MANIFEST_SUPERSEDES] || read_supersedes(manifest, arena, part[MANIFEST_SUPERSEDES], error)) &&
           (!part[MANIFEST_REQUIRES] || read_requires(manifest, arena, part[MANIFEST_REQUIRES], error)) &&
           (!part[MANIFEST_RETIRED] || read_retired(manifest, arena, part[MANIFEST_RETIRED], error)) &&
           (!part[MANIFEST_SETTLED] || read_settled(manifest, arena, part[MANIFEST_SETTLED], error)) &&
           (!part[MANIFEST_PARAMETERS] ||
            pv_settings_read(&manifest->parameters, manifest->source, part[MANIFEST_PARAMETERS], error));
}

bool pv_manifest_build(pv_manifest **out, pv_arena *arena, const pv_document *document, pv_error *error) {
    static const pv_shape shape = {"a pack", manifest_keys, MANIFEST_KEY_COUNT, MANIFEST_LEVELS};
    const pv_node *part[MANIFEST_KEY_COUNT];
    pv_manifest *manifest = PV_NEW(arena, pv_manifest);
    if (!manifest)
        return pv_fail_memory(error);
    manifest->source = document->source;
    if (!pv_shape_read(&shape, document->root, part, error) ||
        !pv_shape_name(part[MANIFEST_PACK], "the pack's id", &manifest->id, error) ||
        !pv_shape_name(part[MANIFEST_VERSION], "the pack's version", &manifest->version, error) ||
        !pv_shape_prose(arena, part[MANIFEST_TITLE], "the pack's title", &manifest->title, error) ||
        !read_path(part[MANIFEST_FORM], "the form", &manifest->form_file, error) ||
        !read_rule_files(manifest, arena, part[MANIFEST_RULES], error) || !read_options(manifest, arena, part, error))
        return false;
    *out = manifest;
    return true;
}

/* ---- the whole ---- */

pv_str pv_manifest_file(const pv_manifest *manifest, size_t index) {
    if (index == 0)
        return PV_STR("pack.yaml");
    return index == 1 ? manifest->form_file : manifest->rule_files[index - 2];
}

static bool keep_files(pv_pack *pack, const pv_pack_parts *parts, pv_arena *arena, pv_error *error) {
    pv_pack_file *files = PV_NEW_ARRAY(arena, pv_pack_file, parts->file_count);
    if (!files)
        return pv_fail_memory(error);
    for (size_t i = 0; i < parts->file_count; i++)
        files[i] = (pv_pack_file){pv_manifest_file(parts->manifest, i), parts->files[i]};
    pack->files = files;
    pack->file_count = parts->file_count;
    if (parts->sha256)
        memcpy(pack->sha256, parts->sha256, sizeof pack->sha256);
    else
        pv_hash_sha256(parts->files, parts->file_count, pack->sha256);
    return true;
}

/* What the manifest says of rules that are no more, for whoever looks for one of them. */
static bool set_retired(pv_ruleset *ruleset, const pv_manifest *manifest, pv_error *error) {
    for (size_t i = 0; i < manifest->retired_count; i++) {
        const pv_retired *retired = &manifest->retired[i];
        if (!pv_rule_require(ruleset, retired->by, retired->at, error))
            return false;
        if (pv_rule_find(ruleset, retired->rule))
            return pv_fail_at(error, PV_ERROR_SHAPE, retired->at, "the rule %s is still in the pack",
                              pv_message_quote(retired->rule).text);
    }
    ruleset->retired = manifest->retired;
    ruleset->retired_count = manifest->retired_count;
    return true;
}

bool pv_rule_judges(const pv_rule *rule, const pv_condition *condition) {
    pv_problem_kind ignored;
    bool judges = false;
    for (size_t i = 0; !judges && i < rule->judges_count; i++)
        judges = pv_glob_matches(rule->judges[i], condition->address);
    return judges && !pv_condition_is_structural(condition, &ignored);
}

static bool find_judges(pv_judges *out, const pv_condition *condition, const pv_ruleset *ruleset, pv_arena *arena,
                        pv_error *error) {
    PV_ARRAY(const pv_rule *) found = {0};
    for (size_t i = 0; i < ruleset->rule_count; i++) {
        if (!pv_rule_judges(&ruleset->rules[i], condition))
            continue;
        const pv_rule **added = PV_ARRAY_ADD(arena, &found);
        if (!added)
            return pv_fail_memory(error);
        *added = &ruleset->rules[i];
    }
    *out = (pv_judges){found.items, found.count};
    return true;
}

static bool set_judges(pv_pack *pack, pv_arena *arena, pv_error *error) {
    const pv_form *form = pack->form;
    pv_judges *judges = PV_NEW_ARRAY(arena, pv_judges, form->condition_count);
    if (!judges)
        return pv_fail_memory(error);
    for (size_t i = 0; i < form->condition_count; i++)
        if (!find_judges(&judges[i], &form->conditions[i], pack->ruleset, arena, error))
            return false;
    pack->judges = judges;
    return true;
}

bool pv_pack_assemble(pv_pack *out, const pv_pack_parts *parts, pv_arena *arena, pv_error *error) {
    const pv_manifest *manifest = parts->manifest;
    if (!set_retired(parts->ruleset, manifest, error))
        return false;
    for (size_t i = 0; i < manifest->level_count; i++)
        if (!pv_rule_require(parts->ruleset, manifest->levels[i].rule, manifest->levels[i].at, error))
            return false;
    if (!pv_settings_apply(&manifest->parameters, PV_PARAMETER_OF_PACK, parts->ruleset, arena, error))
        return false;
    *out = (pv_pack){.manifest = manifest, .form = parts->form, .ruleset = parts->ruleset};
    out->has_as_of = parts->as_of;
    if (out->has_as_of)
        out->as_of = *parts->as_of;
    return set_judges(out, arena, error) && keep_files(out, parts, arena, error);
}

const pv_rule *pv_pack_rule_at(const pv_pack *pack, size_t index) {
    const unsigned built_in = pv_built_ins_of(pack->form);
    for (pv_built_in which = 0; which < PV_BUILT_IN_COUNT; which++)
        if (built_in >> which & 1 && index-- == 0)
            return pv_built_in_rule(which);
    return index < pack->ruleset->rule_count ? &pack->ruleset->rules[index] : NULL;
}

pv_judges pv_pack_judges(const pv_pack *pack, size_t condition) {
    if (!pack->judges)
        return (pv_judges){0};
    return pack->judges[condition];
}

pv_level pv_pack_level(const pv_pack *pack, const pv_rule *rule, pv_mode mode) {
    for (size_t i = 0; i < pack->manifest->level_count; i++) {
        const pv_level_setting *setting = &pack->manifest->levels[i];
        if (setting->mode == mode && pv_str_equal(setting->rule, rule->id))
            return setting->level;
    }
    return rule->level;
}

/* ---- which pack judges ---- */

static bool in_effect(const pv_manifest *pack, const pv_date *day) {
    return !day || ((!pack->has_from || pv_date_compare(pack->from, *day) <= 0) &&
                    (!pack->has_to || pv_date_compare(*day, pack->to) <= 0));
}

static bool supersedes(const pv_manifest *pack, pv_str id) {
    for (size_t i = 0; i < pack->supersedes_count; i++)
        if (pv_str_equal(pack->supersedes[i].pack, id))
            return true;
    return false;
}

/* Whether one of the packs in effect supersedes the index-th. */
static bool is_superseded(const pv_manifest *const *packs, size_t count, size_t index, const pv_date *day) {
    for (size_t i = 0; i < count; i++)
        if (i != index && in_effect(packs[i], day) && supersedes(packs[i], packs[index]->id))
            return true;
    return false;
}

/* " on 2023-07-01", or nothing. */
static void describe_day(const pv_date *day, pv_quote *out) {
    *out = (pv_quote){""};
    if (day)
        (void)snprintf(out->text, sizeof out->text, " on %04d-%02d-%02d", day->year, day->month, day->day);
}

/* What a pack is called beside another: its id, or where both have one id its manifest. */
static pv_quote name_of(const pv_manifest *pack, const pv_manifest *other) {
    return pv_message_quote(pv_str_equal(pack->id, other->id) ? pack->source->path : pack->id);
}

bool pv_succession_choose(const pv_manifest *const *packs, size_t count, pv_str form_id, const pv_date *day,
                          size_t *out, pv_error *error) {
    size_t any = SIZE_MAX;
    size_t left = SIZE_MAX;
    pv_quote when;
    describe_day(day, &when);
    for (size_t i = 0; i < count; i++) {
        if (!in_effect(packs[i], day))
            continue;
        any = i;
        if (is_superseded(packs, count, i, day))
            continue;
        if (left != SIZE_MAX)
            return pv_fail(error, PV_ERROR_USAGE, "the packs %s and %s both judge the form %s%s; %s",
                           name_of(packs[left], packs[i]).text, name_of(packs[i], packs[left]).text,
                           pv_message_quote(form_id).text, when.text,
                           day ? "say which with --pack" : "say the day with --as-of, or the pack with --pack");
        left = i;
    }
    if (any == SIZE_MAX)
        return pv_fail(error, PV_ERROR_NOT_FOUND, "no pack that judges the form %s is in effect%s",
                       pv_message_quote(form_id).text, when.text);
    *out =
        left == SIZE_MAX ? any : left; /* all superseded: each by way of a circle, which is refused when it is opened */
    return true;
}

static size_t index_of(const pv_manifest *const *packs, size_t count, pv_str id) {
    size_t index = 0;
    while (index < count && !pv_str_equal(packs[index]->id, id))
        index++;
    return index;
}

/* Marks all packs that the one called id supersedes, one after the other, and itself. reached is for count packs. */
static void reach(const pv_manifest *const *packs, size_t count, pv_str id, bool *reached) {
    size_t start = index_of(packs, count, id);
    bool more = start < count;
    if (more)
        reached[start] = true;
    while (more) {
        more = false;
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; reached[i] && j < packs[i]->supersedes_count; j++) {
                size_t next = index_of(packs, count, packs[i]->supersedes[j].pack);
                if (next < count && !reached[next])
                    more = reached[next] = true;
            }
    }
}

bool pv_succession_check(const pv_manifest *pack, const pv_manifest *const *packs, size_t count, pv_arena *arena,
                         pv_error *error) {
    size_t own = index_of(packs, count, pack->id);
    for (size_t i = 0; i < pack->supersedes_count; i++) {
        pv_str id = pack->supersedes[i].pack;
        bool *reached = PV_NEW_ARRAY(arena, bool, count);
        if (!reached)
            return pv_fail_memory(error);
        reach(packs, count, id, reached);
        if (own == count || !reached[own])
            continue;
        if (pv_str_equal(id, pack->id))
            return pv_fail_at(error, PV_ERROR_SHAPE, pack->supersedes[i].at, "a pack cannot supersede itself");
        return pv_fail_at(error, PV_ERROR_SHAPE, pack->supersedes[i].at,
                          "a pack cannot supersede %s, which supersedes it in turn", pv_message_quote(id).text);
    }
    return true;
}
