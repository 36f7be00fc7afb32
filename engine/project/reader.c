#include "project/reader.h"

#include "model/message.h"

/* ---- sibling files ---- */

static bool is_inside(pv_str path, pv_str folder) {
    bool is_root = folder.size == 1;
    return pv_str_starts_with(path, folder) && (is_root || (path.size > folder.size && path.data[folder.size] == '/'));
}

/* name: as the submission has it; path: where that is. */
static bool fail_missing(const pv_host *host, pv_arena *arena, pv_str name, pv_str path, pv_error *error) {
    pv_fail(error, PV_ERROR_NOT_FOUND, "there is no file %s", pv_message_quote(name).text);
    pv_host_add_hint(host, pv_arena_memory(arena), path, error);
    return false;
}

static bool fail_finding(pv_str name, const pv_error *failure, pv_error *error) {
    const pv_quote quoted = pv_message_quote(name);
    if (failure->code == PV_ERROR_MEMORY)
        return pv_fail_memory(error);
    return pv_fail(error, failure->code, "%s %s", quoted.text, failure->message);
}

/* Where the file at path is, all links followed; wanted: what it should be. Messages become verdicts, so they call it
 * by the name that the submission gives it, wherever the submission lies. */
static bool find_file(const pv_sibling_files *siblings, pv_arena *arena, pv_str name, pv_str path, pv_str *resolved,
                      const char *wanted, pv_error *error) {
    const pv_host *host = siblings->host;
    pv_error failure = {0};
    pv_str folder;
    pv_str own = pv_path_join(arena, siblings->folder, PV_STR("."));
    if (!own.data)
        return pv_fail_memory(error);
    if (!host->canonical(host->payload, arena, own, &folder, &failure) ||
        !host->canonical(host->payload, arena, path, resolved, &failure))
        return failure.code == PV_ERROR_NOT_FOUND ? fail_missing(host, arena, name, path, error)
                                                  : fail_finding(name, &failure, error);
    const pv_quote quoted = pv_message_quote(name);
    if (!is_inside(*resolved, folder))
        return pv_fail(error, PV_ERROR_REFUSED,
                       "%s is a link that leads out of the submission's folder; put the file itself there",
                       quoted.text);
    switch (pv_host_kind(host, *resolved)) {
    case PV_PATH_FILE:
        return true;
    case PV_PATH_MISSING:
        return fail_missing(host, arena, name, path, error);
    case PV_PATH_FOLDER:
        return pv_fail(error, PV_ERROR_REFUSED, "%s is a folder, not a %s", quoted.text, wanted);
    default:
        return pv_fail(error, PV_ERROR_REFUSED, "%s is a device or pipe, not a %s", quoted.text, wanted);
    }
}

/* path: by which the user would open it. */
static bool find_sibling(const pv_sibling_files *siblings, pv_arena *arena, pv_str name, const char *wanted,
                         pv_str *path, pv_str *resolved, pv_error *error) {
    bool is_current = pv_str_equal(siblings->folder, PV_STR("."));
    *path = is_current ? pv_arena_copy(arena, name) : pv_path_join(arena, siblings->folder, name);
    if (!path->data)
        return pv_fail_memory(error);
    return find_file(siblings, arena, name, *path, resolved, wanted, error);
}

static bool read_sibling(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    const pv_sibling_files *siblings = payload;
    pv_error failure = {0};
    pv_str resolved = {0};
    if (!find_sibling(siblings, arena, name, "text file", path, &resolved, error))
        return false;
    return pv_host_read_copy(siblings->host, arena, resolved, siblings->limit, bytes, &failure) ||
           fail_finding(name, &failure, error);
}

static bool look_at_sibling(void *payload, pv_arena *arena, pv_str name, pv_file_look *out, pv_error *error) {
    const pv_sibling_files *siblings = payload;
    const pv_host *host = siblings->host;
    pv_error failure = {0};
    pv_str resolved = {0};
    if (!find_sibling(siblings, arena, name, "file", &out->path, &resolved, error))
        return false;
    pv_buf head = pv_buf_on(pv_arena_memory(arena));
    bool done = host->look(host->payload, resolved, PV_FILE_HEAD_BYTES, &out->size, &head, &failure) ||
                fail_finding(name, &failure, error);
    if (done) {
        out->head = pv_arena_copy(arena, pv_buf_str(&head));
        done = out->head.data || pv_fail_memory(error);
    }
    pv_buf_clear(&head);
    return done;
}

pv_sibling_reader pv_sibling_files_of(pv_sibling_files *siblings, const pv_host *host, pv_str path,
                                      const pv_limits *limits) {
    *siblings = (pv_sibling_files){.host = host, .folder = pv_path_folder(path), .limit = limits->source_bytes};
    return (pv_sibling_reader){.read = read_sibling, .look = host->look ? look_at_sibling : NULL, .payload = siblings};
}

/* ---- submissions ---- */

bool pv_reader_init(pv_reader *reader, pv_library *library, const pv_host *host, pv_pack_store *packs,
                    pv_error *error) {
    *reader = (pv_reader){.host = host,
                          .packs = packs,
                          .bytes = pv_buf_on(pv_library_memory(library)),
                          .converted = pv_buf_on(pv_library_memory(library))};
    return pv_checked_new(&reader->checked, library, error);
}

void pv_reader_clear(pv_reader *reader) {
    pv_buf_clear(&reader->bytes);
    pv_buf_clear(&reader->converted);
    pv_checked_clear(&reader->checked);
}

static bool may_be_config(pv_str path) {
    pv_str name = pv_path_name(path);
    return pv_str_equal(name, PV_STR("proviso.yaml")) || pv_str_equal(name, PV_STR("proviso.yml"));
}

/* ---- a submission that does not say so ---- */

/* "form" in capitals. */
static bool is_form(pv_str word) {
    return pv_str_equal_ascii_folded(word, PV_STR("form"));
}

/* "form" misspelt, or said at greater length; many a word of other files (from, format) is as near to it, so the value
 * decides. */
static bool is_near_form(pv_str word) {
    static const pv_str form = PV_STR("form");
    size_t size = word.size < form.size ? word.size : form.size;
    return is_form(pv_str_slice(word, 0, size)) || is_form(pv_str_slice(word, word.size - size, word.size)) ||
           pv_suggest(word, &form, 1) == 0;
}

/* Also one whose pack cannot be used: then that is what is to be said. */
static bool is_form_of_a_pack(pv_reader *reader, pv_str name) {
    pv_fault fault = {0};
    return pv_pack_store_for_form(reader->packs, name, &fault) || fault.code != PV_ERROR_NOT_FOUND;
}

static const pv_str parts[] = {PV_STR("fields"), PV_STR("measures"), PV_STR("records"), PV_STR("attachments")};

enum { PART_COUNT = sizeof parts / sizeof *parts };

/* A manifest names the file of its form, and has nothing that is filed. */
static bool is_manifest(pv_reader *reader, const pv_node *root) {
    bool has_part = false;
    for (size_t i = 0; i < PART_COUNT; i++)
        has_part |= pv_node_get(root, parts[i]) != NULL;
    return pv_node_get(root, PV_STR("pack")) && !has_part &&
           !is_form_of_a_pack(reader, pv_node_value(pv_node_get(root, PV_STR("form"))));
}

static bool is_beside_manifest(const pv_reader *reader) {
    pv_arena *arena = reader->checked.arena;
    pv_str manifest = pv_path_join(arena, pv_path_folder(reader->checked.source->path), PV_STR("pack.yaml"));
    return manifest.data && pv_host_exists(reader->host, manifest);
}

/* A form has a title and lists its sections and measures, where a submission has its measures by name. One of records
 * alone is known by where it lies. */
static bool is_form_file(const pv_reader *reader, const pv_node *root) {
    const pv_node *sections = pv_node_get(root, PV_STR("sections"));
    const pv_node *measures = pv_node_get(root, PV_STR("measures"));
    if (!pv_node_get(root, PV_STR("title")) || (measures && measures->kind == PV_NODE_MAPPING))
        return false;
    return sections ? sections->kind == PV_NODE_SEQUENCE : is_beside_manifest(reader);
}

/* Why a document found in a folder is no submission, or NULL. The files of a pack lie beside its cases, and name a
 * form too. */
static const char *other_kind(pv_reader *reader) {
    const pv_checked *checked = &reader->checked;
    /* A text that the configuration includes, and names a pack for. */
    const bool is_named = checked->blocks && pv_pack_store_has_only(reader->packs);
    if (checked->needs_form)
        return checked->names_form || is_named ? NULL : "it names no form";
    const pv_node *root = checked->document->root;
    if (is_manifest(reader, root))
        return "it is the manifest of a pack";
    if (is_form_file(reader, root))
        return "it is a form";
    if (!pv_node_get(root, PV_STR("form")))
        return may_be_config(checked->source->path) ? "it names no form; a configuration is called .proviso.yaml"
                                                    : "it names no form";
    return NULL;
}

/* Whether a key at the top of a document that does not have form makes it a submission all the same. */
static bool is_of_submission(void *payload, pv_str key, pv_str value, bool is_key) {
    pv_reader *reader = payload;
    bool found = value.data && ((is_key && is_form(key)) || (is_near_form(key) && is_form_of_a_pack(reader, value)));
    for (size_t i = 0; is_key && !value.data && i < PART_COUNT; i++)
        found |= pv_str_equal_ascii_folded(key, parts[i]);
    if (found)
        reader->key = key;
    return found;
}

/* The same of one that cannot be read: form stands at its top, or what makes it a submission without. */
static bool is_of_any_submission(void *payload, pv_str key, pv_str value, bool is_key) {
    return (is_key && pv_str_equal(key, PV_STR("form"))) || is_of_submission(payload, key, value, is_key);
}

/* In a table form may be a heading among others, so the value decides there too. */
static bool is_of_table(void *payload, pv_str key, pv_str value, bool is_key) {
    return is_of_submission(payload, key, value, is_key && !is_form(key));
}

static bool has_key_of_submission(pv_reader *reader, const pv_node *root) {
    static const pv_str no_scalar;
    for (const pv_node *each = root->first; each; each = each->next) {
        pv_str value = pv_node_value(each);
        if (value.size == 0)
            value = each->kind == PV_NODE_SCALAR ? PV_STR("") : no_scalar;
        if (is_of_submission(reader, pv_node_value(each->key), value, true)) {
            reader->key_at = each->key->span;
            return true;
        }
    }
    return false;
}

static pv_str bytes_of(const pv_reader *reader) {
    return pv_buf_str(reader->given ? reader->given : &reader->bytes);
}

/* A key that was met by a glimpse lies in the bytes, unless they are in an encoding that is not read. */
static bool has_glimpsed_key(pv_reader *reader, bool (*judge)(void *, pv_str, pv_str, bool)) {
    const pv_str bytes = reader->checked.source->bytes;
    if (!pv_glimpse(&reader->checked, bytes, judge, reader))
        return false;
    uint32_t start = (uint32_t)(reader->key.data - bytes.data);
    reader->key_at = (pv_span){start, start + (uint32_t)reader->key.size};
    return true;
}

/* Whether a document that was read, and is none of another kind, was written as a submission; by which key, reader->key
 * tells. */
static bool forgot_form(pv_reader *reader) {
    const pv_checked *checked = &reader->checked;
    const pv_node *root = checked->needs_form ? NULL : checked->document->root;
    if (!root || root->kind != PV_NODE_MAPPING)
        return has_glimpsed_key(reader, root ? is_of_submission : is_of_table);
    return !is_manifest(reader, root) && !is_form_file(reader, root) && has_key_of_submission(reader, root);
}

/* A file found in a folder that nobody would check, though it was written to be checked. */
static void fail_without_form(pv_reader *reader) {
    pv_error error = {0};
    if (pv_str_equal(reader->key, PV_STR("form")))
        pv_fail_at(&error, PV_ERROR_SHAPE, reader->key_at,
                   "the form is named here, but not as it must be: a table begins with a row form,NAME, and YAML has a "
                   "line form: NAME");
    else if (is_near_form(reader->key))
        pv_fail_at(&error, PV_ERROR_SHAPE, reader->key_at,
                   "'%s' names no form; did you mean form? If it is no submission, ignore it in .proviso.yaml",
                   pv_message_quote(reader->key).text);
    else
        pv_fail_at(&error, PV_ERROR_SHAPE, reader->key_at,
                   "it has %s as a submission has, but does not name its form: write form: NAME above it. If it is no "
                   "submission, ignore it in .proviso.yaml",
                   pv_message_quote(reader->key).text);
    pv_fail_input(&reader->fault, reader->checked.arena, reader->checked.source->path, reader->checked.source, &error);
}

/* Why a file that cannot be read as a submission was not meant to be one, by its bytes; or NULL. */
static const char *foreign_kind(pv_reader *reader) {
    if (reader->fault.code == PV_ERROR_MEMORY ||
        pv_glimpse(&reader->checked, bytes_of(reader), is_of_any_submission, reader))
        return NULL;
    return pv_holds_nothing(bytes_of(reader)) ? "there is nothing in it" : "it names no form, and cannot be read";
}

/* What is opened of a file: its bytes, or what another program makes of them. */
static bool convert(pv_reader *reader, pv_str path, pv_str *text, pv_error *error) {
    const pv_limits *limits = pv_library_limits(reader->checked.library);
    const pv_conversion_request request = {.conversion = pv_conversion_needed(&reader->checked, path, bytes_of(reader)),
                                           .path = path,
                                           .bytes = bytes_of(reader),
                                           .limit = limits->converted_bytes};
    *text = request.bytes;
    if (request.conversion == PV_CONVERSION_NONE)
        return true;
    if (request.bytes.size > limits->package_bytes)
        return pv_fail(error, PV_ERROR_LIMIT, "the file is larger than the limit of %zu bytes", limits->package_bytes);
    if (!reader->host->convert)
        return pv_fail(error, PV_ERROR_REFUSED,
                       "it is read by way of another program, and none can be run here; save "
                       "the document as .docx");
    pv_buf_reset(&reader->converted);
    if (!reader->host->convert(reader->host->payload, &request, &reader->converted, error))
        return false;
    *text = pv_buf_str(&reader->converted);
    return true;
}

/* PV_READ_SKIPPED: there are bytes, and no document. */
static pv_read_outcome load_document(pv_reader *reader, const pv_file *file) {
    pv_checked *checked = &reader->checked;
    const pv_limits *limits = pv_library_limits(checked->library);
    pv_str path = file->path;
    pv_str from = file->standard_input ? PV_STANDARD_INPUT : path;
    pv_error error = {0};
    checked->files = pv_sibling_files_of(&reader->siblings, reader->host, path, limits);
    pv_meter *meter = pv_library_meter(checked->library);
    const pv_phase before = pv_meter_enter(meter, PV_PHASE_READ);
    pv_str text = {0};
    bool has_bytes =
        (reader->given || pv_host_read(reader->host, &reader->bytes, from, pv_path_limit(path, limits), &error)) &&
        convert(reader, path, &text, &error);
    (void)pv_meter_enter(meter, before);
    if (!has_bytes) {
        pv_fail_input(&reader->fault, checked->arena, path, NULL, &error);
        return PV_READ_FAILED;
    }
    return pv_read_converted(checked, path, bytes_of(reader), text, &reader->fault) ? PV_READ_DONE : PV_READ_SKIPPED;
}

/* The pack of whose form most is found in the document, and a third at least; of several for one form the one that
 * judges it. Packs that cannot be opened are none. */
static bool recognise_pack(pv_reader *reader) {
    pv_recognition best = {0};
    const pv_pack *found = NULL;
    for (size_t i = 0; i < pv_pack_store_count(reader->packs); i++) {
        pv_fault ignored = {0};
        pv_recognition each;
        const pv_pack *pack = pv_pack_store_at(reader->packs, i, &ignored);
        if (!pack)
            continue;
        if (!pv_recognise(&reader->checked, pack, &each, &reader->fault))
            return false;
        if (each.found > 0 && (!found || each.found * best.asked > best.found * each.asked)) {
            best = each;
            found = pack;
        }
    }
    if (found && pv_recognition_is_enough(&best)) {
        reader->pack = pv_pack_store_for_form(reader->packs, found->form->id, &reader->fault);
        return reader->pack != NULL;
    }
    pv_error error = {0};
    if (found)
        pv_fail(&error, PV_ERROR_REFUSED,
                "which form this is on was not recognised: it looks most like “%s”, of which %zu of %zu prompts were "
                "found; name the pack with --pack",
                pv_message_quote(found->form->title).text, best.found, best.asked);
    else
        pv_fail(&error, PV_ERROR_REFUSED,
                "which form this is on was not recognised: no prompt of any pack was found in it; name the pack with "
                "--pack");
    pv_fail_input(&reader->fault, reader->checked.arena, reader->checked.source->path, reader->checked.source, &error);
    return false;
}

/* The pack for the form that the document names; some may leave that to the one pack there is to use. A fault that is
 * the name's, and not a pack's, stands at the name. */
static bool find_pack(pv_reader *reader) {
    pv_checked *checked = &reader->checked;
    pv_str form_id;
    if (checked->needs_form && !checked->names_form && pv_pack_store_has_only(reader->packs)) {
        reader->pack = pv_pack_store_at(reader->packs, 0, &reader->fault);
        return reader->pack != NULL;
    }
    if (checked->blocks)
        return recognise_pack(reader);
    if (!pv_read_form_id(checked, &form_id, &reader->fault))
        return false;
    reader->pack = pv_pack_store_for_form(reader->packs, form_id, &reader->fault);
    if (!reader->pack && reader->fault.path.size == 0) {
        reader->fault.path = checked->source->path;
        reader->fault.at = pv_source_locate(checked->source, checked->form_at.start);
    }
    return reader->pack != NULL;
}

bool pv_reader_open_pack(pv_reader *reader, const pv_file *file) {
    return load_document(reader, file) == PV_READ_DONE && find_pack(reader);
}

pv_read_outcome pv_reader_read(pv_reader *reader, const pv_file *file) {
    pv_read_outcome loaded = load_document(reader, file);
    reader->why = NULL;
    /* A document that was found in a folder is there since the configuration includes it. */
    bool is_document = pv_path_document_title(file->path).size > 0;
    if (loaded == PV_READ_SKIPPED && file->in_folder && !is_document)
        reader->why = foreign_kind(reader);
    if (loaded != PV_READ_DONE)
        return reader->why ? PV_READ_SKIPPED : PV_READ_FAILED;
    reader->why = file->in_folder && !is_document ? other_kind(reader) : NULL;
    if (reader->why && forgot_form(reader)) {
        fail_without_form(reader);
        return PV_READ_FAILED;
    }
    if (reader->why)
        return PV_READ_SKIPPED;
    bool read = find_pack(reader) && pv_read_submission(&reader->checked, reader->pack, &reader->fault);
    return read ? PV_READ_DONE : PV_READ_FAILED;
}

/* ---- what is not read for its name ---- */

/* So much of a file says which form it is on, where it does. */
#define GLIMPSED_BYTES ((size_t)4096)

static bool is_spreadsheet(pv_str path) {
    static const pv_str endings[] = {PV_STR(".xlsx"), PV_STR(".xls"), PV_STR(".xlsm"),
                                     PV_STR(".ods"),  PV_STR(".tsv"), PV_STR(".numbers")};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        pv_str ending = endings[i];
        if (path.size > ending.size &&
            pv_str_equal_ascii_folded(pv_str_slice(path, path.size - ending.size, path.size), ending))
            return true;
    }
    return false;
}

/* Of the first key alone: further down, an example in a page of prose is as good. */
static bool is_first_and_form(void *payload, pv_str key, pv_str value, bool is_key) {
    pv_reader *reader = payload;
    reader->key = (pv_str){0};
    if (is_key && value.data && is_form(key) && is_form_of_a_pack(reader, value))
        reader->key = value;
    return true;
}

pv_str pv_reader_look(pv_reader *reader, pv_str path) {
    pv_arena *arena = reader->checked.arena;
    pv_error ignored = {0};
    pv_arena_clear(arena);
    if (is_spreadsheet(path))
        return PV_STR("it is a spreadsheet; a table is read when it is saved as CSV");
    pv_str title = pv_path_document_title(path);
    switch (pv_host_kind(reader->host, path)) {
    case PV_PATH_FILE:
        if (title.size > 0)
            return pv_arena_format(arena, "it is a document (%.*s), which is read when it is named or included",
                                   PV_STR_ARG(title));
        break;
    case PV_PATH_FOLDER:
        return PV_STR("it is a link to a folder, which is searched when it is named itself");
    default:
        if (pv_path_may_be_submission(path))
            return PV_STR("it is a device or pipe, not a file");
        return (pv_str){0};
    }
    reader->key = (pv_str){0};
    if (!pv_host_read(reader->host, &reader->bytes, path, GLIMPSED_BYTES, &ignored) ||
        !pv_glimpse_any(arena, pv_buf_str(&reader->bytes), is_first_and_form, reader) || reader->key.size == 0)
        return (pv_str){0};
    return pv_arena_format(arena, "it names the form %s, but by its name it is neither %.*s",
                           pv_message_quote(reader->key).text, PV_STR_ARG(pv_submission_formats(arena)));
}
