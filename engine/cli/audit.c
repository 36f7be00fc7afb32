#include "cli/audit.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/limits.h"
#include "cli/build_info.h"
#include "cli/posix_host.h"

#define LIBRARY(name, version) {(name), (version)},
static const char *const libraries[][2] = {PV_BUILT_WITH(LIBRARY)};

/* ---- names ---- */

/* How much of both is the same folders. Both are absolute and without links or dots. */
static size_t common_folders(const char *one, const char *other) {
    size_t common = 0;
    size_t i = 0;
    for (; one[i] != '\0' && one[i] == other[i]; i++)
        if (one[i] == '/')
            common = i;
    if ((one[i] == '\0' || one[i] == '/') && (other[i] == '\0' || other[i] == '/'))
        common = i;
    return common;
}

/* What folder is called from base: "", "../" or "../filings/". */
static void write_way(pv_buf *out, const char *base, const char *folder) {
    size_t common = common_folders(base, folder);
    for (const char *rest = base + common; *rest != '\0'; rest++)
        if (*rest == '/' && rest[1] != '\0')
            pv_buf_append_text(out, "../");
    const char *rest = folder + common;
    while (*rest == '/')
        rest++;
    pv_buf_append_text(out, rest);
    if (*rest != '\0')
        pv_buf_append_char(out, '/');
}

/* The file itself may be a link: it is called by its own name. A folder that is gone has no place; its file keeps its
 * name. */
pv_str pv_audit_name(pv_arena *arena, pv_str folder, pv_str path) {
    char whole[PATH_MAX];
    pv_str above = pv_arena_copy(arena, pv_path_folder(path));
    pv_buf out = pv_buf_on(pv_arena_memory(arena));
    pv_str name = {0};
    if (!above.data)
        return name;
    if (realpath(above.data, whole))
        write_way(&out, folder.data, whole);
    pv_buf_append(&out, pv_path_name(path));
    if (!out.failed)
        name = pv_arena_copy(arena, pv_buf_str(&out));
    pv_buf_clear(&out);
    return name;
}

static pv_str name_file(void *payload, pv_arena *arena, pv_str path) {
    const pv_audit *audit = payload;
    return pv_str_equal(path, PV_STANDARD_INPUT) ? PV_STANDARD_INPUT : pv_audit_name(arena, audit->base, path);
}

/* A folder, by the way to it: "." where the record stands. */
static pv_str name_folder(const pv_audit *audit, pv_str folder) {
    char whole[PATH_MAX];
    pv_str copy = pv_arena_copy(audit->arena, folder);
    pv_buf out = pv_buf_on(pv_arena_memory(audit->arena));
    pv_str name = {0};
    if (!copy.data)
        return name;
    if (realpath(copy.data, whole))
        write_way(&out, audit->base.data, whole);
    if (!out.failed && out.size > 0)
        name = pv_arena_copy(audit->arena, pv_str_slice(pv_buf_str(&out), 0, out.size - 1));
    else if (!out.failed)
        name = PV_STR(".");
    pv_buf_clear(&out);
    return name;
}

static void hash_file(void *payload, pv_str path, char out[65]) {
    const pv_audit *audit = payload;
    pv_buf bytes = pv_buf_on(pv_arena_memory(audit->arena));
    pv_error error = {0};
    pv_str whole;
    out[0] = '\0';
    if (!pv_str_equal(path, audit->unread) && pv_host_read(pv_posix_host(), &bytes, path, audit->limit, &error)) {
        whole = pv_buf_str(&bytes);
        pv_hash_sha256(&whole, 1, out);
    }
    pv_buf_clear(&bytes);
}

/* ---- what the run depends on ---- */

/* A record must not take the place of what the run reads, or of a report. */
static bool spare_others(const pv_audit_setting *setting, pv_error *error) {
    const pv_options *options = setting->options;
    const pv_file_list *files = setting->files;
    const pv_str gate[] = {setting->waivers, setting->baseline};
    pv_str record = options->record;
    if (pv_str_equal(record, PV_STANDARD_INPUT) || pv_host_is_folder(pv_posix_host(), record))
        return pv_fail(error, PV_ERROR_USAGE, "--record needs the name of a file, not '%s'", record.data);
    for (size_t i = 0; i < options->format_count; i++)
        if (options->formats[i].file && strcmp(options->formats[i].file, record.data) == 0)
            return pv_fail(error, PV_ERROR_USAGE, "the record and a report cannot go to one file, %s", record.data);
    for (size_t i = 0; pv_host_exists(pv_posix_host(), record) && i < files->count; i++)
        if (pv_host_is_same(pv_posix_host(), record, files->files[i].path))
            return pv_fail(error, PV_ERROR_USAGE, "--record %s would overwrite what is to be checked", record.data);
    for (size_t i = 0; i < sizeof gate / sizeof *gate; i++)
        if (gate[i].size > 0 && pv_host_is_same(pv_posix_host(), record, gate[i]))
            return pv_fail(error, PV_ERROR_USAGE, "--record %s would overwrite the %s", record.data,
                           i == 0 ? "waivers" : "baseline");
    return true;
}

static bool list_inputs(pv_audit *audit, const pv_file_list *files, pv_error *error) {
    pv_audit_input *inputs = PV_NEW_ARRAY(audit->arena, pv_audit_input, files->count);
    if (!inputs)
        return pv_fail_memory(error);
    for (size_t i = 0; i < files->count; i++)
        inputs[i].path = files->files[i].path;
    audit->facts.inputs = inputs;
    audit->facts.input_count = files->count;
    return true;
}

/* ---- the surroundings, as JSON ---- */

/* What a writer is given to name files by. */
typedef struct describing {
    pv_audit *audit;
    const pv_audit_setting *setting;
    pv_json json;
} describing;

static pv_str named(describing *all, pv_str path) {
    pv_str name = path.size > 0 ? name_file(all->audit, all->audit->arena, path) : path;
    all->json.out->failed |= path.size > 0 && !name.data;
    return name;
}

static void write_file(describing *all, pv_str name, pv_str path) {
    char sha256[65];
    hash_file(all->audit, path, sha256);
    pv_json_file(&all->json, name, sha256);
}

static void write_file_or_none(describing *all, const char *key, pv_str path) {
    pv_json_key(&all->json, key);
    if (path.size > 0)
        write_file(all, named(all, path), path);
    else
        pv_json_null(&all->json);
}

static pv_str lock_of(const pv_config *config) {
    return config->lock ? config->lock->source->path : (pv_str){0};
}

/* A configuration, or a lock file. */
typedef struct other_file {
    pv_str name;
    pv_str path;
} other_file;

/* Keeps the others in byte order, whatever file each was met with first. */
static void insert_other(describing *all, other_file *others, size_t *count, pv_str path) {
    const other_file added = {named(all, path), path};
    size_t at = *count;
    if (path.size == 0)
        return;
    for (; at > 0 && pv_str_compare(others[at - 1].name, added.name) > 0; at--)
        others[at] = others[at - 1];
    others[at] = added;
    ++*count;
}

static size_t met_before(const pv_config *const *met, size_t count, const pv_config *config) {
    size_t at = count;
    while (at > 0 && met[at - 1] != config)
        at--;
    return at;
}

/* The configurations that are nearest to some of the files, and not the run's, and their lock files. */
static void write_others(describing *all) {
    const pv_file_list *files = all->setting->files;
    other_file *others = PV_NEW_ARRAY(all->audit->arena, other_file, 2 * files->count);
    const pv_config **met = PV_NEW_ARRAY(all->audit->arena, const pv_config *, files->count + 1);
    size_t met_count = 0;
    size_t count = 0;
    all->json.out->failed |= !others || !met;
    if (!others || !met)
        return;
    met[met_count++] = all->setting->nearest->of;
    for (size_t i = 0; i < files->count; i++) {
        pv_fault ignored; /* it was there before */
        const pv_profile *profile = pv_project_profile_of(all->setting->project, files->files[i].path, &ignored);
        if (!profile || met_before(met, met_count, profile->of) > 0)
            continue;
        met[met_count++] = profile->of;
        insert_other(all, others, &count, profile->of->path);
        insert_other(all, others, &count, lock_of(profile->of));
    }
    pv_json_key(&all->json, "others");
    pv_json_array_begin(&all->json);
    for (size_t i = 0; i < count; i++)
        write_file(all, others[i].name, others[i].path);
    pv_json_array_end(&all->json);
}

static void write_engine(describing *all) {
    pv_json *json = &all->json;
    pv_json_key(json, "engine");
    pv_json_object_begin(json);
    pv_json_member(json, "version", PV_STR(PV_VERSION));
    pv_json_key(json, "built_with");
    pv_json_object_begin(json);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
        pv_json_member(json, libraries[i][0], pv_str_from(libraries[i][1]));
    pv_json_object_end(json);
    pv_json_object_end(json);
}

/* An id as it stands; a folder as the record names files, and never so that it could be taken for an id. */
static pv_str name_pack(describing *all, pv_str pack) {
    if (pack.size == 0 || !pv_host_is_folder(pv_posix_host(), pack))
        return pack;
    while (pack.size > 1 && pack.data[pack.size - 1] == '/')
        pack.size--;
    pv_str path = pv_arena_copy(all->audit->arena, pack);
    pv_str name = named(all, path);
    if (pv_str_find(name, PV_STR("/"), 0) == SIZE_MAX)
        name = pv_arena_format(all->audit->arena, "./%.*s", PV_STR_ARG(name));
    all->json.out->failed |= !path.data || !name.data;
    return name;
}

/* What stood on the command line. */
static void write_options(describing *all) {
    pv_json *json = &all->json;
    const pv_audit_setting *setting = all->setting;
    const pv_options *options = setting->options;
    const pv_config_values *asked = &options->asked;
    const char *mode = pv_config_gives(asked, PV_CONFIG_MODE) ? pv_mode_name(asked->mode) : "";
    const char *fail_on = pv_config_gives(asked, PV_CONFIG_FAIL_ON) ? pv_level_name(asked->fail_on) : "";
    const pv_str none = {0};
    bool is_folder = pv_host_is_folder(pv_posix_host(), setting->from);
    pv_str from = name_folder(all->audit, is_folder ? setting->from : pv_path_folder(setting->from));
    pv_json_line_break(json);
    pv_json_key(json, "options");
    pv_json_object_begin(json);
    pv_json_optional_member(json, "pack", name_pack(all, asked->pack));
    pv_json_optional_member(json, "mode", pv_str_from(mode));
    pv_json_optional_member(json, "fail_on", pv_str_from(fail_on));
    pv_json_optional_member(json, "as_of", asked->as_of);
    pv_json_optional_member(json, "rule", setting->nearest->run.rule_pattern);
    pv_json_optional_member(json, "waivers",
                            named(all, pv_config_gives(asked, PV_CONFIG_WAIVERS) ? setting->waivers : none));
    pv_json_optional_member(json, "baseline",
                            named(all, pv_config_gives(asked, PV_CONFIG_BASELINE) ? setting->baseline : none));
    pv_json_optional_member(json, "stdin_filename", named(all, options->stdin_filename));
    pv_json_member(json, "from", from);
    json->out->failed |= !from.data;
    pv_json_key(json, "of_folder");
    pv_json_bool(json, setting->of_folder);
    pv_json_object_end(json);
}

static void write_configuration(describing *all) {
    pv_json *json = &all->json;
    const pv_profile *nearest = all->setting->nearest;
    pv_json_line_break(json);
    pv_json_key(json, "configuration");
    pv_json_object_begin(json);
    pv_json_member(json, "mode", pv_str_from(pv_mode_name(nearest->run.mode)));
    pv_json_member(json, "fail_on", pv_str_from(pv_level_name(nearest->run.fail_on)));
    write_file_or_none(all, "file", nearest->of->path);
    write_file_or_none(all, "lock", lock_of(nearest->of));
    write_others(all);
    write_file_or_none(all, "waivers", all->setting->waivers);
    write_file_or_none(all, "baseline", all->setting->baseline);
    pv_json_object_end(json);
}

static bool describe(pv_audit *audit, const pv_audit_setting *setting, pv_error *error) {
    const size_t start = sizeof "{" - 1; /* the members alone */
    pv_buf text = pv_buf_on(pv_arena_memory(audit->arena));
    describing all = {audit, setting, pv_json_on(&text)};
    pv_json_object_begin(&all.json);
    write_engine(&all);
    write_options(&all);
    write_configuration(&all);
    audit->facts.baseline = named(&all, setting->baseline);
    pv_json_object_end(&all.json);
    if (!text.failed)
        audit->facts.surroundings = pv_arena_copy(audit->arena, pv_str_slice(pv_buf_str(&text), start, text.size - 1));
    pv_buf_clear(&text);
    return audit->facts.surroundings.data || pv_fail_memory(error);
}

static bool find_base(pv_audit *audit, pv_str record, pv_error *error) {
    char base[PATH_MAX];
    pv_str folder = pv_arena_copy(audit->arena, pv_path_folder(record));
    if (!folder.data)
        return pv_fail_memory(error);
    if (!realpath(folder.data, base))
        return pv_fail(error, PV_ERROR_IO, "%s cannot be written: there is no folder %.*s", record.data,
                       PV_STR_ARG(folder));
    audit->base = pv_arena_copy(audit->arena, pv_str_from(base));
    return audit->base.data || pv_fail_memory(error);
}

bool pv_audit_init(pv_audit *audit, pv_arena *arena, const pv_audit_setting *setting, pv_error *error) {
    const pv_options *options = setting->options;
    *audit = (pv_audit){
        .facts = {.name = name_file, .hash = hash_file, .payload = audit},
        .arena = arena,
        .limit = pv_limits_default().source_bytes,
        .unread = options->stdin_filename.data ? options->stdin_filename : PV_STANDARD_INPUT,
    };
    return find_base(audit, options->record, error) && (options->record_into || spare_others(setting, error)) &&
           list_inputs(audit, setting->files, error) && describe(audit, setting, error);
}

void pv_audit_skip(const pv_audit_facts *facts, pv_str path) {
    for (size_t i = 0; i < facts->input_count; i++)
        if (pv_str_equal(facts->inputs[i].path, path))
            facts->inputs[i].skipped = true;
}
