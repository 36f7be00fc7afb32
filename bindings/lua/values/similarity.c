#include "lua/values/similarity.h"

enum { SLOT_FIRST = 1, SLOT_SECOND = 2 };

/* Shingles are compared at once; the longest run, which costs far more, when it is first asked for. */
typedef struct pv_similarity_object {
    pv_object object;
    pv_similarity similarity;
    bool measured; /* the run too */
} pv_similarity_object;

int pv_push_similarity(lua_State *L, int first, int second) {
    pv_text_object *a = lua_touserdata(L, first);
    pv_text_object *b = lua_touserdata(L, second);
    const pv_shingles *shingles_a = pv_text_shingles(L, a);
    const pv_shingles *shingles_b = pv_text_shingles(L, b);
    pv_text_charge(L, pv_text_object_str(a));
    pv_text_charge(L, pv_text_object_str(b));
    first = lua_absindex(L, first);
    second = lua_absindex(L, second);
    pv_similarity_object *object = pv_class_new(L, &pv_similarity_class, sizeof *object);
    pv_object_set_place(&object->object, &a->object.place);
    lua_pushvalue(L, first);
    lua_setiuservalue(L, -2, SLOT_FIRST);
    lua_pushvalue(L, second);
    lua_setiuservalue(L, -2, SLOT_SECOND);
    pv_shingles_compare(shingles_a, shingles_b, &object->similarity);
    return 1;
}

static pv_similarity_object *self(lua_State *L) {
    return lua_touserdata(L, 1);
}

/* [-0, +1, m] */
static pv_text_object *push_side(lua_State *L, int slot) {
    lua_getiuservalue(L, 1, slot);
    return lua_touserdata(L, -1);
}

/* The longest run is found by bisection: some ten walks over both texts. */
static const pv_similarity *measured(lua_State *L) {
    pv_similarity_object *object = self(L);
    if (object->measured)
        return &object->similarity;
    pv_text_object *a = push_side(L, SLOT_FIRST);
    pv_text_object *b = push_side(L, SLOT_SECOND);
    const pv_shingles *shingles_a = pv_text_shingles(L, a);
    const pv_shingles *shingles_b = pv_text_shingles(L, b);
    MAY_RAISE(pv_runtime_charge(L, pv_text_tokens(L, a)->count + pv_text_tokens(L, b)->count + 1));
    pv_error error = {0};
    if (!pv_similarity_measure(pv_runtime_of(L)->call_arena, shingles_a, shingles_b, &object->similarity, &error))
        pv_runtime_raise(L, &error);
    object->measured = true;
    lua_pop(L, 2);
    return &object->similarity;
}

static int get_shared(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)self(L)->similarity.shared);
    return 1;
}

static int get_shingles(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)self(L)->similarity.shingles);
    return 1;
}

/* Cut, not rounded, at two places: so "at least" any percentage of two places or fewer comes out exactly. */
static int get_containment(lua_State *L) {
    const pv_similarity *similarity = &self(L)->similarity;
    size_t hundredths = similarity->shingles > 0 ? similarity->shared * 10000 / similarity->shingles : 0;
    pv_push_decimal(L, (pv_decimal){(int64_t)hundredths, 2}, true, &self(L)->object.place);
    return 1;
}

static int get_run(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)measured(L)->run_tokens);
    return 1;
}

/* The run where it stands in one of the texts; nil when the texts share no word. */
static int push_run(lua_State *L, int slot) {
    const pv_similarity *similarity = measured(L);
    if (similarity->run_tokens == 0) {
        lua_pushnil(L);
        return 1;
    }
    const pv_text_object *text = push_side(L, slot);
    pv_span run = slot == SLOT_FIRST ? similarity->run_first : similarity->run_second;
    if (!text->object.has_place)
        return pv_push_str(L, pv_str_slice(pv_text_object_str(text), run.start, run.end));
    pv_push_text_part(L, text->whole, pv_text_within(text, run));
    return 1;
}

static int get_first(lua_State *L) {
    return push_run(L, SLOT_FIRST);
}

static int get_second(lua_State *L) {
    return push_run(L, SLOT_SECOND);
}

static int l_similarity_to_string(lua_State *L) {
    const pv_similarity_object *object = pv_class_check(L, 1, &pv_similarity_class);
    lua_pushfstring(L, "%I of %I runs of three words shared", (LUAI_UACINT)object->similarity.shared,
                    (LUAI_UACINT)object->similarity.shingles);
    return 1;
}

static const pv_member members[] = {
    {"shared", "shared: integer", "How many runs of three words of the first text the second holds too.", get_shared,
     NULL},
    {"shingles", "shingles: integer", "How many different runs of three words the first text has.", get_shingles, NULL},
    {"containment", "containment: decimal", "shared of shingles as a percentage, cut at two places.", get_containment,
     NULL},
    {"run", "run: integer", "Words in the longest passage common to both.", get_run, NULL},
    {"first", "first: text?", "That passage in the first text; nil when there is none.", get_first, NULL},
    {"second", "second: text | string | nil", "That passage in the second text; nil when there is none.", get_second,
     NULL},
    PV_MEMBERS_END,
};

const pv_class pv_similarity_class = {
    .name = "similarity",
    .doc = "How much of one text's wording another holds; case, hyphens, spacing and punctuation are folded.",
    .members = members,
    .to_string = l_similarity_to_string,
    .slots = 2,
    .of_session = true,
};
