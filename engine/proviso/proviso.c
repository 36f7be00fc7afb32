#include "proviso/proviso.h"

#include <assert.h>
#include <string.h>

#include "proviso/proviso_p.h"
#include "report/other/catalogue.h"
#include "run/ruleset.h"

static_assert((int)PROVISO_OK == (int)PV_OK && (int)PROVISO_ERROR_MEMORY == (int)PV_ERROR_MEMORY &&
                  (int)PROVISO_ERROR_SHAPE == (int)PV_ERROR_SHAPE && (int)PROVISO_ERROR_USAGE == (int)PV_ERROR_USAGE,
              "errors are numbered alike");

uint32_t proviso_version_number(void) {
    return PROVISO_VERSION_NUMBER;
}

const char *proviso_version(void) {
    return PROVISO_VERSION;
}

const char *proviso_no_machine_code(void) {
    return pv_library_no_machine_code();
}

/* ---- texts and errors ---- */

proviso_text proviso_text_of(pv_str text) {
    return (proviso_text){text.data, text.size};
}

pv_memory *proviso_memory_of(const proviso_pack *pack) {
    return pv_library_memory(pack->engine->library);
}

proviso_level proviso_level_of(pv_level level) {
    return (proviso_level)((int)level + (int)PROVISO_LEVEL_NOTE);
}

/* The text with a NUL, at a character's end or, of a path, from a character's start. */
static void copy_end(char *out, size_t size, pv_str text) {
    size_t start = text.size < size ? 0 : text.size - size + 1;
    while (start < text.size && start > 0 && ((unsigned char)text.data[start] & 0xC0) == 0x80)
        start++;
    if (text.size > start)
        memcpy(out, text.data + start, text.size - start);
    out[text.size - start] = '\0';
}

static void copy_start(char *out, size_t size, pv_str text) {
    size_t end = text.size < size ? text.size : size - 1;
    while (end > 0 && end < text.size && ((unsigned char)text.data[end] & 0xC0) == 0x80)
        end--;
    if (end > 0)
        memcpy(out, text.data, end);
    out[end] = '\0';
}

static bool fail_at(proviso_error *error, pv_code code, pv_str message, pv_str path, pv_position at) {
    if (!error)
        return false;
    *error = (proviso_error){.code = (proviso_code)code, .line = at.line, .column = at.column};
    copy_start(error->message, sizeof error->message, message);
    copy_end(error->path, sizeof error->path, path);
    return false;
}

bool proviso_fail(proviso_error *error, pv_code code, const char *message) {
    return fail_at(error, code, pv_str_from(message), (pv_str){0}, (pv_position){0});
}

bool proviso_fail_with(proviso_error *error, const pv_error *cause, pv_str path) {
    return fail_at(error, cause->code, pv_str_from(cause->message), path, (pv_position){0});
}

bool proviso_fail_with_fault(proviso_error *error, const pv_fault *fault) {
    return fail_at(error, fault->code != PV_OK ? fault->code : PV_ERROR_SHAPE, fault->message, fault->path, fault->at);
}

bool proviso_fail_index(proviso_error *error) {
    return proviso_fail(error, PV_ERROR_USAGE, "the index is past the last");
}

/* ---- structs of other versions ---- */

bool proviso_fill(void *out, void *whole, size_t size, proviso_error *error) {
    size_t room;
    memcpy(&room, out, sizeof room);
    if (room < sizeof room)
        return proviso_fail(error, PV_ERROR_USAGE, "struct_size is to be set to the size of the struct");
    memcpy(whole, &room, sizeof room);
    memcpy(out, whole, room < size ? room : size);
    if (room > size)
        memset((char *)out + size, 0, room - size);
    return true;
}

bool proviso_take(void *whole, size_t size, const void *given, proviso_error *error) {
    size_t room;
    if (!given)
        return true;
    memcpy(&room, given, sizeof room);
    if (room < sizeof room)
        return proviso_fail(error, PV_ERROR_USAGE, "struct_size is to be set to the size of the struct");
    for (size_t i = size; i < room; i++)
        if (((const char *)given)[i] != 0)
            return proviso_fail(error, PV_ERROR_USAGE,
                                "the options ask for what this version of proviso does not have");
    memcpy(whole, given, room < size ? room : size);
    return true;
}

bool proviso_fill_fault(const pv_fault *fault, proviso_fault *out, proviso_error *error) {
    proviso_fault whole = {
        .kind = proviso_text_of(pv_str_from(pv_fault_kind_name(fault->kind))),
        .rule = proviso_text_of(fault->rule),
        .message = proviso_text_of(fault->message),
        .path = proviso_text_of(fault->path),
        .line = fault->at.line,
        .column = fault->at.column,
    };
    return proviso_fill(out, &whole, sizeof whole, error);
}

bool proviso_write_out(pv_buf *text, proviso_write write, void *payload, proviso_error *error) {
    bool refused = text->failed;
    bool written = refused || write(payload, text->size > 0 ? text->data : "", text->size);
    pv_buf_clear(text);
    if (refused)
        return proviso_fail(error, PV_ERROR_MEMORY, "not enough memory");
    return written || proviso_fail(error, PV_ERROR_IO, "what was written could not be taken");
}

/* ---- files asked for ---- */

struct proviso_reply {
    pv_buf bytes;
    pv_buf path;
    pv_buf message;
    size_t most_bytes;
    bool too_long;
    bool counts; /* what is beyond is counted and not kept */
    uint64_t counted;
};

bool proviso_reply_bytes(proviso_reply *reply, const void *bytes, size_t size) {
    reply->counted += size;
    size_t room = reply->most_bytes - reply->bytes.size;
    if (reply->counts && size > room)
        size = room;
    reply->too_long = reply->too_long || size > reply->most_bytes - reply->bytes.size;
    if (!reply->too_long && size > 0)
        pv_buf_append(&reply->bytes, (pv_str){bytes, size});
    return !reply->too_long && !reply->bytes.failed;
}

bool proviso_reply_path(proviso_reply *reply, const char *path) {
    pv_buf_reset(&reply->path);
    pv_buf_append_text(&reply->path, path);
    return !reply->path.failed;
}

void proviso_reply_message(proviso_reply *reply, const char *message) {
    pv_buf_reset(&reply->message);
    pv_buf_append_text(&reply->message, message);
}

static bool fail_reply(const proviso_reply *reply, pv_code code, const char *what, pv_str name, pv_error *error) {
    if (reply->message.size > 0 && !reply->message.failed)
        return pv_fail(error, code, "%s", reply->message.data);
    return pv_fail(error, code, "%s: %.*s", what, PV_STR_ARG(name));
}

static bool read_reply(const proviso_reply *reply, proviso_read_outcome outcome, pv_arena *arena, pv_str name,
                       pv_str *path, pv_str *bytes, pv_error *error) {
    if (outcome == PROVISO_READ_NOT_FOUND)
        return fail_reply(reply, PV_ERROR_NOT_FOUND, "there is no such file", name, error);
    if (outcome == PROVISO_READ_REFUSED)
        return fail_reply(reply, PV_ERROR_REFUSED, "the file may not be read", name, error);
    if (outcome != PROVISO_READ_DONE)
        return fail_reply(reply, PV_ERROR_IO, "the file could not be read", name, error);
    if (reply->too_long)
        return pv_fail(error, PV_ERROR_LIMIT, "the file has more than %zu bytes", reply->most_bytes);
    *bytes = pv_arena_copy(arena, pv_buf_str(&reply->bytes));
    *path = pv_arena_copy(arena, reply->path.size > 0 ? pv_buf_str(&reply->path) : name);
    bool kept = !reply->bytes.failed && !reply->path.failed && bytes->data && path->data;
    return kept || pv_fail_memory(error);
}

/* reply: what is to be kept of it. */
static bool ask(const asked_file *asked, proviso_reply *reply, pv_arena *arena, pv_str name, pv_str *path,
                pv_str *bytes, pv_error *error) {
    pv_memory *memory = pv_arena_memory(arena);
    reply->bytes = pv_buf_on(memory);
    reply->path = pv_buf_on(memory);
    reply->message = pv_buf_on(memory);
    pv_str ended = pv_arena_copy(arena, name);
    bool given =
        ended.data ? read_reply(reply, asked->read(asked->payload, ended.data, reply), arena, name, path, bytes, error)
                   : pv_fail_memory(error);
    pv_buf_clear(&reply->bytes);
    pv_buf_clear(&reply->path);
    pv_buf_clear(&reply->message);
    return given;
}

bool proviso_ask_for_file(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    const asked_file *asked = payload;
    proviso_reply reply = {.most_bytes = asked->most_bytes};
    return ask(asked, &reply, arena, name, path, bytes, error);
}

bool proviso_ask_about_file(void *payload, pv_arena *arena, pv_str name, pv_file_look *out, pv_error *error) {
    proviso_reply reply = {.most_bytes = PV_FILE_HEAD_BYTES, .counts = true};
    bool given = ask(payload, &reply, arena, name, &out->path, &out->head, error);
    out->size = reply.counted;
    return given;
}

/* ---- engine ---- */

static bool read_engine_options(const proviso_engine_options *given, proviso_engine_options *options, pv_limits *limits,
                                proviso_error *error) {
    *options = (proviso_engine_options){0};
    *limits = pv_limits_default();
    if (!proviso_take(options, sizeof *options, given, error))
        return false;
    if (options->fuel < 0)
        return proviso_fail(error, PV_ERROR_USAGE, "fuel is not negative");
    if (options->source_bytes > UINT32_MAX / 2)
        return proviso_fail(error, PV_ERROR_USAGE, "a submission has at most 2 GiB");
    if (options->source_bytes > 0)
        limits->source_bytes = options->source_bytes;
    if (options->fuel > 0)
        limits->fuel = options->fuel;
    if (options->state_bytes > 0)
        limits->lua_bytes = options->state_bytes;
    if (options->cpu_milliseconds > 0)
        limits->cpu_milliseconds = options->cpu_milliseconds;
    return true;
}

static bool make_engine(proviso_engine **out, pv_library *library, size_t most_bytes) {
    pv_memory *memory = pv_library_memory(library);
    if (most_bytes > 0 && most_bytes < memory->used)
        return false;
    if (most_bytes > 0)
        memory->limit = most_bytes;
    proviso_engine *engine = pv_memory_new(memory, sizeof *engine);
    if (!engine)
        return false;
    engine->library = library;
    engine->arena = pv_arena_new(memory);
    *out = engine;
    return engine->arena != NULL;
}

bool proviso_engine_new(proviso_engine **out, const proviso_engine_options *given, proviso_error *error) {
    proviso_engine_options options;
    pv_limits limits;
    pv_library *library;
    proviso_engine *engine = NULL;
    pv_error cause = {0};
    if (!read_engine_options(given, &options, &limits, error))
        return false;
    if (!pv_library_new(&library, &limits, pv_str_from(options.as_of), &cause))
        return proviso_fail_with(error, &cause, (pv_str){0});
    if (!make_engine(&engine, library, options.memory_bytes)) {
        if (engine)
            proviso_engine_free(engine);
        else
            pv_library_free(library);
        return proviso_fail(error, PV_ERROR_MEMORY, "not enough memory");
    }
    *out = engine;
    return true;
}

void proviso_engine_free(proviso_engine *engine) {
    if (!engine)
        return;
    pv_library *library = engine->library;
    pv_arena_free(engine->arena);
    pv_memory_free(pv_library_memory(library), engine, sizeof *engine);
    pv_library_free(library);
}

size_t proviso_engine_memory(const proviso_engine *engine, size_t *peak) {
    const pv_memory *memory = pv_library_memory(engine->library);
    if (peak)
        *peak = memory->peak;
    return memory->used;
}

/* ---- packs ---- */

/* A pack that is being opened, and keeps what was read. */
typedef struct opening {
    proviso_pack *pack;
    pv_pack_reader reader;
    void *payload;
} opening;

static bool make_room(proviso_pack *pack) {
    enum { FIRST_ROOM = 8 };
    pv_arena *arena = pack->engine->arena;
    size_t capacity = pack->file_capacity > 0 ? pack->file_capacity * 2 : FIRST_ROOM;
    pv_str *grown[3];
    pv_str *const old[] = {pack->names, pack->paths, pack->files};
    for (size_t i = 0; i < sizeof grown / sizeof *grown; i++) {
        grown[i] = PV_NEW_ARRAY(arena, pv_str, capacity);
        if (!grown[i])
            return false;
        if (pack->file_count > 0)
            memcpy(grown[i], old[i], pack->file_count * sizeof **grown);
    }
    pack->names = grown[0];
    pack->paths = grown[1];
    pack->files = grown[2];
    pack->file_capacity = capacity;
    return true;
}

static bool read_and_keep(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    opening *at = payload;
    proviso_pack *pack = at->pack;
    if (!at->reader(at->payload, arena, name, path, bytes, error))
        return false;
    if (pack->file_count == pack->file_capacity && !make_room(pack))
        return pv_fail_memory(error);
    pack->names[pack->file_count] = name;
    pack->paths[pack->file_count] = *path;
    pack->files[pack->file_count++] = *bytes;
    return true;
}

bool proviso_pack_open_from(proviso_engine *engine, pv_pack_reader reader, void *payload, const proviso_pack **out,
                            proviso_error *error) {
    proviso_pack *pack = PV_NEW(engine->arena, proviso_pack);
    opening at = {.pack = pack, .reader = reader, .payload = payload};
    pv_fault fault = {0};
    if (!pack)
        return proviso_fail(error, PV_ERROR_MEMORY, "not enough memory");
    pack->engine = engine;
    if (!pv_library_open_pack(engine->library, read_and_keep, &at, NULL, NULL, &pack->pack, &fault))
        return proviso_fail_with_fault(error, &fault);
    *out = pack;
    return true;
}

bool proviso_pack_open(proviso_engine *engine, proviso_read read, void *payload, const proviso_pack **out,
                       proviso_error *error) {
    asked_file asked = {read, payload, pv_library_limits(engine->library)->source_bytes};
    return proviso_pack_open_from(engine, proviso_ask_for_file, &asked, out, error);
}

typedef struct files_given {
    const proviso_file *files;
    size_t count;
} files_given;

static bool find_given(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    const files_given *given = payload;
    for (size_t i = 0; i < given->count; i++) {
        if (!pv_str_equal(pv_str_from(given->files[i].name), name))
            continue;
        *path = pv_arena_copy(arena, name);
        *bytes = pv_arena_copy(arena, (pv_str){given->files[i].bytes, given->files[i].size});
        return (path->data && bytes->data) || pv_fail_memory(error);
    }
    return pv_fail(error, PV_ERROR_NOT_FOUND, "there is no such file: %.*s", PV_STR_ARG(name));
}

bool proviso_pack_open_files(proviso_engine *engine, const proviso_file *files, size_t count, const proviso_pack **out,
                             proviso_error *error) {
    files_given given = {files, count};
    return proviso_pack_open_from(engine, find_given, &given, out, error);
}

static size_t count_rules(const pv_pack *pack) {
    size_t count = 0;
    while (pv_rule_at(pack->ruleset, count))
        count++;
    return count;
}

bool proviso_pack_about(const proviso_pack *pack, proviso_pack_facts *out, proviso_error *error) {
    const pv_manifest *manifest = pack->pack->manifest;
    proviso_pack_facts whole = {
        .id = proviso_text_of(manifest->id),
        .version = proviso_text_of(manifest->version),
        .title = proviso_text_of(manifest->title),
        .form = proviso_text_of(pack->pack->form->id),
        .sha256 = proviso_text_of(pv_str_from(pack->pack->sha256)),
        .rule_count = count_rules(pack->pack),
        .fault_count = pack->pack->ruleset->fault_count,
    };
    return proviso_fill(out, &whole, sizeof whole, error);
}

bool proviso_pack_catalogue(const proviso_pack *pack, proviso_write write, void *payload, proviso_error *error) {
    pv_buf text = pv_buf_on(proviso_memory_of(pack));
    pv_json json = pv_json_on(&text);
    pv_json_object_begin(&json);
    pv_json_key(&json, "schema");
    pv_json_unsigned(&json, 1);
    pv_json_key(&json, "packs");
    pv_json_array_begin(&json);
    pv_catalogue_json(&json, pack->pack);
    pv_json_array_end(&json);
    pv_json_object_end(&json);
    pv_buf_append_char(&text, '\n');
    return proviso_write_out(&text, write, payload, error);
}

bool proviso_pack_rule(const proviso_pack *pack, size_t index, proviso_rule *out, proviso_error *error) {
    const pv_rule *rule = pv_rule_at(pack->pack->ruleset, index);
    if (!rule)
        return proviso_fail_index(error);
    proviso_rule whole = {
        .id = proviso_text_of(rule->id),
        .title = proviso_text_of(rule->title),
        .citation = proviso_text_of(rule->citation),
        .remedy = proviso_text_of(rule->remedy),
        .why = proviso_text_of(rule->why),
        .subject = proviso_text_of(pv_str_from(pv_subject_kind_name(rule->each))),
        .level = proviso_level_of(rule->level),
        .example_count = rule->example_count,
    };
    if (rule->source) {
        whole.path = proviso_text_of(rule->source->path);
        whole.line = pv_source_locate(rule->source, rule->at.start).line;
    }
    return proviso_fill(out, &whole, sizeof whole, error);
}

bool proviso_pack_fault(const proviso_pack *pack, size_t index, proviso_fault *out, proviso_error *error) {
    const pv_ruleset *ruleset = pack->pack->ruleset;
    return index < ruleset->fault_count ? proviso_fill_fault(&ruleset->faults[index], out, error)
                                        : proviso_fail_index(error);
}
