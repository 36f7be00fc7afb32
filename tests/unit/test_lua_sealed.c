/* That a state is sealed and restored, as in production. Other builds have a malloc for each of its objects. */
#include "arena_fixture.h"

#include "base/limits.h"
#include "lua/host/runtime.h"
#include "lua/vocabulary/vocabulary.h"

typedef struct sealed_fixture {
    arena_fixture base; /* first: a test's state can be read as either */
    pv_runtime runtime;
} sealed_fixture;

static int setup(void **state) {
    sealed_fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture->base.memory = pv_memory_with_limit(SIZE_MAX);
    fixture->base.arena = pv_arena_new(&fixture->base.memory);
    fixture->runtime = (pv_runtime){
        .document_memory = &fixture->base.memory,
        .limits = pv_limits_default(),
        .session_arena = fixture->base.arena,
        .call_arena = fixture->base.arena,
        .furnish = pv_furnish,
    };
    *state = fixture;
    return pv_runtime_open(&fixture->runtime) ? 0 : -1;
}

static int teardown(void **state) {
    sealed_fixture *fixture = *state;
    pv_runtime_free(&fixture->runtime);
    return arena_teardown(state);
}

/* Leaves strings, a table larger than what was free, and no list of what is loaded. */
static int spoil(lua_State *L) {
    lua_newtable(L);
    for (int i = 1; i <= 10000; i++) {
        MAY_RAISE(lua_pushfstring(L, "spoilt %d", i));
        MAY_RAISE(lua_rawseti(L, -2, i));
    }
    MAY_RAISE(lua_setfield(L, LUA_REGISTRYINDEX, "spoilt"));
    lua_pushnil(L);
    MAY_RAISE(lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE));
    return 0;
}

typedef struct contents {
    size_t count; /* of what the registry holds */
    bool spoilt;
} contents;

static int look(lua_State *L) {
    contents *found = lua_touserdata(L, 1);
    for (lua_pushnil(L); MAY_RAISE(lua_next(L, LUA_REGISTRYINDEX)); lua_pop(L, 1))
        found->count++;
    found->spoilt = MAY_RAISE(lua_getfield(L, LUA_REGISTRYINDEX, "spoilt")) != LUA_TNIL;
    return 0;
}

static contents contents_of(pv_runtime *runtime) {
    contents found = {0};
    assert_true(pv_runtime_call(runtime, look, &found));
    return found;
}

static void run_spoil(pv_runtime *runtime) {
    if (!pv_runtime_call(runtime, spoil, NULL))
        fail_msg("%s", runtime->stop.message);
    assert_true(contents_of(runtime).spoilt);
}

/* A state with all that rules find in it fits into the heap's region, and so is sealed and restored. */
static void a_state_is_restored(void **state) {
    pv_runtime *runtime = &((sealed_fixture *)*state)->runtime;
    size_t count = contents_of(runtime).count;
    pv_runtime_seal(runtime);
    lua_State *L = runtime->state;
    size_t used = runtime->memory.used;
    for (int round = 0; round < 3; round++) {
        run_spoil(runtime);
        bool restored = pv_runtime_restore(runtime);
#ifndef PV_EXPECT_SEALED
        if (!restored) {
            print_message("skipped: in this build the Lua heap is not sealed, so no state is restored\n");
            skip();
        }
#endif
        assert_true(restored);
        assert_ptr_equal(runtime->state, L);
        assert_int_equal(runtime->memory.used, used);
        assert_false(contents_of(runtime).spoilt);
        assert_int_equal(contents_of(runtime).count, count);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_state_is_restored, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
