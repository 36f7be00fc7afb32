#include "lua/filing/filing.h"
#include "lua/values/values.h"

static void make_pair(lua_State *L, const void *address) {
    const pv_pair *pair = address;
    const pv_place place = {pair->at, pair->record_count == 0};
    pv_handle_new(L, &pv_pair_class, pair, &place);
}

void pv_push_pair(lua_State *L, const pv_pair *pair) {
    pv_class_push_cached(L, pair, make_pair);
}

static int get_records(lua_State *L) {
    const pv_pair *pair = pv_self(L);
    pv_list_new(L, pair->record_count);
    for (size_t i = 0; i < pair->record_count; i++) {
        pv_push_record(L, pair->records[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

/* The two rows go by the names of their tables. */
static int get_declared(lua_State *L, pv_str name) {
    const pv_pair *pair = pv_self(L);
    if (pv_str_equal(name, pair->matrix->rows->name))
        pv_push_row(L, pair->row);
    else if (pv_str_equal(name, pair->matrix->columns->name))
        pv_push_row(L, pair->column);
    else
        return 0;
    return 1;
}

static size_t declared_names(lua_State *L, pv_str *names, size_t capacity) {
    const pv_matrix *matrix = ((const pv_pair *)pv_self(L))->matrix;
    const pv_str own[] = {matrix->rows->name, matrix->columns->name};
    size_t count = 0;
    for (; count < 2 && count < capacity; count++)
        names[count] = own[count];
    return count;
}

static int l_pair_to_string(lua_State *L) {
    const pv_pair *pair = pv_self_check(L, &pv_pair_class);
    return pv_push_str(L, pair->name);
}

static const pv_member members[] = {
    {"records", "records: list of record", "The records about the two, in the order given.", get_records, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_pair_class = {
    .name = "pair",
    .doc =
        "A row of one table and a row of another, as a matrix of the form sets them against each other: each goes by "
        "the name of its table, `pair.county`. Its place is where the first record names the two, or would.",
    .members = members,
    .get_declared = get_declared,
    .declared_names = declared_names,
    .to_string = l_pair_to_string,
    .of_session = true,
};
