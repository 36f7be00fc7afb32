#include "project/reader.h"

#include "model/message.h"

/* ---- sibling files ---- */

static bool is_inside(pv_str path, pv_str folder) {
    bool is_root = folder.size == 1;
    return pv_str_starts_with(path, folder) && (is_root || (path.size > folder.size && path.data[folder.size] == '/'));
}

static bool fail_finding(pv_str name, const pv_error *failure, pv_error *error) {
    const pv_quote quoted = pv_message_quote(name);
    if (failure->code == PV_ERROR_MEMORY)
        return pv_fail_memory(error);
    if (failure->code == PV_ERROR_NOT_FOUND)
        return pv_fail(error, PV_ERROR_NOT_FOUND, "there is no file %s", quoted.text);
    return pv_fail(error, failure->code, "%s %s", quoted.text, failure->message);
}

/* Where the file at path is, all links followed. Messages become verdicts, so they call it by the name that the
 * submission gives it, wherever the submission lies. */
static bool find_file(const pv_sibling_files *siblings, pv_arena *arena, pv_str name, pv_str path, pv_str *resolved,
                      pv_error *error) {
    const pv_host *host = siblings->host;
    pv_error failure = {0};
    pv_str folder;
    pv_str own = pv_path_join(arena, siblings->folder, PV_STR("."));
    if (!own.data)
        return pv_fail_memory(error);
    if (!host->canonical(host->payload, arena, own, &folder, &failure) ||
        !host->canonical(host->payload, arena, path, resolved, &failure))
        return fail_finding(name, &failure, error);
    const pv_quote quoted = pv_message_quote(name);
    if (!is_inside(*resolved, folder))
        return pv_fail(error, PV_ERROR_REFUSED,
                       "%s is a link that leads out of the submission's folder; put the file itself there",
                       quoted.text);
    switch (pv_host_kind(host, *resolved)) {
    case PV_PATH_FILE:
        return true;
    case PV_PATH_MISSING:
        return pv_fail(error, PV_ERROR_NOT_FOUND, "there is no file %s", quoted.text);
    case PV_PATH_FOLDER:
        return pv_fail(error, PV_ERROR_REFUSED, "%s is a folder, not a text file", quoted.text);
    default:
        return pv_fail(error, PV_ERROR_REFUSED, "%s is a device or pipe, not a text file", quoted.text);
    }
}

static bool read_sibling(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    const pv_sibling_files *siblings = payload;
    pv_error failure = {0};
    pv_str resolved = {0};
    bool is_current = pv_str_equal(siblings->folder, PV_STR("."));
    *path = is_current ? pv_arena_copy(arena, name) : pv_path_join(arena, siblings->folder, name);
    if (!path->data)
        return pv_fail_memory(error);
    if (!find_file(siblings, arena, name, *path, &resolved, error))
        return false;
    return pv_host_read_copy(siblings->host, arena, resolved, siblings->limit, bytes, &failure) ||
           fail_finding(name, &failure, error);
}

pv_sibling_reader pv_sibling_files_of(pv_sibling_files *siblings, const pv_host *host, pv_str path,
                                      const pv_limits *limits) {
    *siblings = (pv_sibling_files){.host = host, .folder = pv_path_folder(path), .limit = limits->source_bytes};
    return (pv_sibling_reader){.read = read_sibling, .payload = siblings};
}

/* ---- submissions ---- */

bool pv_reader_init(pv_reader *reader, pv_library *library, const pv_host *host, pv_pack_store *packs,
                    pv_error *error) {
    *reader = (pv_reader){.host = host, .packs = packs, .bytes = pv_buf_on(pv_library_memory(library))};
    return pv_checked_new(&reader->checked, library, error);
}

void pv_reader_clear(pv_reader *reader) {
    pv_buf_clear(&reader->bytes);
    pv_checked_clear(&reader->checked);
}

static bool may_be_config(pv_str path) {
    pv_str name = pv_path_name(path);
    return pv_str_equal(name, PV_STR("proviso.yaml")) || pv_str_equal(name, PV_STR("proviso.yml"));
}

/* Why a document found in a folder is no submission, or NULL. The files of a pack lie beside its cases, and name a
 * form too. */
static const char *other_kind(const pv_checked *checked) {
    if (checked->needs_form)
        return checked->names_form ? NULL : "it names no form";
    const pv_node *root = checked->document->root;
    if (pv_node_get(root, PV_STR("pack")))
        return "it is the manifest of a pack";
    if (pv_node_get(root, PV_STR("sections")))
        return "it is a form";
    if (!pv_node_get(root, PV_STR("form")))
        return may_be_config(checked->source->path) ? "it names no form; a configuration is called .proviso.yaml"
                                                    : "it names no form";
    return NULL;
}

/* ---- a submission that does not say so ---- */

/* "form" in capitals. */
static bool is_form(pv_str word) {
    return pv_str_equal_ascii_folded(word, PV_STR("form"));
}

/* "form" misspelt; many a word of other files (from, format) is as near to it, so the value decides. */
static bool is_near_form(pv_str word) {
    static const pv_str form = PV_STR("form");
    return pv_suggest(word, &form, 1) == 0;
}

static bool is_form_of_a_pack(pv_reader *reader, pv_str name) {
    const pv_fault before = reader->fault;
    bool found = pv_pack_store_for_form(reader->packs, name, &reader->fault) != NULL;
    reader->fault = before;
    return found;
}

/* The key by which a document without a form is one all the same, or NULL. */
static const pv_node *key_of_submission(pv_reader *reader, const pv_node *root) {
    static const pv_str keys[] = {PV_STR("fields"), PV_STR("measures"), PV_STR("records"), PV_STR("attachments")};
    for (const pv_node *each = root->kind == PV_NODE_MAPPING ? root->first : NULL; each; each = each->next) {
        pv_str key = pv_node_value(each->key);
        if (each->kind == PV_NODE_SCALAR &&
            (is_form(key) || (is_near_form(key) && is_form_of_a_pack(reader, pv_node_value(each)))))
            return each->key;
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            if (each->kind != PV_NODE_SCALAR && pv_str_equal(key, keys[i]))
                return each->key;
    }
    return NULL;
}

static const pv_node *forgotten_form(pv_reader *reader) {
    const pv_checked *checked = &reader->checked;
    const pv_node *root = checked->needs_form ? NULL : checked->document->root;
    bool is_of_pack = root && (pv_node_get(root, PV_STR("pack")) || pv_node_get(root, PV_STR("sections")) ||
                               pv_node_get(root, PV_STR("form")));
    return root && !is_of_pack ? key_of_submission(reader, root) : NULL;
}

/* A file found in a folder that nobody would check, though it was written to be checked. */
static bool fail_without_form(pv_reader *reader, const pv_node *key) {
    pv_error error = {0};
    pv_str name = pv_node_value(key);
    if (is_form(name) || is_near_form(name))
        pv_fail_at(&error, PV_ERROR_SHAPE, key->span,
                   "'%s' names no form; did you mean form? If it is no submission, ignore it in .proviso.yaml",
                   pv_message_quote(name).text);
    else
        pv_fail_at(&error, PV_ERROR_SHAPE, key->span,
                   "it has %s as a submission has, but does not name its form: write form: NAME above it. If it is no "
                   "submission, ignore it in .proviso.yaml",
                   pv_message_quote(name).text);
    return pv_fail_input(&reader->fault, reader->checked.arena, reader->checked.source->path, reader->checked.source,
                         &error);
}

static bool load_document(pv_reader *reader, const pv_file *file) {
    pv_checked *checked = &reader->checked;
    const pv_limits *limits = pv_library_limits(checked->library);
    pv_str path = file->path;
    pv_str from = file->standard_input ? PV_STANDARD_INPUT : path;
    pv_error error = {0};
    checked->files = pv_sibling_files_of(&reader->siblings, reader->host, path, limits);
    if (reader->given)
        return pv_read_document(checked, path, pv_buf_str(reader->given), &reader->fault);
    if (pv_host_read(reader->host, &reader->bytes, from, limits->source_bytes, &error))
        return pv_read_document(checked, path, pv_buf_str(&reader->bytes), &reader->fault);
    return pv_fail_input(&reader->fault, checked->arena, path, NULL, &error);
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
    if (!pv_read_form_id(checked, &form_id, &reader->fault))
        return false;
    reader->pack = pv_pack_store_for_form(reader->packs, form_id, &reader->fault);
    if (!reader->pack && reader->fault.path.size == 0) {
        reader->fault.path = checked->source->path;
        reader->fault.at = pv_source_locate(checked->source, checked->form_at.start);
    }
    return reader->pack != NULL;
}

pv_read_outcome pv_reader_read(pv_reader *reader, const pv_file *file) {
    if (!load_document(reader, file))
        return PV_READ_FAILED;
    reader->why = file->in_folder ? other_kind(&reader->checked) : NULL;
    const pv_node *key = reader->why ? forgotten_form(reader) : NULL;
    if (key) {
        fail_without_form(reader, key);
        return PV_READ_FAILED;
    }
    if (reader->why)
        return PV_READ_SKIPPED;
    bool read = find_pack(reader) && pv_read_submission(&reader->checked, reader->pack, &reader->fault);
    return read ? PV_READ_DONE : PV_READ_FAILED;
}
