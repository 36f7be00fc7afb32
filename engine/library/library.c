#include "library/library.h"
#include "align/align.h"

#include <assert.h>
#include <inttypes.h>

#include "base/buf.h"
#include "base/hash.h"
#include "load/annotate.h"
#include "load/json_reader.h"
#include "load/loader.h"
#include "load/yaml.h"
#include "lua/authoring/authoring.h"
#include "lua/ruleset/lua_ruleset.h"
#include "model/message.h"
#include "model/shape.h"
#include "model/terms.h"
#include "run/changes.h"
#include "run/pack.h"
#include "text/pattern.h"

/* A pack and what must be given back when the library ends. */
typedef struct open_pack {
    struct open_pack *next;
    pv_pack pack;
} open_pack;

struct pv_library {
    pv_memory memory;
    pv_limits limits;
    pv_arena *arena; /* packs, and the files they were read from */
    pv_str as_of;    /* as given, and as a day when it is not empty */
    pv_date day;
    pv_str language; /* of forms; empty: the first of each */
    open_pack *packs;
    pv_meter *meter; /* NULL: nobody asks what anything costs */
};

static bool fail_day(pv_str day, pv_error *error) {
    return pv_fail(error, PV_ERROR_USAGE, "the day to judge by is '%s': %s", pv_message_quote(day).text,
                   pv_date_fault(day));
}

bool pv_library_new(pv_library **out, const pv_limits *limits, pv_str as_of, pv_error *error) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_date day = {0};
    pv_pattern_no_machine_code(); /* found out before anything is judged */
    if (as_of.size > 0 && !pv_date_parse(as_of, &day))
        return fail_day(as_of, error);
    pv_library *library = pv_memory_new(&memory, sizeof *library);
    if (!library)
        return pv_fail_memory(error);
    library->memory = memory;
    library->day = day;
    library->limits = limits ? *limits : pv_limits_default();
    library->arena = pv_arena_new(&library->memory);
    if (library->arena)
        library->as_of = pv_arena_copy(library->arena, as_of);
    if (!library->arena || !library->as_of.data) {
        pv_library_free(library);
        return pv_fail_memory(error);
    }
    *out = library;
    return true;
}

void pv_library_speak(pv_library *library, pv_str language) {
    library->language = language;
}

void pv_library_free(pv_library *library) {
    if (!library)
        return;
    for (open_pack *each = library->packs; each; each = each->next)
        each->pack.ruleset->methods->free(each->pack.ruleset);
    pv_arena_free(library->arena);
    pv_memory memory = library->memory;
    pv_memory_free(&memory, library, sizeof *library);
}

pv_memory *pv_library_memory(pv_library *library) {
    return &library->memory;
}

void pv_library_measure(pv_library *library, pv_meter *meter) {
    library->meter = meter;
}

pv_meter *pv_library_meter(const pv_library *library) {
    return library->meter;
}

void pv_library_keep_problems(pv_library *library, size_t most) {
    library->limits.problems = most;
}

const pv_limits *pv_library_limits(const pv_library *library) {
    return &library->limits;
}

const pv_date *pv_library_as_of(const pv_library *library) {
    return library->as_of.size > 0 ? &library->day : NULL;
}

pv_fault pv_fault_from_error(pv_arena *arena, pv_fault_kind kind, pv_str path, const pv_source *source,
                             const pv_error *error) {
    pv_fault fault = {.kind = kind, .code = error->code, .path = pv_arena_copy(arena, pv_path_relative(path))};
    fault.message = pv_arena_copy(arena, pv_str_from(error->message));
    if (!fault.message.data)
        fault.message = PV_STR("not enough memory");
    if (!source || !error->has_where)
        return fault;
    pv_str message = fault.message;
    if (pv_source_has_lines(source, error->where.start))
        fault.at = pv_source_locate(source, error->where.start);
    else
        message = pv_arena_format(arena, "%s: %.*s", pv_source_describe(source, error->where.start).text,
                                  PV_STR_ARG(message));
    if (message.data && error->has_other)
        message = pv_arena_format(arena, "%.*s (see %s)", PV_STR_ARG(message),
                                  pv_source_describe(source, error->other.start).text);
    if (message.data)
        fault.message = message;
    return fault;
}

/* Everything a pack is read from, while it is being opened. */
typedef struct opening {
    pv_library *library;
    pv_arena *arena; /* of what is read */
    pv_pack_reader reader;
    void *payload;
    const pv_settings *project; /* NULL: none */
    const pv_proofs *proofs;    /* NULL: none */
    pv_str *parts;              /* the bytes the pack's hash is taken over */
    size_t part_count;
    char sha256[65]; /* theirs */
    pv_fault *fault;
} opening;

static bool fail_opening(opening *pack, pv_str path, const pv_source *source, const pv_error *error) {
    *pack->fault = pv_fault_from_error(pack->library->arena, PV_FAULT_LOAD, path, source, error);
    return false;
}

/* A file that is there but is no text has a source all the same, with error filled. */
static bool read_file(opening *pack, pv_str name, pv_source **out, pv_error *error) {
    pv_str path = name;
    pv_str bytes;
    pv_source *source = NULL;
    bool read = pack->reader(pack->payload, pack->arena, name, &path, &bytes, error) &&
                pv_source_new(&source, pack->arena, path, bytes, &pack->library->limits, error);
    *out = source;
    return read || (source && error->code == PV_ERROR_ENCODING) || fail_opening(pack, path, source, error);
}

static bool read_source(opening *pack, pv_str name, pv_source **out) {
    pv_error error = {0};
    if (!read_file(pack, name, out, &error))
        return false;
    return error.code == PV_OK || fail_opening(pack, (*out)->path, *out, &error);
}

static bool read_yaml(opening *pack, pv_str name, pv_document **out) {
    pv_source *source;
    pv_error error = {0};
    if (!read_source(pack, name, &source))
        return false;
    if (!pv_yaml_load(out, pack->arena, source, &pack->library->limits, &error))
        return fail_opening(pack, source->path, source, &error);
    return true;
}

static bool read_manifest(opening *pack, pv_manifest **out) {
    pv_document *document;
    pv_error error = {0};
    if (!read_yaml(pack, PV_STR("pack.yaml"), &document))
        return false;
    if (!pv_requirements_check(document, pack->library->arena, PV_STR(PV_LIBRARY_VERSION), &error) ||
        !pv_manifest_build(out, pack->library->arena, document, &error))
        return fail_opening(pack, document->source->path, document->source, &error);
    return true;
}

/* Without a day nothing could be held against it, and nobody would be told. */
static bool has_day_of_form(const pv_manifest *manifest, const pv_form *form, pv_error *error) {
    pv_span at;
    return manifest->needs_day || !pv_form_needs_day(form, &at) ||
           pv_fail_at(error, PV_ERROR_SHAPE, at,
                      "the form judges by a day here, so pack.yaml says requires: { as_of: true }");
}

static bool read_form(opening *pack, const pv_manifest *manifest, pv_form **out) {
    pv_document *document;
    pv_error error = {0};
    if (!read_yaml(pack, manifest->form_file, &document))
        return false;
    if (!pv_form_build_in(out, pack->library->arena, document, pack->library->language, &error) ||
        !has_day_of_form(manifest, *out, &error))
        return fail_opening(pack, document->source->path, document->source, &error);
    return true;
}

/* ---- what was looked through before ---- */

static void write_limits(pv_buf *out, const pv_limits *limits) {
    uint64_t all[PV_LIMIT_COUNT];
    pv_limits_list(limits, all);
    for (size_t i = 0; i < PV_LIMIT_COUNT; i++)
        pv_buf_format(out, "%" PRIu64 "%c", all[i], i + 1 < PV_LIMIT_COUNT ? ' ' : '\n');
}

/* What is found in the rules of a pack follows from this: the names, sizes and bytes of its files, the limits, the
 * language of the form, and what compiles patterns. A day and what a project sets are not known before a rule runs. */
static bool write_key(const opening *pack, const pv_manifest *manifest, char out[65]) {
    const pv_library *library = pack->library;
    pv_buf text = pv_buf_on(pv_arena_memory(library->arena));
    pv_buf_format(&text, "pack %s\n%.*s\n%s\n", pack->sha256, PV_STR_ARG(library->language), pv_pattern_engine().text);
    write_limits(&text, &library->limits);
    for (size_t i = 0; i < pack->part_count; i++) {
        pv_str name = pv_manifest_file(manifest, i);
        pv_buf_format(&text, "%zu %zu %.*s\n", pack->parts[i].size, name.size, PV_STR_ARG(name));
    }
    const pv_str whole = pv_buf_str(&text);
    const bool written = !text.failed;
    if (written)
        pv_hash_sha256(&whole, 1, out);
    pv_buf_clear(&text);
    return written;
}

/* Opens the rule set, and looks it through unless that was done before. Where something is found all the same, nobody
 * should have said otherwise. */
static bool look_through(const opening *pack, const pv_manifest *manifest, pv_lua_config *config,
                         const pv_source *const *files, pv_ruleset **out, pv_error *error) {
    char key[65];
    const pv_proofs *proofs = pack->proofs && write_key(pack, manifest, key) ? pack->proofs : NULL;
    config->proven = proofs && proofs->has(proofs->payload, key);
    if (!pv_lua_ruleset_open(out, config, files, manifest->rule_file_count, error))
        return false;
    if (config->proven && (*out)->fault_count > 0) {
        (*out)->methods->free(*out);
        config->proven = false;
        if (!pv_lua_ruleset_open(out, config, files, manifest->rule_file_count, error))
            return false;
    }
    if (proofs && !config->proven && (*out)->fault_count == 0)
        proofs->keep(proofs->payload, key);
    return true;
}

static bool read_rules(opening *pack, const pv_manifest *manifest, const pv_form *form, pv_ruleset **out) {
    pv_library *library = pack->library;
    size_t count = manifest->rule_file_count;
    const pv_source **files = PV_NEW_ARRAY(library->arena, const pv_source *, count);
    pack->parts = PV_NEW_ARRAY(library->arena, pv_str, count + 2);
    pv_error error = {0};
    if (!files || !pack->parts) {
        pv_fail_memory(&error);
        return fail_opening(pack, manifest->source->path, NULL, &error);
    }
    pack->parts[pack->part_count++] = manifest->source->bytes;
    pack->parts[pack->part_count++] = form->source->bytes;
    for (size_t i = 0; i < count; i++) {
        pv_source *file;
        pv_error encoding = {0}; /* the rule set refuses such a file itself, and keeps the others */
        if (!read_file(pack, manifest->rule_files[i], &file, &encoding))
            return false;
        files[i] = file;
        pack->parts[pack->part_count++] = file->bytes;
    }
    pv_hash_sha256(pack->parts, pack->part_count, pack->sha256);
    pv_lua_config config = {
        .form = form,
        .limits = library->limits,
        .as_of = library->as_of,
        .memory = &library->memory,
        .meter = library->meter,
    };
    if (!look_through(pack, manifest, &config, files, out, &error))
        return fail_opening(pack, manifest->source->path, NULL, &error);
    return true;
}

static bool assemble(opening *pack, const pv_manifest *manifest, const pv_form *form, pv_ruleset *ruleset,
                     pv_pack *out) {
    pv_arena *arena = pack->library->arena;
    const pv_pack_parts parts = {
        .manifest = manifest,
        .form = form,
        .ruleset = ruleset,
        .files = pack->parts,
        .file_count = pack->part_count,
        .sha256 = pack->sha256,
        .as_of = pv_library_as_of(pack->library),
    };
    pv_error error = {0};
    if (!pv_pack_assemble(out, &parts, arena, &error))
        return fail_opening(pack, manifest->source->path, manifest->source, &error);
    if (pack->project && !pv_settings_apply(pack->project, PV_PARAMETER_OF_PROJECT, ruleset, arena, &error))
        return fail_opening(pack, pack->project->source->path, pack->project->source, &error);
    return true;
}

static bool open_whole(opening *pack, const pv_pack **out) {
    pv_library *library = pack->library;
    pv_manifest *manifest;
    pv_form *form;
    pv_ruleset *ruleset;
    open_pack *opened = PV_NEW(library->arena, open_pack);
    pv_error error = {0};
    if (!opened) {
        pv_fail_memory(&error);
        return fail_opening(pack, PV_STR("pack.yaml"), NULL, &error);
    }
    if (!read_manifest(pack, &manifest) || !read_form(pack, manifest, &form) ||
        !read_rules(pack, manifest, form, &ruleset))
        return false;
    if (!assemble(pack, manifest, form, ruleset, &opened->pack)) {
        ruleset->methods->free(ruleset);
        return false;
    }
    opened->next = library->packs;
    library->packs = opened;
    *out = &opened->pack;
    return true;
}

bool pv_library_open_pack(pv_library *library, pv_pack_reader reader, void *payload, const pv_settings *project,
                          const pv_proofs *proofs, const pv_pack **out, pv_fault *fault) {
    opening pack = {.library = library,
                    .arena = library->arena,
                    .reader = reader,
                    .payload = payload,
                    .project = project,
                    .proofs = proofs,
                    .fault = fault};
    const pv_phase before = pv_meter_enter(library->meter, PV_PHASE_PACKS);
    bool opened = open_whole(&pack, out);
    (void)pv_meter_enter(library->meter, before);
    return opened;
}

/* Of the form nothing is kept but its id. */
static bool read_form_id(opening *pack, const pv_manifest *manifest, pv_str *out) {
    pv_document *form;
    pv_str id;
    pv_error error = {0};
    if (!read_yaml(pack, manifest->form_file, &form))
        return false;
    const pv_node *node = pv_node_get(form->root, PV_STR("form"));
    if (!node)
        pv_fail(&error, PV_ERROR_NOT_FOUND, "the form does not say its id: form: ID");
    if (!node || !pv_shape_name(node, "the form's id", &id, &error))
        return fail_opening(pack, form->source->path, form->source, &error);
    *out = pv_arena_copy(pack->library->arena, id);
    return out->data || (pv_fail_memory(&error) || fail_opening(pack, form->source->path, NULL, &error));
}

static bool outline(opening *pack, pv_pack_outline *out) {
    pv_manifest *manifest;
    pv_error error = {0};
    if (!read_manifest(pack, &manifest))
        return false;
    out->manifest = manifest;
    pack->arena = pv_arena_new(&pack->library->memory);
    bool read = pack->arena || (pv_fail_memory(&error) || fail_opening(pack, PV_STR("pack.yaml"), NULL, &error));
    read = read && read_form_id(pack, manifest, &out->form_id);
    pv_arena_free(pack->arena);
    return read;
}

bool pv_library_outline_pack(pv_library *library, pv_pack_reader reader, void *payload, pv_pack_outline *out,
                             pv_fault *fault) {
    opening pack = {.library = library, .arena = library->arena, .reader = reader, .payload = payload, .fault = fault};
    const pv_phase before = pv_meter_enter(library->meter, PV_PHASE_PACKS);
    bool outlined = outline(&pack, out);
    (void)pv_meter_enter(library->meter, before);
    return outlined;
}

typedef bool (*document_loader)(pv_document **out, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                                pv_error *error);

static bool read_document(pv_library *library, document_loader load, pv_str path, pv_str bytes, const pv_document **out,
                          pv_fault *fault) {
    pv_arena *arena = library->arena;
    pv_source *source = NULL;
    pv_document *document;
    pv_error error = {0};
    pv_str kept_path = pv_arena_copy(arena, path);
    pv_str kept = pv_arena_copy(arena, bytes);
    bool read = (kept_path.data && kept.data) || pv_fail_memory(&error);
    read = read && pv_source_new(&source, arena, kept_path, kept, &library->limits, &error) &&
           load(&document, arena, source, &library->limits, &error);
    if (read)
        *out = document;
    else
        *fault = pv_fault_from_error(arena, PV_FAULT_INPUT, path, source, &error);
    return read;
}

bool pv_library_read_yaml(pv_library *library, pv_str path, pv_str bytes, const pv_document **out, pv_fault *fault) {
    return read_document(library, pv_yaml_load, path, bytes, out, fault);
}

bool pv_library_read_json(pv_library *library, pv_str path, pv_str bytes, const pv_document **out, pv_fault *fault) {
    return read_document(library, pv_json_load, path, bytes, out, fault);
}

bool pv_checked_new(pv_checked *out, pv_library *library, pv_error *error) {
    *out = (pv_checked){.library = library, .arena = pv_arena_new(&library->memory)};
    return out->arena ? true : pv_fail_memory(error);
}

void pv_checked_clear(pv_checked *checked) {
    pv_arena_free(checked->arena);
    *checked = (pv_checked){0};
}

static bool fail_input(pv_checked *checked, pv_str path, const pv_error *error, pv_fault *fault) {
    *fault = pv_fault_from_error(checked->arena, PV_FAULT_INPUT, path, checked->source, error);
    return false;
}

bool pv_path_may_be_submission(pv_str path) {
    const pv_loader *loader = pv_loader_by_name(path);
    return loader && !loader->is_document;
}

pv_str pv_path_document_title(pv_str path) {
    const pv_loader *loader = pv_loader_by_name(path);
    return loader && loader->is_document && !loader->is_prose ? loader->title : PV_STR("");
}

size_t pv_path_limit(pv_str path, const pv_limits *limits) {
    const pv_loader *loader = pv_loader_by_name(path);
    return loader && (!loader->is_document || loader->is_prose) ? limits->source_bytes : limits->package_bytes;
}

bool pv_path_may_have_comments(pv_str path) {
    const pv_loader *loader = pv_loader_by_name(path);
    return !loader || loader->has_comments;
}

pv_str pv_submission_patterns(pv_arena *arena) {
    return pv_loader_patterns(arena);
}

pv_str pv_submission_formats(pv_arena *arena) {
    return pv_loader_titles(arena);
}

/* form: NULL where it is not needed. Of a file that has blocks, those alone. */
static bool load_document(pv_checked *checked, const pv_form *form, pv_error *error) {
    const pv_loader *loader = checked->loader;
    pv_loaded loaded = {0};
    if (!loader->load(&loaded, checked->arena, checked->source, form, &checked->library->limits, error))
        return false;
    checked->blocks = loaded.blocks;
    checked->needs_form |= loaded.blocks != NULL;
    if (loaded.blocks)
        return true;
    loaded.tree->problems_kept = checked->library->limits.problems;
    loaded.tree->attachments = checked->attachments;
    checked->document = loaded.tree;
    return true;
}

/* text: what is opened. */
static bool read_bytes(pv_checked *checked, pv_str path, pv_str bytes, pv_str text, pv_fault *fault) {
    pv_library *library = checked->library;
    const pv_limits *limits = &library->limits;
    pv_error error = {0};
    pv_source *source = NULL;
    pv_arena_clear(checked->arena);
    *checked = (pv_checked){.library = library, .files = checked->files, .arena = checked->arena, .bytes = bytes};
    const pv_loader *loader = pv_loader_for(path, bytes, checked->arena, limits);
    bool read = loader->open(&source, checked->arena, path, text, limits, &error);
    checked->loader = loader;
    checked->source = source;
    checked->readable = source;
    checked->attachments = read ? pv_attachments_new(checked->arena, source, &checked->files, limits) : NULL;
    if (read && !checked->attachments)
        read = pv_fail_memory(&error);
    checked->needs_form = read && loader->form_name;
    if (checked->needs_form) {
        pv_form_name name;
        pv_error later = {0}; /* told when the name is asked for */
        (void)loader->form_name(&name, checked->arena, source, limits, &later);
        checked->names_form = name.given;
        return true;
    }
    return (read && load_document(checked, NULL, &error)) || fail_input(checked, path, &error, fault);
}

pv_conversion pv_conversion_needed(pv_checked *checked, pv_str path, pv_str bytes) {
    return pv_loader_for(path, bytes, checked->arena, &checked->library->limits)->conversion;
}

bool pv_read_document(pv_checked *checked, pv_str path, pv_str bytes, pv_fault *fault) {
    return pv_read_converted(checked, path, bytes, bytes, fault);
}

bool pv_read_converted(pv_checked *checked, pv_str path, pv_str bytes, pv_str converted, pv_fault *fault) {
    const pv_phase before = pv_meter_enter(checked->library->meter, PV_PHASE_PARSE);
    bool read = read_bytes(checked, path, bytes, converted, fault);
    (void)pv_meter_enter(checked->library->meter, before);
    return read;
}

bool pv_glimpse(const pv_checked *checked, pv_str bytes,
                bool (*judge)(void *payload, pv_str key, pv_str value, bool is_key), void *payload) {
    return checked->loader->glimpse(bytes, checked->arena, judge, payload);
}

bool pv_glimpse_any(pv_arena *scratch, pv_str bytes,
                    bool (*judge)(void *payload, pv_str key, pv_str value, bool is_key), void *payload) {
    return pv_loader_glimpse(scratch, bytes, judge, payload);
}

bool pv_read_form_id(pv_checked *checked, pv_str *form_id, pv_fault *fault) {
    const pv_source *source = checked->source;
    pv_error error = {0};
    pv_form_name name = {0};
    assert(checked->document || checked->needs_form);
    if (checked->blocks)
        return pv_fail(&error, PV_ERROR_NOT_FOUND, "a document does not say which form it is on; name its pack") ||
               fail_input(checked, source->path, &error, fault);
    bool read = checked->needs_form
                    ? checked->loader->form_name(&name, checked->arena, source, &checked->library->limits, &error)
                    : pv_submission_form_id(checked->document, &name.id, &name.at, &error);
    *form_id = name.id;
    checked->form_at = name.at;
    return read || fail_input(checked, source->path, &error, fault);
}

bool pv_recognise(const pv_checked *checked, const pv_pack *pack, pv_recognition *out, pv_fault *fault) {
    pv_error error = {0};
    pv_arena *scratch = pv_arena_new(pv_arena_memory(checked->arena));
    assert(checked->blocks);
    bool done =
        scratch ? pv_align_recognise(out, scratch, pack->form, checked->blocks, &error) : pv_fail_memory(&error);
    pv_arena_free(scratch);
    if (!done)
        *fault = pv_fault_from_error(checked->arena, PV_FAULT_INPUT, checked->source->path, checked->source, &error);
    return done;
}

/* Says that the view without tracked changes was not judged beside the other: in it the document is no filing. */
static bool tell_original(const pv_checked *checked, pv_document *document, pv_error *error) {
    const uint32_t start = (uint32_t)pv_source_text_start(checked->source);
    pv_left_out *all = PV_NEW_ARRAY(checked->arena, pv_left_out, document->left_out_count + 1);
    if (!all)
        return pv_fail_memory(error);
    all[0] =
        (pv_left_out){{start, start},
                      PV_STR("without its tracked changes the document is no filing on this form, so it was judged "
                             "with all of them accepted alone")};
    for (size_t i = 0; i < document->left_out_count; i++)
        all[i + 1] = document->left_out[i];
    document->left_out = all;
    document->left_out_count++;
    return true;
}

/* What the document says with no tracked change accepted; a document that is then none on the form (all of it is
 * new) says nothing so. */
static bool align_original(pv_checked *checked, const pv_form *form, pv_document *document, pv_error *error) {
    const pv_blocks *blocks = checked->blocks->original;
    pv_document *original = NULL;
    pv_error refusal = {0};
    if (!blocks)
        return true;
    if (!pv_align_document(&original, checked->arena, form, blocks, NULL, checked->library->limits.problems,
                           &refusal)) {
        if (refusal.code == PV_ERROR_REFUSED)
            return tell_original(checked, document, error);
        *error = refusal;
        return false;
    }
    original->attachments = checked->attachments;
    document->original = original;
    return true;
}

/* The document of a form that its file needed. */
static bool read_by_form(pv_checked *checked, const pv_form *form, pv_error *error) {
    pv_document *document;
    if (!checked->blocks && !load_document(checked, form, error))
        return false;
    if (!checked->blocks) /* a tree, then */
        return true;
    if (!pv_align_document(&document, checked->arena, form, checked->blocks, checked->readable,
                           checked->library->limits.problems, error))
        return false;
    document->attachments = checked->attachments;
    checked->document = document;
    return align_original(checked, form, document, error);
}

bool pv_read_submission(pv_checked *checked, const pv_pack *pack, pv_fault *fault) {
    pv_meter *meter = checked->library->meter;
    pv_error error = {0};
    pv_submission *submission = NULL;
    pv_submission *original = NULL;
    assert(checked->document || checked->needs_form);
    const pv_phase before = pv_meter_enter(meter, PV_PHASE_PARSE);
    bool read = !checked->needs_form || read_by_form(checked, pack->form, &error);
    (void)pv_meter_enter(meter, PV_PHASE_SUBMISSION);
    read = read && pv_submission_build(&submission, checked->arena, pack->form, checked->document, &error);
    if (read && checked->document->original)
        read = pv_submission_build(&original, checked->arena, pack->form, checked->document->original, &error);
    (void)pv_meter_enter(meter, before);
    checked->submission = submission;
    checked->original = original;
    return read || fail_input(checked, checked->source->path, &error, fault);
}

/* One fault for the submission, where each rule would have had one for each subject. */
static bool has_its_day(const pv_pack *pack, pv_error *error) {
    return !pack->manifest->needs_day || pack->has_as_of ||
           pv_fail(error, PV_ERROR_USAGE, "the pack %s judges by a day; say it with --as-of, written like 2024-09-30",
                   pv_message_quote(pack->manifest->id).text);
}

bool pv_judge(pv_checked *checked, const pv_pack *pack, const pv_run_options *options, pv_fault *fault) {
    pv_error error = {0};
    pv_results original;
    assert(checked->submission);
    bool judged = has_its_day(pack, &error) &&
                  pv_run_check(&checked->results, checked->arena, pack, checked->submission, options, &error);
    if (judged && checked->original)
        judged = pv_run_check(&original, checked->arena, pack, checked->original, options, &error) &&
                 pv_run_join_views(&checked->results, checked->arena, &original, checked->submission, &error);
    if (!judged)
        return fail_input(checked, checked->source->path, &error, fault);
    return true;
}

bool pv_judge_on(pv_checked *checked, const pv_pack *pack, pv_str day, const pv_run_options *options, pv_fault *fault) {
    pv_pack on_that_day = *pack;
    pv_error error = {0};
    on_that_day.has_as_of = true;
    if (!pv_date_parse(day, &on_that_day.as_of)) {
        fail_day(day, &error);
        return fail_input(checked, checked->source->path, &error, fault);
    }
    pv_str before = pv_lua_ruleset_judge_by(pack->ruleset, day);
    bool judged = pv_judge(checked, &on_that_day, options, fault);
    pv_lua_ruleset_judge_by(pack->ruleset, before);
    return judged;
}

bool pv_check(pv_checked *checked, const pv_pack *pack, pv_str path, pv_str bytes, const pv_run_options *options,
              pv_fault *fault) {
    return pv_read_document(checked, path, bytes, fault) && pv_read_submission(checked, pack, fault) &&
           pv_judge(checked, pack, options, fault);
}

/* ---- what is asked of rules besides judging by them, passed on to the one rule host there is ---- */

bool pv_library_run_examples(const pv_pack *pack, pv_str rule_pattern, pv_arena *arena, const pv_example_result **out,
                             size_t *count, pv_error *error) {
    return pv_lua_run_examples(pack->ruleset, rule_pattern, arena, out, count, error);
}

bool pv_library_try(const pv_checked *checked, const pv_pack *pack, const pv_trial *trial, pv_arena *arena,
                    pv_tried *out, pv_error *error) {
    return pv_lua_ruleset_try(pack->ruleset, checked->submission, trial, arena, out, error);
}

bool pv_library_annotate(const pv_checked *checked, const pv_annotation *annotation, pv_buf *out, pv_error *error) {
    return pv_annotate_docx(out, checked->arena, checked->source, annotation, &checked->library->limits, error);
}

bool pv_library_text(pv_checked *checked, pv_str name, const pv_text **out, pv_error *error) {
    const pv_source *file;
    pv_text whole;
    pv_text *text = PV_NEW(checked->arena, pv_text);
    if (!text)
        return pv_fail_memory(error);
    *out = text;
    return pv_attachments_open(checked->attachments, name, &file, error) &&
           pv_text_verbatim(&whole, checked->arena, file->bytes, file->base, error) &&
           pv_text_fold(text, checked->arena, &whole, PV_WRAPPING_HARD, error);
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

bool pv_library_mutations(const pv_source *const *files, size_t count, const pv_limits *limits, pv_mutations *out,
                          pv_error *error) {
    const pv_source *const *rule_files = files + PV_PACK_FILE_FIRST_RULES;
    rule_texts texts = {.count = count - PV_PACK_FILE_FIRST_RULES};
    texts.lexemes = PV_NEW_ARRAY(out->arena, pv_lexemes, texts.count);
    if (!texts.lexemes)
        return pv_fail_memory(error);
    for (size_t i = 0; i < texts.count; i++)
        if (!pv_lexemes_read(&texts.lexemes[i], out->arena, rule_files[i], error))
            return false;
    bool **of_examples = PV_NEW_ARRAY(out->arena, bool *, texts.count);
    if (!of_examples)
        return pv_fail_memory(error);
    if (!pv_lua_example_lexemes(texts.lexemes, texts.count, out->arena, of_examples, error))
        return false;
    for (size_t i = 0; i < texts.count; i++)
        if (!pv_lua_mutations(out, PV_PACK_FILE_FIRST_RULES + i, &texts.lexemes[i], of_examples[i], error))
            return false;
    pv_document *form;
    return pv_yaml_load(&form, out->arena, files[PV_PACK_FILE_FORM], limits, error) &&
           pv_mutations_of_form(out, PV_PACK_FILE_FORM, form, is_read, &texts, error);
}
