#include "lua/nearest.h"

#include "lua/similarity.h"
#include "text/similarity.h"

/* Its address is the registry key of what was worked out, by index of the response. */
static const char nearest_of_session = 0;

/* How often a shingle may be met again, in texts that share it, for one unit of fuel. */
#define REPEATS_PER_UNIT 32

/* [-0, +1, v] */
static pv_text_object *push_text(lua_State *L, const pv_response *response) {
    pv_push_response(L, response);
    lua_getfield(L, -1, "text");
    lua_remove(L, -2);
    return lua_touserdata(L, -1);
}

/* [-0, +0, v] The shingles of each response, NULL for a blank one, in the call arena. */
static const pv_shingles **shingles_of_all(lua_State *L, const pv_submission *submission, size_t *total) {
    size_t count = submission->form->item_count;
    const pv_shingles **all =
        pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, const pv_shingles *, count));
    *total = 0;
    for (size_t i = 0; i < count; i++) {
        const pv_response *response = &submission->responses[i];
        if (response->blank)
            continue;
        size_t own;
        all[i] = pv_text_shingles(L, push_text(L, response));
        (void)pv_shingles_hashes(all[i], &own);
        *total += own;
        lua_pop(L, 1);
    }
    return all;
}

/* [-0, +0, v] */
static const pv_nearest *work_out(lua_State *L) {
    const pv_submission *submission = MAY_RAISE(pv_runtime_submission(L));
    size_t count = submission->form->item_count;
    size_t total;
    const pv_shingles **shingles = MAY_RAISE(shingles_of_all(L, submission, &total));
    MAY_RAISE(pv_runtime_charge(L, total + total * count / REPEATS_PER_UNIT));
    pv_nearest *nearest;
    pv_error error = {0};
    if (!pv_nearest_earlier(&nearest, pv_runtime_of(L)->session_arena, shingles, count, &error))
        pv_runtime_raise(L, &error);
    lua_pushlightuserdata(L, nearest);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &nearest_of_session);
    return nearest;
}

static const pv_nearest *nearest_of_all(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &nearest_of_session);
    const pv_nearest *known = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return known ? known : work_out(L);
}

int pv_push_nearest_earlier(lua_State *L, const pv_response *response) {
    const pv_submission *submission = MAY_RAISE(pv_runtime_submission(L));
    const pv_nearest *nearest = &nearest_of_all(L)[response - submission->responses];
    if (nearest->shared == 0) {
        lua_pushnil(L);
        lua_pushnil(L);
        return 2;
    }
    const pv_response *earlier = &submission->responses[nearest->text];
    pv_push_response(L, earlier);
    push_text(L, response);
    push_text(L, earlier);
    (void)pv_push_similarity(L, -2, -1);
    lua_replace(L, -3);
    lua_pop(L, 1);
    return 2;
}
