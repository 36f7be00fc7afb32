#include "cli/audit.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/limits.h"
#include "cli/build_info.h"

static const pv_audit_library libraries[] = {
    {"Lua", PV_LUA_VERSION},           {"libyaml", PV_YAML_VERSION},  {"PCRE2", PV_PCRE2_VERSION},
    {"utf8proc", PV_UTF8PROC_VERSION}, {"Nettle", PV_NETTLE_VERSION}, {"libunistring", PV_UNISTRING_VERSION},
};

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

static pv_str last_part(pv_str path) {
    size_t start = path.size;
    while (start > 0 && path.data[start - 1] != '/')
        start--;
    return pv_str_slice(path, start, path.size);
}

/* The file itself may be a link: it is called by its own name. A folder that is gone has no place; its file keeps its name. */
static pv_str name_file(void *payload, pv_arena *arena, pv_str path) {
    const pv_audit *audit = payload;
    char folder[PATH_MAX];
    pv_str above = pv_arena_copy(arena, pv_files_folder_of(path));
    pv_buf out = pv_buf_on(pv_arena_memory(arena));
    pv_str name = {0};
    if (pv_str_equal(path, PV_STANDARD_INPUT))
        return PV_STANDARD_INPUT;
    if (!above.data)
        return name;
    if (realpath(above.data, folder))
        write_way(&out, audit->base.data, folder);
    pv_buf_append(&out, last_part(path));
    if (!out.failed)
        name = pv_arena_copy(arena, pv_buf_str(&out));
    pv_buf_clear(&out);
    return name;
}

static void hash_file(void *payload, pv_str path, char out[65]) {
    const pv_audit *audit = payload;
    pv_buf bytes = pv_buf_on(pv_arena_memory(audit->arena));
    pv_error error = {0};
    pv_str whole;
    out[0] = '\0';
    if (!pv_str_equal(path, PV_STANDARD_INPUT) && pv_files_read(&bytes, path, audit->limit, &error)) {
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
    if (pack.size == 0 || !pv_files_is_folder(pack))
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
static bool spare_others(const pv_options *options, const pv_file_list *files, pv_error *error) {
    pv_str record = pv_str_from(options->record);
    if (pv_str_equal(record, PV_STANDARD_INPUT) || pv_files_is_folder(record))
        return pv_fail(error, PV_ERROR_USAGE, "--record needs the name of a file, not '%s'", options->record);
    for (size_t i = 0; i < options->format_count; i++)
        if (options->formats[i].file && strcmp(options->formats[i].file, options->record) == 0)
            return pv_fail(error, PV_ERROR_USAGE, "the record and a report cannot go to one file, %s", options->record);
    for (size_t i = 0; pv_files_exists(record) && i < files->count; i++)
        if (pv_files_are_one(record, files->files[i].path))
            return pv_fail(error, PV_ERROR_USAGE, "--record %s would overwrite what is to be checked", options->record);
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

static bool describe_configuration(pv_audit *audit, const pv_config *config, pv_error *error) {
    return describe_file(audit, config->path, &audit->facts.configuration, error) &&
           (!config->lock || describe_file(audit, config->lock->source->path, &audit->facts.lock, error));
}

static bool find_base(pv_audit *audit, const char *record, pv_error *error) {
    char base[PATH_MAX];
    pv_str folder = pv_arena_copy(audit->arena, pv_files_folder_of(pv_str_from(record)));
    if (!folder.data)
        return pv_fail_memory(error);
    if (!realpath(folder.data, base))
        return pv_fail(error, PV_ERROR_IO, "%s cannot be written: there is no folder %.*s", record, PV_STR_ARG(folder));
    audit->base = pv_arena_copy(audit->arena, pv_str_from(base));
    return audit->base.data || pv_fail_memory(error);
}

bool pv_audit_init(pv_audit *audit, pv_arena *arena, const pv_options *options, const pv_config *config,
                   const pv_file_list *files, pv_error *error) {
    *audit = (pv_audit){
        .facts =
            {
                .libraries = libraries,
                .library_count = sizeof libraries / sizeof *libraries,
                .has_mode = options->has_mode,
                .has_fail_on = options->has_fail_on,
                .name = name_file,
                .hash = hash_file,
                .payload = audit,
            },
        .arena = arena,
        .limit = pv_limits_default().source_bytes,
    };
    return find_base(audit, options->record, error) && (options->record_into || spare_others(options, files, error)) &&
           list_inputs(audit, files, error) && describe_configuration(audit, config, error) &&
           describe_pack(audit, pv_str_from(options->pack), error);
}

void pv_audit_skip(const pv_audit_facts *facts, pv_str path) {
    for (size_t i = 0; i < facts->input_count; i++)
        if (pv_str_equal(facts->inputs[i].path, path))
            facts->inputs[i].skipped = true;
}
