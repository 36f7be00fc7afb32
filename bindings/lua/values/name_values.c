/* Names in a text: acronyms with what they stand for, and names that are spelt in several ways. */
#include "lua/values/values_p.h"

/* How often a text is gone over, as pv_text_charge counts. */
#define PASSES_OF_ACRONYMS 3
#define PASSES_OF_VARIANTS 6

static void charge_passes(lua_State *L, pv_str text, unsigned passes) {
    for (unsigned i = 0; i < passes; i++)
        pv_text_charge(L, text);
}

/* What was found in a text. Its place is where an acronym is first written, or a spelling first used. */
typedef struct name_object {
    pv_found found;
    uint32_t start; /* of the text that was asked, in its whole: spans count from there */
    union {
        const pv_acronym *acronym;
        const pv_name_variant *variant;
    };
} name_object;

static name_object *push_name(lua_State *L, const pv_class *class, const pv_text_object *text, pv_span at) {
    name_object *object = pv_found_new(L, class, sizeof *object, text, at);
    object->start = text->part.start;
    return object;
}

static const name_object *self(lua_State *L) {
    return lua_touserdata(L, 1);
}

static int push_own(lua_State *L, pv_span at) {
    const uint32_t start = self(L)->start;
    return pv_push_text_part(L, self(L)->found.whole, (pv_span){start + at.start, start + at.end});
}

/* ---- acronyms ---- */

static const pv_acronym_list *find_acronyms(lua_State *L, pv_text_object *text) {
    const pv_runtime *runtime = pv_runtime_of(L);
    const pv_str bytes = pv_text_object_str(text);
    const pv_token_list *tokens = pv_text_tokens(L, text);
    const pv_part_list *parts = pv_text_all_parts(L, text);
    charge_passes(L, bytes, PASSES_OF_ACRONYMS);
    pv_acronym_list *list = pv_check_memory(L, PV_NEW(runtime->session_arena, pv_acronym_list));
    pv_error error = {0};
    if (!pv_acronyms_find(list, runtime->session_arena, bytes, tokens, &parts->found, pv_text_marks(text), &error))
        pv_runtime_raise(L, &error);
    return list;
}

static void push_acronym(lua_State *L, const pv_text_object *text, const pv_acronym *acronym) {
    push_name(L, &pv_acronym_class, text, acronym->form)->acronym = acronym;
}

int l_text_acronyms(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    pv_text_facts *facts = pv_text_facts_of(L, text);
    if (!facts->acronyms)
        facts->acronyms = find_acronyms(L, text);
    const pv_acronym_list *list = facts->acronyms;
    MAY_RAISE(pv_runtime_charge(L, list->count));
    PV_PUSH_LIST(L, list->count, i, push_acronym(L, text, &list->acronyms[i]));
    return 1;
}

static int get_uses(lua_State *L) {
    const pv_acronym *acronym = self(L)->acronym;
    MAY_RAISE(pv_runtime_charge(L, acronym->use_count));
    PV_PUSH_LIST(L, acronym->use_count, i, push_own(L, acronym->uses[i]));
    return 1;
}

static int get_count(lua_State *L) {
    return pv_push_size(L, self(L)->acronym->use_count);
}

static int get_first(lua_State *L) {
    const pv_acronym *acronym = self(L)->acronym;
    return acronym->first < acronym->use_count ? push_own(L, acronym->uses[acronym->first]) : pv_push_nil(L);
}

static int get_early(lua_State *L) {
    const pv_span *early = pv_acronym_used_early(self(L)->acronym);
    return early ? push_own(L, *early) : pv_push_nil(L);
}

static int get_expansions(lua_State *L) {
    const pv_acronym *acronym = self(L)->acronym;
    MAY_RAISE(pv_runtime_charge(L, acronym->expansion_count));
    PV_PUSH_LIST(L, acronym->expansion_count, i, push_own(L, acronym->expansions[i].words));
    return 1;
}

static int get_expansion(lua_State *L) {
    const pv_acronym *acronym = self(L)->acronym;
    return acronym->expansion_count > 0 ? push_own(L, acronym->expansions[0].words) : pv_push_nil(L);
}

/* [-0, +1, v] The expansions behind the first that say other words, or the same. */
static int push_further(lua_State *L, bool different) {
    const pv_acronym *acronym = self(L)->acronym;
    size_t number = 0;
    MAY_RAISE(pv_runtime_charge(L, acronym->expansion_count));
    pv_list_new(L, 0);
    for (size_t i = 1; i < acronym->expansion_count; i++) {
        if (acronym->expansions[i].different != different)
            continue;
        push_own(L, acronym->expansions[i].words);
        pv_list_set(L, ++number);
    }
    return 1;
}

static int get_others(lua_State *L) {
    return push_further(L, true);
}

static int get_again(lua_State *L) {
    return push_further(L, false);
}

static const pv_member acronym_members[] = {
    {"form", "form: text", "The acronym as it is first written, without the \"s\" of several (\"MCP\" of \"MCPs\").",
     PV_OWN_FIELD(words, name_object, found.at)},
    {"uses", "uses: list of text",
     "Where it is used, in text order: not in its expansions, in lines of capitals, nor in what a page prints around "
     "its text.",
     .get = get_uses},
    {"count", "count: integer", "How often it is used so.", .get = get_count},
    {"first", "first: text?", "The first use that is not in a heading, or nil.", .get = get_first},
    {"expansions", "expansions: list of text",
     "The words that the text says beside it, at each place where it does: \"Enhanced Care Management\" of \"Enhanced "
     "Care Management (ECM)\".",
     .get = get_expansions},
    {"expansion", "expansion: text?",
     "The first of its expansions, or nil where the text never says what it stands for.", .get = get_expansion},
    {"early", "early: text?", "The first use, where that stands before the first expansion; else nil.",
     .get = get_early},
    {"others", "others: list of text", "Its expansions that say other words than the first one does.",
     .get = get_others},
    {"again", "again: list of text", "Its expansions after the first that say the same words.", .get = get_again},
    PV_MEMBERS_END,
};

const pv_class pv_acronym_class = {
    .name = "acronym",
    .doc = "An acronym in a text, with its uses and what the text says that it stands for. Its place is where it is "
           "first written.",
    .members = acronym_members,
    .to_string = l_found_to_string,
    .of_session = true,
};

/* ---- names that are spelt in several ways ---- */

static const pv_name_variant_list *find_variants(lua_State *L, pv_text_object *text) {
    const pv_runtime *runtime = pv_runtime_of(L);
    const pv_str bytes = pv_text_object_str(text);
    const pv_token_list *tokens = pv_text_tokens(L, text);
    const pv_part_list *parts = pv_text_all_parts(L, text);
    charge_passes(L, bytes, PASSES_OF_VARIANTS);
    pv_name_variant_list *list = pv_check_memory(L, PV_NEW(runtime->session_arena, pv_name_variant_list));
    pv_error error = {0};
    if (!pv_name_variants_find(list, runtime->session_arena, bytes, tokens, &parts->found, pv_text_marks(text), &error))
        pv_runtime_raise(L, &error);
    return list;
}

static void push_variant(lua_State *L, const pv_text_object *text, const pv_name_variant *variant) {
    push_name(L, &pv_name_variant_class, text, variant->places[0])->variant = variant;
}

int l_text_name_variants(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    pv_text_facts *facts = pv_text_facts_of(L, text);
    if (!facts->variants)
        facts->variants = find_variants(L, text);
    const pv_name_variant_list *list = facts->variants;
    MAY_RAISE(pv_runtime_charge(L, list->count));
    PV_PUSH_LIST(L, list->count, i, push_variant(L, text, &list->variants[i]));
    return 1;
}

static int get_kind(lua_State *L) {
    return pv_push_name(L, pv_variant_kind_name(self(L)->variant->kind));
}

static int get_places(lua_State *L) {
    const pv_name_variant *variant = self(L)->variant;
    MAY_RAISE(pv_runtime_charge(L, variant->count));
    PV_PUSH_LIST(L, variant->count, i, push_own(L, variant->places[i]));
    return 1;
}

static int get_variant_count(lua_State *L) {
    return pv_push_size(L, self(L)->variant->count);
}

static int get_usual(lua_State *L) {
    return push_own(L, self(L)->variant->usual);
}

static int get_usual_count(lua_State *L) {
    return pv_push_size(L, self(L)->variant->usual_count);
}

static const pv_member variant_members[] = {
    {"text", "text: text", "The name as it is spelt here, at the first place.",
     PV_OWN_FIELD(words, name_object, found.at)},
    {"kind", "kind: string",
     "What differs: \"spacing\" (a hyphen, a blank or neither), \"capitals\", \"accents\", \"apostrophe\", "
     "\"abbreviation\" (\"Dept.\", \"&\"), \"spelling\" (British and American), \"slip\" (a letter), or \"compound\" "
     "(\"non-profit\": no name, but a word).",
     .get = get_kind},
    {"places", "places: list of text", "Every place where it is spelt so, in text order.", .get = get_places},
    {"count", "count: integer", "How many these are.", .get = get_variant_count},
    {"usual", "usual: text", "The spelling that the text uses more often, or as often and earlier; at its first place.",
     .get = get_usual},
    {"usual_count", "usual_count: integer", "How often that stands in the text.", .get = get_usual_count},
    PV_MEMBERS_END,
};

const pv_class pv_name_variant_class = {
    .name = "name variant",
    .doc =
        "A spelling of a name that the text spells otherwise more often. Its place is the first where it is spelt so.",
    .members = variant_members,
    .to_string = l_found_to_string,
    .of_session = true,
};
