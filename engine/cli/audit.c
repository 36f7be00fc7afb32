#include "cli/audit.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/limits.h"
#include "cli/build_info.h"
#include "cli/posix_host.h"

#define LIBRARY(name, version) {(name), (version)},
static const pv_audit_library libraries[] = {PV_BUILT_WITH(LIBRARY)};

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

static bool describe_file(pv_audit *audit, pv_str path, pv_audit_file *out, pv_error *error) {
    if (path.size == 0)
        return true;
    out->path = name_file(audit, audit->arena, path);
    hash_file(audit, path, out->sha256);
    return out->path.data || pv_fail_memory(error);
}

/* An id as it stands; a folder as the record names files, and never so that it could be taken for an id. */
static bool describe_pack(pv_audit *audit, pv_str pack, pv_error *error) {
    audit->facts.pack = pack;
    if (pack.size == 0 || !pv_host_is_folder(pv_posix_host(), pack))
        return true;
    while (pack.size > 1 && pack.data[pack.size - 1] == '/')
        pack.size--;
    pv_str name = name_file(audit, audit->arena, pv_arena_copy(audit->arena, pack));
    if (name.data && pv_str_find(name, PV_STR("/"), 0) == SIZE_MAX)
        name = pv_arena_format(audit->arena, "./%.*s", PV_STR_ARG(name));
    audit->facts.pack = name;
    return name.data || pv_fail_memory(error);
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

static bool describe_config(pv_audit *audit, const pv_config *config, pv_audit_file *file, pv_audit_file *lock,
                            pv_error *error) {
    return describe_file(audit, config->path, file, error) &&
           (!config->lock || describe_file(audit, config->lock->source->path, lock, error));
}

/* Keeps the others in byte order, whatever file each was met with first. */
static void insert_other(pv_audit_facts *facts, pv_audit_file *others, const pv_audit_file *added) {
    size_t at = facts->other_count;
    if (added->path.size == 0)
        return;
    for (; at > 0 && pv_str_compare(others[at - 1].path, added->path) > 0; at--)
        others[at] = others[at - 1];
    others[at] = *added;
    facts->other_count++;
}

static size_t met_before(const pv_config *const *met, size_t count, const pv_config *config) {
    size_t at = count;
    while (at > 0 && met[at - 1] != config)
        at--;
    return at;
}

/* Those that are nearest to some of the files, and not the run's. */
static bool describe_others(pv_audit *audit, const pv_audit_setting *setting, pv_error *error) {
    size_t most = setting->files->count;
    pv_audit_file *others = PV_NEW_ARRAY(audit->arena, pv_audit_file, 2 * most);
    const pv_config **met = PV_NEW_ARRAY(audit->arena, const pv_config *, most + 1);
    size_t count = 1;
    if (!others || !met)
        return pv_fail_memory(error);
    audit->facts.others = others;
    met[0] = setting->nearest->of;
    for (size_t i = 0; i < most; i++) {
        pv_fault ignored; /* it was there before */
        const pv_profile *profile = pv_project_profile_of(setting->project, setting->files->files[i].path, &ignored);
        pv_audit_file file = {0};
        pv_audit_file lock = {0};
        if (!profile || met_before(met, count, profile->of) > 0)
            continue;
        met[count++] = profile->of;
        if (!describe_config(audit, profile->of, &file, &lock, error))
            return false;
        insert_other(&audit->facts, others, &file);
        insert_other(&audit->facts, others, &lock);
    }
    return true;
}

static bool describe_files(pv_audit *audit, const pv_audit_setting *setting, pv_error *error) {
    pv_audit_facts *facts = &audit->facts;
    return describe_config(audit, setting->nearest->of, &facts->configuration, &facts->lock, error) &&
           describe_others(audit, setting, error) && describe_file(audit, setting->waivers, &facts->waivers, error) &&
           describe_file(audit, setting->baseline, &facts->baseline, error);
}

/* What stood on the command line, but for what the report knows. */
static bool describe_options(pv_audit *audit, const pv_audit_setting *setting, pv_error *error) {
    const pv_options *options = setting->options;
    pv_audit_facts *facts = &audit->facts;
    pv_str from = pv_host_is_folder(pv_posix_host(), setting->from) ? setting->from : pv_path_folder(setting->from);
    facts->from = name_folder(audit, from);
    if (pv_config_gives(&options->asked, PV_CONFIG_WAIVERS))
        facts->given_waivers = facts->waivers.path;
    if (pv_config_gives(&options->asked, PV_CONFIG_BASELINE))
        facts->given_baseline = facts->baseline.path;
    if (options->stdin_filename.data)
        facts->standard_input = name_file(audit, audit->arena, options->stdin_filename);
    if (!facts->from.data || (options->stdin_filename.data && !facts->standard_input.data))
        return pv_fail_memory(error);
    return describe_pack(audit, options->asked.pack, error);
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
        .facts =
            {
                .libraries = libraries,
                .library_count = sizeof libraries / sizeof *libraries,
                .has_mode = pv_config_gives(&options->asked, PV_CONFIG_MODE),
                .has_fail_on = pv_config_gives(&options->asked, PV_CONFIG_FAIL_ON),
                .of_folder = setting->of_folder,
                .name = name_file,
                .hash = hash_file,
                .payload = audit,
            },
        .arena = arena,
        .limit = pv_limits_default().source_bytes,
        .unread = options->stdin_filename.data ? options->stdin_filename : PV_STANDARD_INPUT,
    };
    return find_base(audit, options->record, error) && (options->record_into || spare_others(setting, error)) &&
           list_inputs(audit, setting->files, error) && describe_files(audit, setting, error) &&
           describe_options(audit, setting, error);
}

void pv_audit_skip(const pv_audit_facts *facts, pv_str path) {
    for (size_t i = 0; i < facts->input_count; i++)
        if (pv_str_equal(facts->inputs[i].path, path))
            facts->inputs[i].skipped = true;
}
