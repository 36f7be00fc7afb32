#include "lua/filing/filing.h"

/* Stands for the collection that is open. */
static void make_collection(lua_State *L, const void *address) {
    const pv_collection *collection = address;
    const pv_place first = {collection->entries[0].filing->at, false};
    pv_handle_new(L, &pv_collection_class, collection, &first);
}

void pv_push_collection(lua_State *L) {
    const pv_collection *collection = pv_runtime_of(L)->collection;
    if (collection)
        pv_class_push_cached(L, collection, make_collection);
    else
        luaL_error(L, "no collection is open");
}

static int get_submissions(lua_State *L) {
    const pv_collection *collection = pv_self(L);
    MAY_RAISE(pv_runtime_charge(L, collection->count));
    pv_list_new(L, collection->count);
    for (size_t i = 0; i < collection->count; i++) {
        pv_push_one_submission(L, collection->entries[i].filing);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static int l_collection_to_string(lua_State *L) {
    (void)pv_self_check(L, &pv_collection_class);
    lua_pushliteral(L, "the collection");
    return 1;
}

static const pv_member members[] = {
    {"submissions", "submissions: list of submission",
     "The submissions on the form that were checked together, in the order of their paths.", get_submissions, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_collection_class = {
    .name = "collection",
    .doc = "All submissions on a form that are checked together, for rules with each = \"collection\".",
    .members = members,
    .to_string = l_collection_to_string,
    .of_session = true,
};
