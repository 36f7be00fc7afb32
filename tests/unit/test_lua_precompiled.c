/* What was compiled when the project was built is what Lua makes of the same text now, and is taken for no other. */
#include "arena_fixture.h"

#include "lua/host/precompiled.h"
#include "lua/vocabulary/vocabulary.h"

#include <lauxlib.h>

#define RULE_FILE "@rules/a-pack/rules/a-file.lua"

typedef struct dumped {
    char data[1 << 18];
    size_t size;
} dumped;

static int add_part(lua_State *L, const void *part, size_t size, void *data) {
    dumped *out = data;
    (void)L;
    assert_true(size <= sizeof out->data - out->size);
    memcpy(out->data + out->size, part, size);
    out->size += size;
    return 0;
}

/* What Lua writes of the function on top, which is popped. */
static void dump(lua_State *L, dumped *out) {
    out->size = 0;
    assert_int_equal(lua_dump(L, add_part, out, 0), 0);
    lua_pop(L, 1);
}

static pv_str text_of(const pv_precompiled_chunk *chunk) {
    return (pv_str){chunk->text, chunk->size};
}

static void test_is_what_compiling_gives(void **state) {
    (void)state;
    static dumped loaded, compiled;
    lua_State *L = luaL_newstate();
    size_t count = 0;
    for (const pv_precompiled_chunk *each = pv_precompiled_files.chunks; each->text; each++, count++) {
        const char *names[] = {RULE_FILE, "=a"};
        for (size_t i = 0; i < 2; i++) {
            assert_true(pv_precompiled_push(L, &pv_precompiled_files, text_of(each), names[i]));
            dump(L, &loaded);
            assert_int_equal(luaL_loadbufferx(L, each->text, each->size, names[i], "t"), LUA_OK);
            dump(L, &compiled);
            assert_int_equal(loaded.size, compiled.size);
            assert_memory_equal(loaded.data, compiled.data, compiled.size);
        }
    }
    assert_true(count > 30);
    lua_close(L);
}

static void test_is_taken_for_no_other(void **state) {
    (void)state;
    lua_State *L = luaL_newstate();
    const pv_precompiled_chunk *first = pv_precompiled_files.chunks;
    char *other = malloc(first->size);
    char long_name[200];
    const pv_precompiled of_another_lua = {"$LuaVersion: Lua 5.4.0", first};
    assert_non_null(other);
    memcpy(other, first->text, first->size);
    assert_true(pv_precompiled_push(L, &pv_precompiled_files, (pv_str){other, first->size}, "=a"));
    other[first->size - 1] ^= 1;
    assert_false(pv_precompiled_push(L, &pv_precompiled_files, (pv_str){other, first->size}, "=a"));
    assert_false(pv_precompiled_push(L, &pv_precompiled_files, (pv_str){other, first->size - 1}, "=a"));
    assert_false(pv_precompiled_push(L, &of_another_lua, text_of(first), "=a"));
    assert_false(pv_precompiled_push(L, NULL, text_of(first), "=a"));
    memset(long_name, 'a', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    assert_false(pv_precompiled_push(L, &pv_precompiled_files, text_of(first), long_name));
    assert_int_equal(lua_gettop(L), 1);
    free(other);
    lua_close(L);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is_what_compiling_gives),
        cmocka_unit_test(test_is_taken_for_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
