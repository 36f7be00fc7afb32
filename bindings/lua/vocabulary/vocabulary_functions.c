/* What the check vocabulary has beyond a rule: each of its files is called with a table of these functions. */
#include "base/str.h"
#include "base/utf8.h"
#include "lua/filing/filing.h"
#include "lua/object/class.h"
#include "lua/values/text_object.h"
#include "lua/values/values.h"
#include "lua/verdict/verdict_class.h"
#include "lua/vocabulary/vocabulary.h"
#include "model/message.h"

/* internal.kind(value): the class of an engine value, else Lua's type. */
static int l_internal_kind(lua_State *L) {
    const pv_object *object = pv_object_test(L, 1);
    return pv_push_name(L, object ? object->class->name : luaL_typename(L, 1));
}

/* What is between the braces in the signature of a function of the vocabulary; empty where it has none. */
static pv_str options_written(lua_State *L, const char *name) {
    const char *head = lua_pushfstring(L, "\n--- %s(", name);
    for (const pv_prelude_file *file = pv_prelude_files; file->name; file++) {
        pv_str text = {file->text, file->size};
        size_t start = pv_str_find(text, pv_str_from(head), 0);
        if (start == SIZE_MAX)
            continue;
        size_t end = pv_str_find(text, PV_STR("\n"), start + 1);
        pv_str line = pv_str_slice(text, start, end == SIZE_MAX ? text.size : end);
        size_t open = pv_str_find(line, PV_STR("{ "), 0);
        size_t close = pv_str_find(line, PV_STR(" }"), 0);
        return open == SIZE_MAX || close == SIZE_MAX ? PV_STR("") : pv_str_slice(line, open + 2, close);
    }
    return PV_STR("");
}

/* internal.options_of(helper): the options that its signature has, each name to true. */
static int l_internal_options_of(lua_State *L) {
    pv_str rest = options_written(L, luaL_checkstring(L, 1));
    lua_newtable(L);
    while (rest.size > 0) {
        size_t colon = pv_str_find(rest, PV_STR(":"), 0);
        size_t comma = pv_str_find(rest, PV_STR(","), 0);
        pv_str name = pv_str_trim(pv_str_slice(rest, 0, colon == SIZE_MAX ? rest.size : colon));
        pv_push_str(L, name);
        lua_pushboolean(L, true);
        lua_rawset(L, -3);
        rest = comma == SIZE_MAX ? PV_STR("") : pv_str_slice(rest, comma + 1, rest.size);
    }
    return 1;
}

/* internal.has_place(value): whether :at(value) can point at something. */
static int l_internal_has_place(lua_State *L) {
    pv_place place;
    return pv_push_boolean(L, pv_place_of(L, 1, &place));
}

/* internal.suggest(name, choices): the nearest string of a list, and what makes name another that is not seen ("; it
 * holds U+00A0, which looks like a space", or ""); nil when none is near. */
static int l_internal_suggest(lua_State *L) {
    pv_str name = pv_check_str(L, 1);
    size_t count = (size_t)luaL_len(L, 2);
    MAY_RAISE(pv_runtime_charge(L, count * (name.size + 1)));
    pv_str *choices = PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, count);
    if (!choices)
        return pv_runtime_stop_memory(L);
    for (size_t i = 0; i < count; i++) {
        lua_geti(L, 2, (lua_Integer)i + 1);
        choices[i] = pv_check_str(L, -1); /* the list keeps it */
        lua_pop(L, 1);
    }
    size_t nearest = pv_suggest(name, choices, count);
    if (nearest == SIZE_MAX)
        return pv_push_nil(L);
    lua_geti(L, 2, (lua_Integer)nearest + 1);
    lua_pushstring(L, pv_message_difference(name, choices[nearest]).text);
    return 2;
}

/* internal.is_same_text(a, b): whether they are the same but for case, spacing, composed letters and what shows
 * nothing, as the choices of a form are compared. */
static int l_internal_is_same_text(lua_State *L) {
    pv_arena *arena = pv_runtime_of(L)->call_arena;
    pv_str a = pv_check_str(L, 1);
    pv_str b = pv_check_str(L, 2);
    pv_folded folded[2];
    pv_error error = {0};
    MAY_RAISE(pv_runtime_charge(L, (a.size + b.size) / 16 + 1));
    if (!pv_names_fold(&folded[0], arena, a, &error) || !pv_names_fold(&folded[1], arena, b, &error))
        return pv_runtime_stop_memory(L);
    return pv_push_boolean(L, pv_names_are_same(&folded[0], &folded[1]));
}

/* internal.at(verdict, value): the verdict, standing at the value when that has a place, else where it stood. */
static int l_internal_at(lua_State *L) {
    pv_object *verdict = pv_class_check(L, 1, &pv_verdict_class);
    pv_place place;
    if (pv_place_of(L, 2, &place))
        pv_object_set_place(verdict, &place);
    lua_settop(L, 1);
    return 1;
}

/* [-0, +1, v] What the field at index holds, nil when it is absent; any other value at index as it is. */
static void push_held(lua_State *L, int index) {
    if (pv_class_test(L, index, &pv_field_class))
        lua_getfield(L, index, "value");
    else
        lua_pushvalue(L, index);
}

/* What goes before the value that push_held gave, in a message: of a field, that it is one. */
static const char *what_holds(lua_State *L, int index) {
    return pv_class_test(L, index, &pv_field_class) ? "a field with " : "";
}

static bool is_counted(lua_State *L, int index) {
    const pv_object *object = pv_object_test(L, index);
    return object
               ? object->class == &pv_words_class || object->class->inherited || object->class == &pv_record_list_class
               : lua_istable(L, index);
}

static bool is_day(lua_State *L, int index) {
    return pv_class_test(L, index, &pv_date_class) || pv_class_test(L, index, &pv_date_mention_class);
}

/* internal.measure(value, helper, limit): what of a value is held against a limit, and how: how many there are of
 * something "counted", a "number", a "day"; nil and "absent" for a field without a value. Then the limit, as the number
 * it is; that of a day as it is given. Raises for anything else. */
static int l_internal_measure(lua_State *L) {
    pv_exact_number number = {0};
    bool counted = is_counted(L, 1);
    if (counted)
        lua_pushinteger(L, luaL_len(L, 1));
    else
        push_held(L, 1);
    if (!counted && is_day(L, -1)) {
        lua_pushliteral(L, "day");
        lua_pushvalue(L, 3);
        return 3;
    }
    bool absent = lua_isnil(L, -1) && pv_class_test(L, 1, &pv_field_class);
    if (!counted && !absent && !pv_number_at(L, -1, &number))
        return luaL_error(L, "%s needs a number, a day or something that can be counted, not %s%s", lua_tostring(L, 2),
                          what_holds(L, 1), pv_describe(L, -1));
    lua_pushstring(L, counted ? "counted" : absent ? "absent" : "number");
    push_held(L, 3);
    if (!absent && !pv_number_at(L, -1, &number))
        return luaL_error(L, "%s needs a limit, not %s%s", lua_tostring(L, 2), what_holds(L, 3),
                          pv_number_describe(L, -1));
    if (counted && number.unit == PV_UNIT_MONEY) /* a percentage is refused where it is compared */
        return luaL_error(L, "%s counts what it is given, and %s is no number of things", lua_tostring(L, 2),
                          luaL_tolstring(L, 3, NULL));
    return 3;
}

/* internal.labelled(value, count): the count with the labels that a word processor makes, and how a message goes on to
 * say so; nil where it makes none among these words. */
static int l_internal_labelled(lua_State *L) {
    char said[PV_LABELLED_SIZE];
    const size_t labels = pv_words_of_labels(L, 1);
    if (labels == 0)
        return pv_push_nil(L);
    const size_t count = (size_t)lua_tointeger(L, 2) + labels;
    pv_labelled_count(count, said);
    pv_push_size(L, count);
    return 1 + pv_push_name(L, said);
}

/* "20 %", "$1,500", "-3": the number that is written, and nothing else. */
static bool read_written(pv_str text, pv_exact_number *out) {
    static const pv_str currencies[] = {PV_STR("$"), PV_STR("€"), PV_STR("£")};
    text = pv_str_trim(text);
    out->unit = PV_UNIT_NONE;
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++) {
        if (pv_str_starts_with(text, currencies[i])) {
            out->unit = PV_UNIT_MONEY;
            text = pv_str_trim(pv_str_slice(text, currencies[i].size, text.size));
        }
    }
    if (out->unit == PV_UNIT_NONE && pv_str_ends_with(text, PV_STR("%"))) {
        out->unit = PV_UNIT_PERCENTAGE;
        text = pv_str_trim(pv_str_slice(text, 0, text.size - 1));
    }
    pv_error error = {0};
    return pv_decimal_parse(text, false, &out->value, &error);
}

/* internal.is_written(number, text): whether the text is this number, written in whatever way; nil when it is none. */
static int l_internal_is_written(lua_State *L) {
    pv_exact_number number = pv_number_check(L, 1);
    pv_exact_number written;
    if (!read_written(pv_check_str(L, 2), &written))
        return pv_push_nil(L);
    bool alike = (number.unit == PV_UNIT_PERCENTAGE) == (written.unit == PV_UNIT_PERCENTAGE) &&
                 !(number.unit == PV_UNIT_COUNT && written.unit == PV_UNIT_MONEY);
    return pv_push_boolean(L, alike && pv_decimal_compare(number.value, written.value) == 0);
}

/* 2.50 and 2.5 are one number. */
static void push_number_key(lua_State *L, pv_decimal number, bool percentage) {
    while (number.scale > 0 && number.coefficient % 10 == 0) {
        number.coefficient /= 10;
        number.scale--;
    }
    lua_pushfstring(L, "number %I %d%s", (LUAI_UACINT)number.coefficient, (int)number.scale, percentage ? "%" : "");
}

/* Nothing but punctuation is blank. */
static void push_tokens_key(lua_State *L, const pv_token_list *tokens) {
    if (tokens->count == 0) {
        lua_pushnil(L);
        return;
    }
    MAY_RAISE(pv_runtime_charge(L, tokens->count / 2 + 1));
    luaL_Buffer key;
    luaL_buffinit(L, &key);
    luaL_addstring(&key, "text ");
    for (size_t i = 0; i < tokens->count; i++)
        luaL_addlstring(&key, (const char *)&tokens->tokens[i].hash, sizeof tokens->tokens[i].hash);
    luaL_pushresult(&key);
}

/* [-0, +1, v] The key of the value at index, a string: two values have the same key exactly when they are equal as
 * rules compare them: numbers exactly, days as days, texts with case, hyphens, spacing and punctuation folded. nil for
 * nil and for what is blank. Raises for what is neither a number, a day, a text nor a boolean. */
static int push_value_key(lua_State *L, int index) {
    push_held(L, index);
    int value = lua_gettop(L);
    pv_exact_number number;
    if (pv_number_at(L, value, &number))
        push_number_key(L, number.value, number.unit == PV_UNIT_PERCENTAGE);
    else if (pv_class_test(L, value, &pv_date_class))
        lua_pushfstring(L, "day %s", pv_date_push_iso(L, pv_date_check(L, value)));
    else if (pv_class_test(L, value, &pv_row_class))
        lua_pushfstring(L, "row %s", luaL_tolstring(L, value, NULL)); /* names tell the rows of a table apart */
    else if (lua_isnil(L, value))
        lua_pushnil(L);
    else if (lua_isboolean(L, value))
        lua_pushfstring(L, "boolean %d", lua_toboolean(L, value));
    else
        push_tokens_key(L, pv_text_tokens_argument(L, value));
    return 1;
}

/* internal.key(value): a string that equal values share and others do not; nil for nothing and for what is blank. */
static int l_internal_key(lua_State *L) {
    return push_value_key(L, 1);
}

/* Copies text into out, which has room for it, with a blank for every run of white space; bytes copied. */
static size_t copy_on_one_line(pv_str text, char *out) {
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool blank = text.data[i] == ' ' || (text.data[i] >= '\t' && text.data[i] <= '\r');
        if (!blank || (size > 0 && out[size - 1] != ' '))
            out[size++] = blank ? ' ' : text.data[i];
    }
    return size;
}

/* internal.brief(value): what tostring gives, on one line and short enough for a message. */
static int l_internal_brief(lua_State *L) {
    pv_str text;
    text.data = luaL_tolstring(L, 1, &text.size);
    MAY_RAISE(pv_runtime_charge(L, text.size / 4 + 1));
    char *line = pv_check_memory(L, pv_arena_alloc(pv_runtime_of(L)->call_arena, text.size));
    return pv_push_name(L, pv_message_quote((pv_str){line, copy_on_one_line(text, line)}).text);
}

/* internal.path(value): the path of the submission that a value stands in; nil when it stands in none of several. */
static int l_internal_path(lua_State *L) {
    const pv_collection *collection = pv_runtime_of(L)->collection;
    pv_place place;
    const pv_collected *found = NULL;
    if (collection && pv_place_of(L, 1, &place))
        found = pv_collection_entry_at(collection, place.span.start);
    return found ? pv_push_str(L, found->path) : pv_push_nil(L);
}

/* internal.list(): an empty list, with the methods of lists. */
static int l_internal_list(lua_State *L) {
    pv_list_new(L, 0);
    return 1;
}

/* [-0, +0, v] Adds the word to the list on top, as the next one. */
static void add_word(lua_State *L, const char *word, size_t size) {
    lua_pushlstring(L, word, size);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
}

/* internal.plain_words(text): the words of a string, in small letters, without the apostrophes in them; nil where not
 * all of it is ASCII. */
static int l_internal_plain_words(lua_State *L) {
    pv_str text = pv_check_str(L, 1);
    pv_text_charge(L, text);
    if (!pv_utf8_is_ascii(text))
        return pv_push_nil(L);
    char *word = pv_check_memory(L, pv_arena_room(pv_runtime_of(L)->call_arena, text.size + 1));
    size_t size = 0;
    lua_newtable(L);
    for (size_t i = 0; i < text.size; i++) {
        const char c = text.data[i];
        if (pv_ascii_is_letter_or_digit(c)) {
            word[size++] = pv_ascii_lower(c);
        } else if (c != '\'' && c != '`' && size > 0) {
            add_word(L, word, size);
            size = 0;
        }
    }
    if (size > 0)
        add_word(L, word, size);
    return 1;
}

const luaL_Reg pv_prelude_internal[] = {
    {"kind", l_internal_kind},
    {"has_place", l_internal_has_place},
    {"suggest", l_internal_suggest},
    {"is_same_text", l_internal_is_same_text},
    {"at", l_internal_at},
    {"measure", l_internal_measure},
    {"labelled", l_internal_labelled},
    {"key", l_internal_key},
    {"is_written", l_internal_is_written},
    {"brief", l_internal_brief},
    {"list", l_internal_list},
    {"path", l_internal_path},
    {"options_of", l_internal_options_of},
    {"plain_words", l_internal_plain_words},
    {NULL, NULL},
};
