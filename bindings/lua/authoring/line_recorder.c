/* Which lines of the rule files ran, and which could have. */
#include "lua/authoring/authoring_p.h"

#include "base/buf.h"

#define SIGNATURE_SIZE ((size_t)12) /* "\x1bLua", version, format, and six bytes that show a damaged file */
#define ABSOLUTE_LINE 0x80          /* in place of a difference between lines */
#define MAX_FUNCTION_DEPTH 200      /* Lua's own limit for functions inside one another (LUAI_MAXCCALLS) */

/* ---- the pieces of a dump ---- */

/* Lua tells the lines of a function only to one who holds a closure of it, and of functions that nothing has called
 * there is none. So the file is compiled, dumped, and the dump read: the layout is that of ldump.c in Lua 5.4. Nothing
 * is ever loaded from a dump. */
/* A dump being read; `broken` is sticky, and then every read gives 0. */
typedef struct dump {
    pv_str bytes;
    size_t at;
    bool broken;
    size_t instruction_size;
    size_t integer_size;
    size_t number_size;
    bool *with_code;
    size_t line_count;
} dump;

static void skip(dump *from, size_t size) {
    from->broken = from->broken || size > from->bytes.size - from->at;
    if (!from->broken)
        from->at += size;
}

static unsigned read_byte(dump *from) {
    size_t at = from->at;
    skip(from, 1);
    return from->broken ? 0 : (unsigned char)from->bytes.data[at];
}

/* Seven bits a byte, the most significant first; the last byte has its high bit set. */
static size_t read_size(dump *from) {
    size_t size = 0;
    unsigned byte = 0;
    while (!from->broken && !(byte & 0x80)) {
        byte = read_byte(from);
        size = size << 7 | (byte & 0x7F);
    }
    return from->broken ? 0 : size;
}

static void skip_string(dump *from) {
    size_t size = read_size(from); /* one more than its bytes; 0: none */
    if (size > 0)
        skip(from, size - 1);
}

static void skip_items(dump *from, size_t size) {
    size_t count = read_size(from);
    from->broken = from->broken || (size > 0 && count > from->bytes.size / size);
    skip(from, count * size);
}

static void skip_constants(dump *from) {
    for (size_t count = read_size(from); count > 0 && !from->broken; count--) {
        switch (read_byte(from)) {
        case LUA_TNUMBER: /* an integer */
            skip(from, from->integer_size);
            break;
        case LUA_TNUMBER | 0x10: /* a float */
            skip(from, from->number_size);
            break;
        case LUA_TSTRING:
        case LUA_TSTRING | 0x10: /* a long one */
            skip_string(from);
            break;
        default: /* nil, false, true: nothing follows */
            break;
        }
    }
}

/* ---- lines of a dump ---- */

static void mark_line(dump *from, size_t line) {
    if (line >= 1 && line <= from->line_count)
        from->with_code[line - 1] = true;
}

/* Marks the lines of a function's instructions. The last one is the return that Lua adds, and in a function with a
 * variable number of arguments the first one prepares them: neither is anybody's code. */
static void read_lines(dump *from, size_t line_defined, bool is_variadic, bool marks) {
    size_t count = read_size(from);
    size_t differences = from->at;
    skip(from, count);
    size_t absolute_count = read_size(from);
    size_t line = line_defined;
    for (size_t i = 0; i < count && !from->broken; i++) {
        unsigned char difference = (unsigned char)from->bytes.data[differences + i];
        if (difference == ABSOLUTE_LINE) {
            (void)read_size(from); /* the instruction, which is this one */
            line = read_size(from);
            from->broken = from->broken || absolute_count-- == 0;
        } else {
            line += (size_t)(ptrdiff_t)(signed char)difference;
        }
        if (marks && i + 1 < count && !(is_variadic && i == 0))
            mark_line(from, line);
    }
    from->broken = from->broken || absolute_count != 0;
}

static void read_function(dump *from, unsigned depth) {
    skip_string(from); /* the source */
    size_t line_defined = read_size(from);
    (void)read_size(from); /* the last line */
    (void)read_byte(from); /* parameters */
    bool is_variadic = read_byte(from) != 0;
    (void)read_byte(from); /* stack size */
    skip_items(from, from->instruction_size);
    skip_constants(from);
    skip_items(from, 3); /* upvalues */
    from->broken = from->broken || depth > MAX_FUNCTION_DEPTH;
    for (size_t count = read_size(from); count > 0 && !from->broken; count--)
        read_function(from, depth + 1);
    read_lines(from, line_defined, is_variadic, depth > 0);
    for (size_t count = read_size(from); count > 0 && !from->broken; count--) { /* local variables */
        skip_string(from);
        (void)read_size(from);
        (void)read_size(from);
    }
    for (size_t count = read_size(from); count > 0 && !from->broken; count--) /* names of upvalues */
        skip_string(from);
}

static void read_dump(dump *from) {
    skip(from, SIGNATURE_SIZE);
    from->instruction_size = read_byte(from);
    from->integer_size = read_byte(from);
    from->number_size = read_byte(from);
    skip(from, from->integer_size + from->number_size); /* samples of both */
    (void)read_byte(from);                              /* upvalues of the main function */
    read_function(from, 0);
}

/* ---- lines with code ---- */

static void *allocate(void *memory, void *block, size_t old_size, size_t new_size) {
    return pv_memory_resize(memory, block, block ? old_size : 0, new_size);
}

static int write_dump(lua_State *L, const void *bytes, size_t size, void *out) {
    (void)L;
    pv_buf_append(out, (pv_str){bytes, size});
    return 0;
}

bool pv_code_lines(pv_memory *memory, const pv_chunk *chunk, bool *with_code, size_t line_count, pv_error *error) {
    lua_State *L = lua_newstate(allocate, memory);
    if (!L)
        return pv_fail_memory(error);
    pv_buf bytes = pv_buf_on(memory);
    int status = luaL_loadbufferx(L, chunk->text.data, chunk->text.size, chunk->name, "t");
    if (status == LUA_OK)
        lua_dump(L, write_dump, &bytes, 0);
    lua_close(L);
    bool done = status != LUA_ERRMEM && !bytes.failed;
    dump from = {.bytes = pv_buf_str(&bytes), .line_count = line_count};
    from.with_code = with_code;
    if (done && status == LUA_OK)
        read_dump(&from);
    pv_buf_clear(&bytes);
    if (!done)
        return pv_fail_memory(error);
    return !from.broken || pv_fail(error, PV_ERROR_SYNTAX, "this version of Lua lays out compiled code in another way");
}

/* ---- recording ---- */

typedef struct line_recorder {
    pv_observer observer; /* first, so that either pointer is the other */
    const pv_source *const *files;
    size_t file_count;
    bool **ran;       /* one per file: for each line */
    size_t last_file; /* the one noted last: nearly always the next one too */
} line_recorder;

static void note_line(pv_observer *observer, lua_State *L, lua_Debug *event) {
    line_recorder *recorder = (line_recorder *)observer;
    lua_getinfo(L, "S", event);
    if (event->source[0] != '@')
        return;
    pv_str path = pv_str_from(event->source + 1);
    int line = event->currentline;
    for (size_t tried = 0; tried < recorder->file_count; tried++) {
        size_t file = (recorder->last_file + tried) % recorder->file_count;
        const pv_source *source = recorder->files[file];
        if (!pv_str_equal(source->path, path))
            continue;
        recorder->last_file = file;
        if (line > 0 && (size_t)line <= source->line_count)
            recorder->ran[file][line - 1] = true;
        return;
    }
}

static line_recorder *new_recorder(pv_lua_ruleset *owner) {
    line_recorder *recorder = PV_NEW(owner->arena, line_recorder);
    bool **ran = PV_NEW_ARRAY(owner->arena, bool *, owner->file_count);
    if (!recorder || !ran)
        return NULL;
    *recorder = (line_recorder){
        .observer = {.events = LUA_MASKLINE, .slow_down = 1, .event = note_line},
        .files = owner->files,
        .file_count = owner->file_count,
        .ran = ran,
    };
    for (size_t i = 0; i < owner->file_count; i++) {
        ran[i] = PV_NEW_ARRAY(owner->arena, bool, owner->files[i]->line_count);
        if (!ran[i])
            return NULL;
    }
    return recorder;
}

/* NULL: nobody asked which lines run. */
static const line_recorder *recorder_of(const pv_lua_ruleset *owner) {
    bool records = owner->observer && owner->observer->event == note_line;
    return records ? (const line_recorder *)owner->observer : NULL;
}

bool pv_lua_record_lines(pv_ruleset *ruleset, pv_error *error) {
    pv_lua_ruleset *owner = (pv_lua_ruleset *)ruleset;
    if (recorder_of(owner))
        return true;
    line_recorder *recorder = new_recorder(owner);
    if (!recorder)
        return pv_fail_memory(error);
    owner->observer = &recorder->observer;
    return true;
}

static bool merge_file(const line_recorder *recorder, size_t file, const pv_rule_file *rule_file, const bool *judged,
                       pv_arena *arena, pv_file_coverage *out, pv_error *error) {
    const pv_source *source = recorder->files[file];
    uint8_t *lines = PV_NEW_ARRAY(arena, uint8_t, source->line_count);
    bool *with_code = PV_NEW_ARRAY(arena, bool, source->line_count);
    if (!lines || !with_code)
        return pv_fail_memory(error);
    if (!pv_code_lines(pv_arena_memory(arena), &rule_file->chunk, with_code, source->line_count, error))
        return false;
    for (size_t i = 0; i < source->line_count; i++)
        if (with_code[i] && judged[i])
            lines[i] = recorder->ran[file][i] ? PV_LINE_RUN : PV_LINE_MISSED;
    *out = (pv_file_coverage){source, lines};
    return true;
}

bool pv_lua_recorded_lines(pv_ruleset *ruleset, pv_arena *arena, const pv_file_coverage **out, size_t *count,
                           pv_error *error) {
    const pv_lua_ruleset *owner = (const pv_lua_ruleset *)ruleset;
    const line_recorder *recorder = recorder_of(owner);
    *count = recorder ? owner->file_count : 0;
    pv_file_coverage *files = PV_NEW_ARRAY(arena, pv_file_coverage, *count);
    pv_lexemes *lexemes = PV_NEW_ARRAY(arena, pv_lexemes, *count);
    bool **judged = PV_NEW_ARRAY(arena, bool *, *count);
    if (!files || !lexemes || !judged)
        return pv_fail_memory(error);
    for (size_t i = 0; i < *count; i++)
        if (!pv_lexemes_read(&lexemes[i], arena, owner->files[i], error))
            return false;
    if (!pv_lua_judged_lines(lexemes, *count, arena, judged, error))
        return false;
    for (size_t i = 0; i < *count; i++)
        if (!merge_file(recorder, i, &owner->catalogue.files[i], judged[i], arena, &files[i], error))
            return false;
    *out = files;
    return true;
}
