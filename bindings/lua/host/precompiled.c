#include "lua/host/precompiled.h"

#include <string.h>

/* Names as long as this are written with two bytes of length. */
#define LONGEST_NAME ((size_t)126)

/* The parts of a chunk in the order in which Lua reads them. */
typedef struct parts {
    const char *data[4];
    size_t size[4];
    size_t next;
} parts;

static const char *read_part(lua_State *L, void *data, size_t *size) {
    parts *left = data;
    (void)L;
    if (left->next == sizeof left->size / sizeof left->size[0]) {
        *size = 0;
        return NULL;
    }
    *size = left->size[left->next];
    return left->data[left->next++];
}

static const pv_precompiled_chunk *find(const pv_precompiled *precompiled, pv_str text) {
    if (!precompiled || strcmp(precompiled->lua, lua_ident) != 0)
        return NULL;
    for (const pv_precompiled_chunk *each = precompiled->chunks; each->text; each++)
        if (each->size == text.size && memcmp(each->text, text.data, text.size) == 0)
            return each;
    return NULL;
}

bool pv_precompiled_push(lua_State *L, const pv_precompiled *precompiled, pv_str text, const char *name) {
    const pv_precompiled_chunk *chunk = find(precompiled, text);
    const size_t length = strlen(name);
    if (!chunk || length > LONGEST_NAME - 1)
        return false;
    const char written = (char)(0x80 | (length + 1)); /* as lua_dump does: one more, the last byte marked */
    parts all = {.data = {chunk->before, &written, name, chunk->behind},
                 .size = {chunk->before_size, 1, length, chunk->behind_size}};
    if (lua_load(L, read_part, &all, name, "b") == LUA_OK)
        return true;
    lua_pop(L, 1);
    return false;
}
