#include "lua/values/values_p.h"

#include <string.h>

/* ---- phrases ---- */

enum { SLOT_PHRASES = 1, SLOT_ROWS = 2 };

typedef struct pv_phrases_object {
    pv_object object;
    const pv_phrases *set; /* of the rule set */
} pv_phrases_object;

/* While phrases are gathered: both tables are on the stack. */
typedef struct gathering {
    int phrases, rows;
    lua_Integer count;
} gathering;

/* [-1, +0, m] Adds the string on top; row: stack index of the row it stands for, or 0. */
static void add_phrase(lua_State *L, gathering *gathered, int row) {
    gathered->count++;
    lua_rawseti(L, gathered->phrases, gathered->count);
    if (row == 0)
        return;
    lua_pushvalue(L, row);
    lua_rawseti(L, gathered->rows, gathered->count);
}

static const pv_value_list *row_at(lua_State *L, int index) {
    return ((const pv_handle *)pv_class_check(L, index, &pv_row_class))->target;
}

/* The name first, where it is given; then the aliases. */
static size_t row_name_count(const pv_value_list *row) {
    const pv_value *name = pv_value_list_get(row, PV_STR("name"));
    const pv_value *aliases = pv_value_list_get(row, PV_STR("aliases"));
    return (name && name->given ? 1 : 0) + (aliases ? aliases->element_count : 0);
}

static pv_str row_name(const pv_value_list *row, size_t number) {
    const pv_value *name = pv_value_list_get(row, PV_STR("name"));
    if (name && name->given && number-- == 0)
        return name->text.value;
    return pv_value_list_get(row, PV_STR("aliases"))->elements[number].value;
}

/* [-0, +0, v] */
static void require_name(lua_State *L, const pv_value_list *row) {
    const pv_value *name = pv_value_list_get(row, PV_STR("name"));
    if (!name || name->spec->type != PV_TYPE_TEXT)
        luaL_error(L, "a row that a text is searched for needs a column \"name\"");
}

void pv_row_names(lua_State *L, int row, void (*take)(void *context, pv_str name), void *context) {
    const pv_value_list *values = row_at(L, row);
    require_name(L, values);
    for (size_t i = 0; i < row_name_count(values); i++)
        take(context, row_name(values, i));
}

/* A row whose names are being gathered. */
typedef struct row_gathering {
    lua_State *L;
    gathering *gathered;
    int row;
} row_gathering;

static void add_name(void *context, pv_str name) {
    const row_gathering *of_row = context;
    pv_push_str(of_row->L, name);
    add_phrase(of_row->L, of_row->gathered, of_row->row);
}

static void add_row(lua_State *L, gathering *gathered, int row) {
    row_gathering of_row = {L, gathered, row};
    pv_row_names(L, row, add_name, &of_row);
}

/* Adds one phrase, or the phrases of one row; false when the value at index is neither. */
static bool add_single(lua_State *L, gathering *gathered, int index) {
    if (pv_class_test(L, index, &pv_row_class)) {
        add_row(L, gathered, index);
        return true;
    }
    if (lua_type(L, index) != LUA_TSTRING && !pv_text_test(L, index))
        return false;
    luaL_tolstring(L, index, NULL);
    add_phrase(L, gathered, 0);
    return true;
}

static void add_list(lua_State *L, gathering *gathered, int index) {
    lua_Integer count = luaL_len(L, index);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, index, i);
        if (!add_single(L, gathered, lua_gettop(L)))
            luaL_error(L, "phrases are texts or rows of a table; number %I is %s", (LUAI_UACINT)i, pv_describe(L, -1));
        lua_pop(L, 1);
    }
}

/* [-0, +2, v] Pushes the table of phrases and the table of rows for the value at index. */
static gathering gather(lua_State *L, int index) {
    index = lua_absindex(L, index);
    lua_newtable(L);
    lua_newtable(L);
    gathering gathered = {lua_gettop(L) - 1, lua_gettop(L), 0};
    if (!add_single(L, &gathered, index)) {
        if (!lua_istable(L, index))
            pv_raise_expected(L, index, "phrases, a text, a row of a table, or a list of these");
        add_list(L, &gathered, index);
    }
    if (gathered.count == 0)
        luaL_error(L, "there is nothing to look for: the list of phrases is empty");
    return gathered;
}

/* [-0, +1, m] The key a set is kept under: its phrases, in order, each after its length. */
static pv_str push_key(lua_State *L, const gathering *gathered) {
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    luaL_addstring(&buffer, "phrases");
    for (lua_Integer i = 1; i <= gathered->count; i++) {
        lua_rawgeti(L, gathered->phrases, i);
        const uint32_t size = (uint32_t)lua_rawlen(L, -1); /* of a string: below the limit of one */
        lua_pop(L, 1);                                     /* the buffer may need the top */
        luaL_addlstring(&buffer, (const char *)&size, sizeof size);
        lua_rawgeti(L, gathered->phrases, i);
        luaL_addvalue(&buffer);
    }
    luaL_pushresult(&buffer);
    pv_str key = pv_lua_str(L, -1);
    return key;
}

static pv_phrases *build_names(lua_State *L, const pv_str *names, size_t count, pv_arena *arena) {
    pv_phrases *set = NULL;
    pv_error error = {0};
    if (!pv_phrases_build_names(&set, arena, pv_lexicon_of(L), names, count, &error))
        pv_runtime_raise(L, &error);
    return set;
}

static pv_phrases *build(lua_State *L, const gathering *gathered, pv_arena *arena) {
    pv_arena *scratch = pv_runtime_of(L)->call_arena;
    pv_str *phrases = pv_check_memory(L, PV_NEW_ARRAY(scratch, pv_str, (size_t)gathered->count));
    for (lua_Integer i = 1; i <= gathered->count; i++) {
        lua_rawgeti(L, gathered->phrases, i);
        phrases[i - 1].data = lua_tolstring(L, -1, &phrases[i - 1].size);
        lua_pop(L, 1); /* the table keeps it */
        pv_text_charge(L, phrases[i - 1]);
    }
    return build_names(L, phrases, (size_t)gathered->count, arena);
}

/* The set of what was gathered, kept with the rule set. */
static const pv_phrases *build_kept(lua_State *L, const gathering *gathered) {
    pv_compiled *compiled = pv_runtime_of(L)->compiled;
    pv_str key = push_key(L, gathered);
    pv_phrases *set = pv_compiled_find(compiled, key);
    if (!set) {
        set = build(L, gathered, pv_compiled_arena(compiled));
        pv_error error = {0};
        if (!pv_compiled_keep(compiled, key, set, NULL, &error))
            pv_runtime_raise(L, &error);
    }
    lua_pop(L, 1);
    return set;
}

/* [-0, +1, v] The phrase set for the value at index. */
static void push_set(lua_State *L, int index) {
    gathering gathered = gather(L, index);
    const pv_phrases *set = build_kept(L, &gathered);
    pv_phrases_object *object = pv_class_new(L, &pv_phrases_class, sizeof *object);
    object->set = set;
    lua_insert(L, gathered.phrases);
    lua_setiuservalue(L, gathered.phrases, SLOT_ROWS);
    lua_setiuservalue(L, gathered.phrases, SLOT_PHRASES);
}

int l_phrases(lua_State *L) {
    if (!pv_runtime_of(L)->loading)
        return luaL_error(L, "phrases are made at file level, outside any function, so that each set is built once");
    push_set(L, 1);
    return 1;
}

/* [-0, +2, m] */
static pv_wanted push_parts_of_set(lua_State *L, int index) {
    const pv_phrases_object *object = lua_touserdata(L, index);
    lua_getiuservalue(L, index, SLOT_PHRASES);
    lua_getiuservalue(L, index, SLOT_ROWS);
    return (pv_wanted){.set = object->set, .lasting = true, .phrases = lua_gettop(L) - 1, .rows = lua_gettop(L)};
}

/* ---- the names of a row ---- */

/* [-0, +0, v] The set of a row's names. */
static pv_phrases *build_of_row(lua_State *L, const pv_value_list *row, pv_arena *arena) {
    require_name(L, row);
    const size_t count = row_name_count(row);
    pv_str *names = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, count));
    for (size_t i = 0; i < count; i++) {
        names[i] = row_name(row, i);
        pv_text_charge(L, names[i]);
    }
    if (count == 0)
        luaL_error(L, "there is nothing to look for: the list of phrases is empty");
    return build_names(L, names, count, arena);
}

/* [-0, +0, v] The same, kept with the rule set: rows are of the form, so there are only so many. */
static const pv_phrases *kept_of_row(lua_State *L, const pv_value_list *row) {
    const struct {
        char kind[8];
        const pv_value_list *row;
    } parts = {"row", row};
    pv_str key = {(const char *)&parts, sizeof parts};
    pv_compiled *compiled = pv_runtime_of(L)->compiled;
    pv_phrases *set = pv_compiled_find(compiled, key);
    pv_error error = {0};
    if (set)
        return set;
    set = build_of_row(L, row, pv_compiled_arena(compiled));
    if (!pv_compiled_keep(compiled, key, set, NULL, &error))
        pv_runtime_raise(L, &error);
    return set;
}

/* [-0, +0, v] The names of the row at index; where their set is, the row keeps. */
static pv_wanted names_of_row(lua_State *L, int index) {
    pv_wanted wanted = {.lasting = true, .row = lua_absindex(L, index)};
    if (lua_getiuservalue(L, index, PV_ROW_PHRASES) == LUA_TLIGHTUSERDATA) {
        wanted.set = lua_touserdata(L, -1);
        lua_pop(L, 1);
        return wanted;
    }
    lua_pop(L, 1);
    wanted.set = kept_of_row(L, row_at(L, index));
    void *address;
    memcpy(&address, &wanted.set, sizeof address); /* Lua takes no pointer to const */
    lua_pushlightuserdata(L, address);
    lua_setiuservalue(L, index, PV_ROW_PHRASES);
    return wanted;
}

pv_wanted pv_push_wanted(lua_State *L, int index) {
    if (pv_class_test(L, index, &pv_row_class))
        return names_of_row(L, index);
    if (pv_class_test(L, index, &pv_phrases_class))
        return push_parts_of_set(L, index);
    gathering gathered = gather(L, index);
    return (pv_wanted){
        .set = build(L, &gathered, pv_runtime_of(L)->call_arena), .phrases = gathered.phrases, .rows = gathered.rows};
}

static int l_phrases_to_string(lua_State *L) {
    (void)pv_class_check(L, 1, &pv_phrases_class);
    lua_getiuservalue(L, 1, SLOT_PHRASES);
    lua_pushfstring(L, "%I phrases", (LUAI_UACINT)lua_rawlen(L, -1));
    return 1;
}

static const pv_member phrases_members[] = {
    PV_MEMBERS_END,
};

const pv_class pv_phrases_class = {
    .name = "phrases",
    .doc = "Phrases looked for as whole words, made at file level: `phrases { \"every quarter\", \"quarterly\" }` or "
           "`phrases(form.tables.party)`; a phrase in capitals matches only capitals.",
    .members = phrases_members,
    .to_string = l_phrases_to_string,
    .slots = 2,
};

/* ---- mentions ---- */

enum { SLOT_PHRASE = 1, SLOT_ROW = 2 };

/* [-0, +0, m] Keeps value number of the table at index with the object on top. */
static void keep(lua_State *L, int table, lua_Integer number, int slot) {
    lua_rawgeti(L, table, number);
    lua_setiuservalue(L, -2, slot);
}

/* What is found: the name, and whose it is. */
typedef struct pv_mention_object {
    pv_found found;
    pv_span shared, gloss, owned_by, thing, followed_by; /* bytes of whole, or empty */
    pv_owner owner;
    bool several;
} pv_mention_object;

static pv_span within(const pv_text_object *text, pv_span span) {
    return span.end > span.start ? pv_text_within(text, span) : (pv_span){0};
}

static void push_mention(lua_State *L, const pv_text_object *text, const pv_naming *naming, const pv_wanted *wanted,
                         const pv_phrase_match *match) {
    pv_mention_object *mention = pv_found_new(L, &pv_mention_class, sizeof *mention, text, match->at);
    pv_ownership owned = pv_naming_ownership(naming, &match->name);
    mention->shared = within(text, pv_phrases_shared(naming, match));
    mention->owned_by = within(text, owned.owned_by);
    mention->thing = within(text, owned.thing);
    mention->gloss = within(text, pv_naming_gloss(naming, &match->name));
    mention->followed_by = within(text, pv_naming_followed_by(naming, &match->name));
    mention->several = pv_naming_is_several(naming, &match->name);
    mention->owner = owned.owner;
    if (wanted->row == 0) {
        keep(L, wanted->phrases, (lua_Integer)match->phrase + 1, SLOT_PHRASE);
        keep(L, wanted->rows, (lua_Integer)match->phrase + 1, SLOT_ROW);
        return;
    }
    pv_push_str(L, row_name(row_at(L, wanted->row), match->phrase));
    lua_setiuservalue(L, -2, SLOT_PHRASE);
    lua_pushvalue(L, wanted->row);
    lua_setiuservalue(L, -2, SLOT_ROW);
}

struct pv_names_found {
    const pv_phrases *set;
    pv_phrase_match_list found;
    const pv_names_found *next;
};

/* [-0, +0, v] Where names of the set stand; a text that keeps facts keeps that. */
static pv_phrase_match_list find_names(lua_State *L, pv_text_object *text, const pv_naming *naming,
                                       const pv_wanted *wanted) {
    pv_runtime *runtime = pv_runtime_of(L);
    const bool keeps = text->keeps && wanted->lasting;
    pv_text_facts *facts = keeps ? pv_text_facts_of(L, text) : NULL;
    for (const pv_names_found *names = facts ? facts->names : NULL; names; names = names->next)
        if (names->set == wanted->set)
            return names->found;
    pv_phrase_match_list found;
    pv_error error = {0};
    pv_arena *arena = keeps ? runtime->session_arena : runtime->call_arena;
    if (!pv_phrases_find_names(wanted->set, naming, arena, &found, &error))
        pv_runtime_raise(L, &error);
    if (facts) {
        pv_names_found *names = pv_check_memory(L, PV_NEW(arena, pv_names_found));
        *names = (pv_names_found){wanted->set, found, facts->names};
        facts->names = names;
    }
    return found;
}

int l_text_mentions(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    pv_wanted wanted = pv_push_wanted(L, 2);
    const pv_naming *naming = pv_text_naming(L, text);
    MAY_RAISE(pv_runtime_charge(L, naming->tokens.count / 2 + 1));
    pv_phrase_match_list found = find_names(L, text, naming, &wanted);
    PV_PUSH_LIST(L, found.count, i, push_mention(L, text, naming, &wanted, &found.matches[i]));
    return 1;
}

static int get_phrase(lua_State *L) {
    return pv_push_slot(L, SLOT_PHRASE);
}

static int get_row(lua_State *L) {
    return pv_push_slot(L, SLOT_ROW);
}

static const pv_mention_object *mention_self(lua_State *L) {
    return lua_touserdata(L, 1);
}

static int push_words_or_nil(lua_State *L, const pv_mention_object *mention, pv_span at) {
    return at.end > at.start ? pv_push_text_part(L, mention->found.whole, at) : pv_push_nil(L);
}

static int get_shared(lua_State *L) {
    return push_words_or_nil(L, mention_self(L), mention_self(L)->shared);
}

static int get_owner(lua_State *L) {
    pv_owner owner = mention_self(L)->owner;
    return owner == PV_OWNER_NONE ? pv_push_nil(L) : pv_push_name(L, pv_owner_name(owner));
}

static int get_owned_by(lua_State *L) {
    return push_words_or_nil(L, mention_self(L), mention_self(L)->owned_by);
}

static int get_gloss(lua_State *L) {
    return push_words_or_nil(L, mention_self(L), mention_self(L)->gloss);
}

static int get_followed_by(lua_State *L) {
    return push_words_or_nil(L, mention_self(L), mention_self(L)->followed_by);
}

static int get_thing(lua_State *L) {
    return push_words_or_nil(L, mention_self(L), mention_self(L)->thing);
}

static const pv_member mention_members[] = {
    {"text", "text: text", "The words of the text that were found.", PV_OWN_FIELD(words, pv_found, at)},
    {"phrase", "phrase: string", "The phrase that was looked for.", .get = get_phrase},
    {"row", "row: row?", "The table row the phrase stands for, or nil when it was given as a text.", .get = get_row},
    {"shared", "shared: text?",
     "The words that stand once for this name and others (\"Departments of\" in \"Departments of Social Services and "
     "Public Health\"), or nil.",
     .get = get_shared},
    {"gloss", "gloss: text?", "What stands in brackets right behind it (\"DPH\"), when it is short, or nil.",
     .get = get_gloss},
    {"owner", "owner: string?",
     "Whose it is by the words next to it: \"local\" (\"the county's\"), \"state\", \"federal\", \"ours\", "
     "\"private\", "
     "\"other\" (\"Health Net's\"), or nil when nothing says.",
     .get = get_owner},
    {"owned_by", "owned_by: text?", "The words that say whose it is, or nil when none stand outside the name.",
     .get = get_owned_by},
    {"thing", "thing: text?",
     "The word that makes it a thing spoken of and no name (\"emergency\" in \"public health emergency\"), or nil.",
     .get = get_thing},
    {"followed_by", "followed_by: text?",
     "The word right behind it that it may belong to (\"strategy\" in \"public health strategy\"), or nil.",
     .get = get_followed_by},
    {"several", "several: boolean",
     "Whether it is said of several at once (\"public health departments\"), which a list of names is not.",
     PV_OWN_FIELD(boolean, pv_mention_object, several)},
    PV_CONTEXT_MEMBERS,
    PV_MEMBERS_END,
};

const pv_class pv_mention_class = {
    .name = "mention",
    .doc = "Where a text names one of the phrases looked for.",
    .members = mention_members,
    .to_string = l_found_to_string,
    .slots = 2,
    .of_session = true,
};
