/* In which light a text says what was found in it: the attributes that everything found in a text has. */
#include "lua/values/values_p.h"

/* What the object at index 1 is found as: its text and the bytes that its context is asked of. */
static pv_found found_as(lua_State *L) {
    const pv_object *object = pv_object_test(L, 1);
    if (object->class == &pv_match_class)
        return pv_match_found(object);
    if (object->class == &pv_list_item_class)
        return pv_list_item_found(L, object);
    return *(const pv_found *)object;
}

static pv_context context_of(lua_State *L) {
    pv_found found = found_as(L);
    return pv_text_context(L, found.whole, found.at);
}

/* [-0, +1, v] The words at these bytes of what it is found in, or nil when there are none. */
static int push_words(lua_State *L, pv_span at) {
    return at.end > at.start ? pv_push_text_part(L, found_as(L).whole, at) : pv_push_nil(L);
}

static int push_trigger(lua_State *L, pv_context_kind kind) {
    return push_words(L, context_of(L).trigger[kind]);
}

int pv_get_denied(lua_State *L) {
    return push_trigger(L, PV_CONTEXT_DENIED);
}

int pv_get_hedged(lua_State *L) {
    return push_trigger(L, PV_CONTEXT_HEDGED);
}

int pv_get_attributed_to(lua_State *L) {
    return push_trigger(L, PV_CONTEXT_ATTRIBUTED);
}

int pv_get_conditional(lua_State *L) {
    return push_trigger(L, PV_CONTEXT_CONDITIONAL);
}

int pv_get_past(lua_State *L) {
    return push_trigger(L, PV_CONTEXT_PAST);
}

int pv_get_present(lua_State *L) {
    return push_trigger(L, PV_CONTEXT_PRESENT);
}

int pv_get_promised(lua_State *L) {
    return push_trigger(L, PV_CONTEXT_PROMISED);
}

int pv_get_promised_by(lua_State *L) {
    return push_words(L, context_of(L).promised_by);
}

int pv_get_verb(lua_State *L) {
    return push_words(L, context_of(L).verb);
}

int pv_get_unclear(lua_State *L) {
    return push_trigger(L, PV_CONTEXT_UNCLEAR);
}

int pv_get_doubt(lua_State *L) {
    pv_context context = context_of(L);
    return context.doubt == PV_DOUBT_NONE ? pv_push_nil(L) : pv_push_name(L, pv_doubt_reason(context.doubt));
}

int pv_get_statement(lua_State *L) {
    pv_found found = found_as(L);
    return push_words(L, pv_statements_around(pv_text_statements(L, found.whole), found.at));
}

int pv_get_sentence(lua_State *L) {
    pv_found found = found_as(L);
    return push_words(L, pv_sentence_around(pv_text_statements(L, found.whole), found.at));
}

int pv_get_asserted(lua_State *L) {
    pv_context context = context_of(L);
    return pv_push_boolean(L, pv_context_is_asserted(&context));
}

int pv_get_sure(lua_State *L) {
    pv_context context = context_of(L);
    return pv_push_boolean(L, pv_context_is_sure(&context));
}
