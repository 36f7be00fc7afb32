#include "cli/reader.h"

bool pv_reader_init(pv_reader *reader, pv_library *library, pv_pack_store *packs, pv_error *error) {
    *reader = (pv_reader){.packs = packs, .bytes = pv_buf_on(pv_library_memory(library))};
    return pv_checked_new(&reader->checked, library, error);
}

void pv_reader_clear(pv_reader *reader) {
    pv_buf_clear(&reader->bytes);
    pv_checked_clear(&reader->checked);
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
        return "it names no form";
    return NULL;
}

static bool load_document(pv_reader *reader, const pv_file *file) {
    pv_checked *checked = &reader->checked;
    const pv_limits *limits = pv_library_limits(checked->library);
    pv_str path = file->path;
    pv_str from = file->standard_input ? PV_STANDARD_INPUT : path;
    pv_error error = {0};
    checked->files = pv_beside_of(&reader->beside, path, limits);
    if (reader->given)
        return pv_read_document(checked, path, pv_buf_str(reader->given), &reader->fault);
    if (pv_files_read(&reader->bytes, from, limits->source_bytes, &error))
        return pv_read_document(checked, path, pv_buf_str(&reader->bytes), &reader->fault);
    reader->fault = pv_fault_from_error(checked->arena, PV_FAULT_INPUT, path, NULL, &error);
    return false;
}

/* The pack for the form that the document names; some may leave that to --pack. A fault that is the name's, and not a pack's, stands at the name. */
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
    if (reader->why)
        return PV_READ_SKIPPED;
    bool read = find_pack(reader) && pv_read_submission(&reader->checked, reader->pack, &reader->fault);
    return read ? PV_READ_DONE : PV_READ_FAILED;
}
