#include "project/lock.h"

#include "model/message.h"
#include "model/shape.h"

/* Digits of a hash that tell two apart in a message. */
#define SHORT_HASH ((size_t)12)

static bool read_pack(pv_locked_pack *out, const pv_node *node, pv_error *error) {
    enum { LOCKED_VERSION, LOCKED_SHA256, LOCKED_KEY_COUNT };
    static const pv_str keys[LOCKED_KEY_COUNT] = {PV_STR("version"), PV_STR("sha256")};
    static const pv_shape shape = {"a locked pack", keys, LOCKED_KEY_COUNT, LOCKED_KEY_COUNT};
    const pv_node *part[LOCKED_KEY_COUNT];
    out->id = pv_node_value(node->key);
    out->at = node->key->span;
    return pv_shape_read(&shape, node, part, error) &&
           pv_shape_name(part[LOCKED_VERSION], "the pack's version", &out->version, error) &&
           pv_shape_name(part[LOCKED_SHA256], "the pack's hash", &out->sha256, error);
}

static bool read_packs(pv_lock *lock, pv_arena *arena, const pv_document *document, pv_error *error) {
    static const pv_str keys[] = {PV_STR("packs")};
    static const pv_shape shape = {"the lock file", keys, 1, 1};
    const pv_node *list;
    if (!pv_shape_read(&shape, document->root, &list, error) ||
        !pv_shape_expect(list, PV_NODE_MAPPING, "the locked packs", error))
        return false;
    pv_locked_pack *packs = PV_NEW_ARRAY(arena, pv_locked_pack, list->count);
    if (!packs)
        return pv_fail_memory(error);
    for (const pv_node *node = list->first; node; node = node->next)
        if (!read_pack(&packs[node->index], node, error))
            return false;
    *lock = (pv_lock){document->source, packs, list->count};
    return true;
}

bool pv_lock_read(pv_lock *out, pv_library *library, const pv_host *host, pv_arena *arena, pv_str path,
                  pv_fault *fault) {
    const pv_document *document;
    pv_error error = {0};
    if (!pv_host_read_yaml(host, library, arena, path, &document, fault))
        return false;
    return read_packs(out, arena, document, &error) || pv_fail_input(fault, arena, path, document->source, &error);
}

static bool check(const pv_lock *lock, const pv_pack *pack, pv_error *error) {
    const pv_manifest *manifest = pack->manifest;
    const pv_locked_pack *locked = NULL;
    for (size_t i = 0; i < lock->count; i++)
        if (pv_str_equal(lock->packs[i].id, manifest->id))
            locked = &lock->packs[i];
    if (!locked)
        return pv_fail(error, PV_ERROR_REFUSED, "the pack %s is not locked; 'proviso rules --lock' locks it",
                       pv_message_quote(manifest->id).text);
    if (!pv_str_equal(locked->version, manifest->version))
        return pv_fail_at(
            error, PV_ERROR_REFUSED, locked->at,
            "the pack %s is locked at version %s, but this is version %s; 'proviso rules --lock' accepts it",
            pv_message_quote(manifest->id).text, pv_message_quote(locked->version).text,
            pv_message_quote(manifest->version).text);
    if (!pv_str_equal(locked->sha256, pv_str_from(pack->sha256)))
        return pv_fail_at(
            error, PV_ERROR_REFUSED, locked->at,
            "the pack %s is not what it was when it was locked (its sha256 is %.*s…); 'proviso rules --lock' "
            "accepts it",
            pv_message_quote(manifest->id).text, (int)SHORT_HASH, pack->sha256);
    return true;
}

bool pv_lock_check(const pv_lock *lock, const pv_pack *pack, pv_arena *arena, pv_fault *fault) {
    pv_error error = {0};
    return check(lock, pack, &error) || pv_fail_input(fault, arena, lock->source->path, lock->source, &error);
}

static void write_quoted(pv_buf *out, pv_str text) {
    pv_buf_append_char(out, '\'');
    for (size_t i = 0; i < text.size; i++)
        pv_buf_append_repeat(out, text.data[i], text.data[i] == '\'' ? 2 : 1);
    pv_buf_append_char(out, '\'');
}

static void write_packs(pv_buf *out, const pv_pack *const *packs, size_t count) {
    pv_buf_append_text(out,
                       "# The packs that this project is checked with, written by 'proviso rules --lock'.\npacks:\n");
    for (size_t i = 0; i < count; i++) {
        pv_buf_append_text(out, "  ");
        write_quoted(out, packs[i]->manifest->id);
        pv_buf_append_text(out, ": { version: ");
        write_quoted(out, packs[i]->manifest->version);
        pv_buf_format(out, ", sha256: %s }\n", packs[i]->sha256);
    }
}

bool pv_lock_write(const pv_host *host, pv_memory *memory, pv_str path, const pv_pack *const *packs, size_t count,
                   pv_error *error) {
    pv_buf text = pv_buf_on(memory);
    write_packs(&text, packs, count);
    bool written = text.failed ? pv_fail_memory(error) : host->replace(host->payload, path, pv_buf_str(&text), error);
    pv_buf_clear(&text);
    return written;
}
