#include "lua/values/values_p.h"

#include <string.h>

#include "model/submission.h"

/* ---- texts and their parts ---- */

pv_str pv_text_object_str(const pv_text_object *text) {
    return pv_str_slice(text->whole->value, text->part.start, text->part.end);
}

pv_span pv_text_within(const pv_text_object *text, pv_span span) {
    return (pv_span){text->part.start + span.start, text->part.start + span.end};
}

void pv_object_place_in(pv_object *object, const pv_text *whole, pv_span at) {
    object->place = (pv_place){pv_text_locate(whole, at.start, at.end), false};
    object->has_place = true;
}

/* Its address is the registry key of the class of texts. */
static const char text_class = 0;

void pv_text_set_class(lua_State *L, const pv_class *class) {
    void *address;
    memcpy(&address, &class, sizeof address); /* Lua takes no pointer to const */
    lua_pushlightuserdata(L, address);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &text_class);
}

static const pv_class *class_of_texts(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &text_class);
    const pv_class *class = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return class;
}

pv_text_object *pv_text_test(lua_State *L, int index) {
    return pv_class_test(L, index, class_of_texts(L));
}

pv_text_object *pv_text_self(lua_State *L) {
    return pv_class_check(L, 1, class_of_texts(L));
}

static pv_text_object *push_object(lua_State *L, const pv_text *whole, pv_span part) {
    pv_text_object *text = pv_class_new(L, class_of_texts(L), sizeof *text);
    text->whole = whole;
    text->part = part;
    pv_object_place_in(&text->object, whole, part);
    return text;
}

int pv_push_text_part(lua_State *L, const pv_text *whole, pv_span part) {
    push_object(L, whole, part);
    return 1;
}

int pv_push_text_if_any(lua_State *L, const pv_text *whole, pv_span part) {
    return part.end == part.start ? pv_push_nil(L) : pv_push_text_part(L, whole, part);
}

int pv_push_text(lua_State *L, const pv_text *text) {
    if (pv_push_kept(L, text))
        return 1;
    push_object(L, text, (pv_span){0, (uint32_t)text->value.size})->keeps = true;
    pv_keep(L, text);
    return 1;
}

int pv_push_whole_text(lua_State *L, const pv_text *whole, pv_place at) {
    pv_push_text(L, whole);
    ((pv_text_object *)lua_touserdata(L, -1))->object.place = at;
    return 1;
}

int pv_push_response_text(lua_State *L, const pv_response *response, pv_place at) {
    pv_push_whole_text(L, &response->text, at);
    pv_text_object *text = lua_touserdata(L, -1);
    if (!text->facts)
        text->facts = pv_response_facts(pv_runtime_of(L), response);
    if (!text->facts) { /* of one of several submissions */
        text->facts = pv_check_memory(L, PV_NEW(pv_runtime_of(L)->session_arena, pv_text_facts));
        text->facts->words_counted = true;
    }
    return 1;
}

/* Whether objects of a class have a `text` that stands for them where a text is wanted. */
static bool has_text(const pv_class *class) {
    for (const pv_member *member = class->members; member->name; member++) {
        if (strcmp(member->name, "text") == 0)
            return true;
    }
    return false;
}

pv_text_object *pv_text_argument(lua_State *L, int index) {
    const pv_object *object = pv_object_test(L, index);
    if (object && object->class != class_of_texts(L) && has_text(object->class)) {
        lua_getfield(L, index, "text");
        lua_replace(L, index);
    }
    return pv_class_check(L, index, class_of_texts(L));
}

const pv_token_list *pv_text_tokens_argument(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TSTRING)
        return pv_text_tokens(L, pv_text_argument(L, index));
    pv_arena *arena = pv_runtime_of(L)->call_arena;
    pv_token_list *tokens = pv_check_memory(L, PV_NEW(arena, pv_token_list));
    pv_error error = {0};
    pv_str bytes = pv_lua_str(L, index);
    pv_text_charge(L, bytes);
    if (!pv_tokens_find(arena, bytes, tokens, &error))
        pv_runtime_raise(L, &error);
    return tokens;
}

/* ---- what is worked out about a text ---- */

void pv_text_charge(lua_State *L, pv_str text) {
    MAY_RAISE(pv_runtime_charge(L, pv_text_work(text)));
}

static pv_arena *arena_of(lua_State *L, const pv_text_object *text) {
    pv_runtime *runtime = pv_runtime_of(L);
    return text->keeps ? runtime->session_arena : runtime->call_arena;
}

/* The facts of a text; of a part new ones, which end with the call. */
pv_text_facts *pv_text_facts_of(lua_State *L, pv_text_object *text) {
    if (text->facts)
        return text->facts;
    pv_text_facts *facts = pv_check_memory(L, PV_NEW(arena_of(L, text), pv_text_facts));
    if (text->keeps)
        text->facts = facts;
    return facts;
}

pv_text_facts *pv_response_facts(pv_runtime *runtime, const pv_response *response) {
    const pv_submission *submission = runtime->submission;
    if (!submission || response < submission->responses ||
        response >= submission->responses + submission->response_count)
        return NULL;
    if (!runtime->response_facts)
        runtime->response_facts = PV_NEW_ARRAY(runtime->session_arena, pv_text_facts *, submission->response_count);
    if (!runtime->response_facts)
        return NULL;
    pv_text_facts **facts = &runtime->response_facts[response - submission->responses];
    if (!*facts)
        *facts = PV_NEW(runtime->session_arena, pv_text_facts);
    if (*facts)
        (*facts)->words_counted = true;
    return *facts;
}

const pv_word_list *pv_response_words(lua_State *L, const pv_response *response) {
    static const pv_word_list none = {0};
    pv_runtime *runtime = pv_runtime_of(L);
    pv_text_facts *facts = pv_response_facts(runtime, response);
    if (response->word_count == 0)
        return &none;
    if (facts && facts->words)
        return facts->words;
    pv_word_list *words = pv_check_memory(L, PV_NEW(runtime->session_arena, pv_word_list));
    pv_error error = {0};
    if (!pv_words_find(runtime->session_arena, response->text.value, PV_WORD_METHOD_WORD, words, &error))
        pv_runtime_raise(L, &error);
    if (facts)
        facts->words = words;
    return words;
}

/* call, which works something out about a text and raises nothing, in the phase of that. */
#define MEASURED(L, call)                                                                                              \
    (pv_meter_begin_texts(pv_runtime_of(L)->meter) && pv_meter_end_texts(pv_runtime_of(L)->meter, (call)))

static void raise_unless(lua_State *L, bool done, const pv_error *error) {
    if (!done)
        pv_runtime_raise(L, error);
}

const pv_word_list *pv_text_words(lua_State *L, pv_text_object *text) {
    pv_text_facts *facts = pv_text_facts_of(L, text);
    if (!facts->words) {
        pv_str bytes = pv_text_object_str(text);
        if (!facts->words_counted)
            pv_text_charge(L, bytes);
        pv_arena *arena = arena_of(L, text);
        pv_word_list *words = pv_check_memory(L, PV_NEW(arena, pv_word_list));
        pv_error error = {0};
        raise_unless(L, MEASURED(L, pv_words_find(arena, bytes, PV_WORD_METHOD_WORD, words, &error)), &error);
        facts->words = words;
    }
    return facts->words;
}

/* The tokens of a part as those of its whole say them; false where one of these reaches over an edge of the part. */
static bool take_tokens(pv_token_list *out, pv_arena *arena, const pv_token_list *whole, pv_span part) {
    size_t first = PV_SPANS_AFTER(whole->tokens, whole->count, pv_token, part.start);
    size_t end = PV_SPANS_AFTER(whole->tokens, whole->count, pv_token, part.end);
    if ((first < whole->count && whole->tokens[first].at.start < part.start) ||
        (end < whole->count && whole->tokens[end].at.start < part.end))
        return false;
    pv_token *tokens = PV_NEW_ARRAY(arena, pv_token, end - first);
    *out = (pv_token_list){tokens, end - first};
    for (size_t i = 0; tokens && i < out->count; i++) {
        tokens[i] = whole->tokens[first + i];
        tokens[i].at.start -= part.start;
        tokens[i].at.end -= part.start;
    }
    return tokens != NULL;
}

/* [-0, +0, m] The tokens of the whole text, or NULL where they were not asked for yet. */
static const pv_token_list *known_tokens(lua_State *L, const pv_text *whole) {
    if (!pv_push_kept(L, whole))
        return NULL;
    const pv_text_object *text = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return text->facts ? text->facts->tokens : NULL;
}

static const pv_token_list *tokens_of(lua_State *L, pv_text_object *text, pv_text_facts *facts) {
    if (!facts->tokens) {
        pv_str bytes = pv_text_object_str(text);
        pv_text_charge(L, bytes);
        pv_arena *arena = arena_of(L, text);
        pv_token_list *tokens = pv_check_memory(L, PV_NEW(arena, pv_token_list));
        const pv_token_list *whole = text->keeps ? NULL : known_tokens(L, text->whole);
        pv_error error = {0};
        raise_unless(L,
                     MEASURED(L, (whole && take_tokens(tokens, arena, whole, text->part)) ||
                                     pv_tokens_find(arena, bytes, tokens, &error)),
                     &error);
        MAY_RAISE(pv_runtime_charge(L, tokens->count));
        facts->tokens = tokens;
    }
    return facts->tokens;
}

const pv_token_list *pv_text_tokens(lua_State *L, pv_text_object *text) {
    return tokens_of(L, text, pv_text_facts_of(L, text));
}

const pv_lexicon *pv_lexicon_of(lua_State *L) {
    pv_compiled *compiled = pv_runtime_of(L)->compiled;
    pv_lexicon *lexicon = pv_compiled_find(compiled, PV_STR("lexicon"));
    pv_error error = {0};
    if (!lexicon)
        raise_unless(L,
                     pv_lexicon_build(&lexicon, pv_compiled_arena(compiled), &error) &&
                         pv_compiled_keep(compiled, PV_STR("lexicon"), lexicon, NULL, &error),
                     &error);
    return lexicon;
}

const pv_naming *pv_text_naming(lua_State *L, pv_text_object *text) {
    pv_text_facts *facts = pv_text_facts_of(L, text);
    if (!facts->naming) {
        const pv_token_list *tokens = tokens_of(L, text, facts);
        const pv_lexicon *lexicon = pv_lexicon_of(L);
        MAY_RAISE(pv_runtime_charge(L, tokens->count));
        pv_arena *arena = arena_of(L, text);
        pv_naming *naming = pv_check_memory(L, PV_NEW(arena, pv_naming));
        pv_error error = {0};
        raise_unless(L, MEASURED(L, pv_naming_read(naming, lexicon, arena, pv_text_object_str(text), tokens, &error)),
                     &error);
        facts->naming = naming;
    }
    return facts->naming;
}

const pv_shingles *pv_text_shingles(lua_State *L, pv_text_object *text) {
    pv_text_facts *facts = pv_text_facts_of(L, text);
    if (!facts->shingles) {
        const pv_token_list *tokens = tokens_of(L, text, facts);
        MAY_RAISE(pv_runtime_charge(L, tokens->count * 2));
        pv_shingles *shingles = NULL;
        pv_error error = {0};
        raise_unless(L, MEASURED(L, pv_shingles_build(&shingles, arena_of(L, text), tokens, &error)), &error);
        facts->shingles = shingles;
    }
    return facts->shingles;
}

const pv_quantity_list *pv_quantities_stated(const pv_runtime *runtime, pv_arena *arena, pv_str bytes,
                                             pv_quantity_kind kind, pv_error *error) {
    pv_quantity_list *stated = PV_NEW(arena, pv_quantity_list);
    if (!stated) {
        (void)pv_fail_memory(error);
        return NULL;
    }
    const bool measured = pv_meter_begin_texts(runtime->meter);
    const bool done = pv_quantities_find(arena, bytes, kind, stated, error);
    return pv_meter_end_texts(runtime->meter, measured && done) ? stated : NULL;
}

const pv_quantity_list *pv_text_quantities(lua_State *L, pv_text_object *text, pv_quantity_kind kind) {
    pv_text_facts *facts = pv_text_facts_of(L, text);
    if (!facts->quantities[kind]) {
        pv_str bytes = pv_text_object_str(text);
        pv_text_charge(L, bytes);
        pv_error error = {0};
        const pv_quantity_list *stated = pv_quantities_stated(pv_runtime_of(L), arena_of(L, text), bytes, kind, &error);
        raise_unless(L, stated != NULL, &error);
        MAY_RAISE(pv_runtime_charge(L, pv_quantities_work(stated)));
        facts->quantities[kind] = stated;
    }
    return facts->quantities[kind];
}

const pv_list_items *pv_text_items(lua_State *L, pv_text_object *text) {
    pv_text_facts *facts = pv_text_facts_of(L, text);
    if (!facts->items) {
        pv_str bytes = pv_text_object_str(text);
        pv_text_charge(L, bytes);
        pv_arena *arena = arena_of(L, text);
        pv_list_items *items = pv_check_memory(L, PV_NEW(arena, pv_list_items));
        pv_error error = {0};
        pv_span part = text->part;
        bool done = MEASURED(L, pv_text_find_items(text->whole, part.start, part.end, arena, items, &error));
        raise_unless(L, done, &error);
        MAY_RAISE(pv_runtime_charge(L, items->count * 2));
        facts->items = items;
    }
    return facts->items;
}

const pv_marks *pv_text_marks(const pv_text_object *text) {
    const bool whole = text->part.start == 0 && text->part.end == text->whole->value.size;
    return whole && !text->whole->is_prose_of_part ? text->whole->marks : NULL;
}

static void set_part(pv_part *part, const pv_text_object *text, const pv_heading_list *found, size_t index) {
    const pv_heading *heading = &found->headings[index];
    *part = (pv_part){.heading = *heading, .whole = text->whole};
    part->heading.at = pv_text_within(text, heading->at);
    part->heading.number = pv_text_within(text, heading->number);
    part->heading.title = pv_text_within(text, heading->title);
    part->heading.own = pv_text_within(text, heading->own);
    part->heading.body = pv_text_within(text, heading->body);
}

typedef bool find_headings(pv_arena *arena, pv_str text, const pv_marks *marks, pv_heading_list *out, pv_error *error);

/* [-0, +0, v] The parts that find gives, in the session's arena. */
static pv_part_list *parts_by(lua_State *L, pv_text_object *text, find_headings *find) {
    pv_str bytes = pv_text_object_str(text);
    pv_text_charge(L, bytes);
    pv_text_charge(L, bytes);
    pv_arena *arena = pv_runtime_of(L)->session_arena;
    pv_part_list *list = pv_check_memory(L, PV_NEW(arena, pv_part_list));
    pv_error error = {0};
    const pv_marks *marks = pv_text_marks(text);
    raise_unless(L, MEASURED(L, find(arena, bytes, marks, &list->found, &error)), &error);
    list->parts = pv_check_memory(L, PV_NEW_ARRAY(arena, pv_part, list->found.count));
    pv_part_body *bodies = NULL;
    if (list->found.lines.laid_out)
        bodies = pv_check_memory(L, PV_NEW_ARRAY(arena, pv_part_body, list->found.count * 2));
    for (size_t i = 0; i < list->found.count; i++) {
        set_part(&list->parts[i], text, &list->found, i);
        list->parts[i].body = bodies ? &bodies[i * 2] : NULL;
    }
    MAY_RAISE(pv_runtime_charge(L, list->found.count * 4));
    return list;
}

pv_part_list *pv_text_parts(lua_State *L, pv_text_object *text) {
    pv_text_facts *facts = pv_text_facts_of(L, text);
    if (!facts->parts)
        facts->parts = parts_by(L, text, pv_headings_find);
    return facts->parts;
}

pv_part_list *pv_text_all_parts(lua_State *L, pv_text_object *text) {
    pv_text_facts *facts = pv_text_facts_of(L, text);
    if (!facts->all_parts)
        facts->all_parts = parts_by(L, text, pv_headings_find_all);
    return facts->all_parts;
}

/* The words that tell how something is said: the language's and the form's, once per rule set. */
static const pv_wording *wording_of(lua_State *L) {
    const pv_form *form = pv_runtime_of(L)->form;
    pv_compiled *compiled = pv_runtime_of(L)->compiled;
    pv_wording *wording = pv_compiled_find(compiled, PV_STR("wording"));
    if (wording)
        return wording;
    pv_error error = {0};
    raise_unless(L,
                 pv_wording_build(&wording, pv_compiled_arena(compiled), form->wording, form->wording_count, &error) &&
                     pv_compiled_keep(compiled, PV_STR("wording"), wording, NULL, &error),
                 &error);
    return wording;
}

/* [-0, +1, v] The facts of a whole text, whose object is pushed. */
static pv_text_facts *push_whole_facts(lua_State *L, const pv_text *whole) {
    pv_push_text(L, whole);
    return pv_text_facts_of(L, lua_touserdata(L, -1));
}

const pv_statements *pv_text_statements(lua_State *L, const pv_text *whole) {
    pv_text_facts *facts = push_whole_facts(L, whole);
    if (!facts->statements) {
        pv_text_object *text = lua_touserdata(L, -1);
        const pv_wording *wording = wording_of(L);
        const pv_token_list *tokens = pv_text_tokens(L, text);
        const pv_list_items *items = pv_text_items(L, text);
        pv_text_charge(L, whole->value);
        MAY_RAISE(pv_runtime_charge(L, tokens->count));
        pv_statements *statements = NULL;
        pv_error error = {0};
        raise_unless(L,
                     MEASURED(L, pv_statements_find(&statements, arena_of(L, text), whole->value, tokens, items,
                                                    wording, &error)),
                     &error);
        facts->statements = statements;
    }
    lua_pop(L, 1);
    return facts->statements;
}

/* A text of fewer bytes is searched sooner than its signature is made. */
#define SIGNED_BYTES ((size_t)64)

const pv_signature *pv_text_signature(lua_State *L, const pv_text_object *text) {
    if (text->whole->value.size < SIGNED_BYTES || !pv_signature_covers(text->whole->value, text->part))
        return NULL;
    pv_text_facts *facts = push_whole_facts(L, text->whole);
    lua_pop(L, 1);
    if (!facts->signature) {
        pv_arena *arena = pv_runtime_of(L)->session_arena;
        pv_signature *signature = pv_check_memory(L, PV_NEW(arena, pv_signature));
        pv_error error = {0};
        raise_unless(L, pv_signature_build(signature, arena, text->whole->value, &error), &error);
        facts->signature = signature;
    }
    return facts->signature;
}

/* What a context costs, in tokens looked at. */
#define WORK_OF_CONTEXT 32

/* The one at these bytes, moved to the front; NULL where it was not asked for yet. */
static pv_context_found *find_context(pv_text_facts *facts, pv_span at) {
    for (pv_context_found **link = &facts->contexts; *link; link = &(*link)->next) {
        pv_context_found *found = *link;
        if (found->at.start != at.start || found->at.end != at.end)
            continue;
        *link = found->next;
        found->next = facts->contexts;
        facts->contexts = found;
        return found;
    }
    return NULL;
}

pv_context pv_text_context(lua_State *L, const pv_text *whole, pv_span at) {
    const pv_statements *statements = pv_text_statements(L, whole);
    pv_text_facts *facts = push_whole_facts(L, whole);
    pv_context_found *last = facts->contexts;
    if (!last && at.end == 0) {
        lua_pop(L, 1);
        return (pv_context){0}; /* nothing stands there */
    }
    if (!last || at.start != last->at.start || at.end != last->at.end)
        MAY_RAISE(pv_runtime_charge(L, WORK_OF_CONTEXT));
    pv_context_found *found = find_context(facts, at);
    if (!found) {
        found = pv_check_memory(L, PV_NEW(arena_of(L, lua_touserdata(L, -1)), pv_context_found));
        *found = (pv_context_found){at, pv_context_of(statements, at), facts->contexts};
        facts->contexts = found;
    }
    lua_pop(L, 1);
    return found->context;
}

/* ---- values found in a text ---- */

void *pv_found_new(lua_State *L, const pv_class *class, size_t size, const pv_text_object *text, pv_span at) {
    pv_found *found = pv_class_new(L, class, size);
    found->whole = text->whole;
    found->at = pv_text_within(text, at);
    pv_object_place_in(&found->object, text->whole, found->at);
    return found;
}

int l_found_to_string(lua_State *L) {
    const pv_object *object = pv_object_test(L, 1);
    const pv_found *found = pv_class_check(L, 1, object->class);
    return pv_push_str(L, pv_str_slice(found->whole->value, found->at.start, found->at.end));
}

int pv_reflect_words(lua_State *L, const pv_object *object, const void *field) {
    return pv_push_text_part(L, ((const pv_found *)object)->whole, *(const pv_span *)field);
}

int pv_reflect_qualifier(lua_State *L, const pv_object *object, const void *field) {
    (void)object;
    pv_qualifier qualifier = *(const pv_qualifier *)field;
    return qualifier == PV_QUALIFIER_NONE ? pv_push_nil(L) : pv_push_name(L, pv_qualifier_name(qualifier));
}

/* ---- plain strings that a text is compared with ---- */

/* Its address is the registry key of the texts of this session that the form does not print, by string. */
static const char plain_texts = 0;

/* What a session pays for a token that is worked out, by itself and in shingles: as much as the facts above charge. */
#define WORK_OF_TOKEN 3

/* What is worked out about a text that the form prints. */
typedef struct printed_text {
    pv_text whole;
    pv_text_facts facts; /* tokens and shingles */
} printed_text;

/* The form's own string that reads so, or NULL. */
static const pv_str *find_on_form(const pv_form *form, pv_str text) {
    for (size_t i = 0; i < form->measure_count; i++)
        if (pv_str_equal(form->measures[i].description, text))
            return &form->measures[i].description;
    for (size_t i = 0; i < form->item_count; i++)
        if (pv_str_equal(form->items[i].prompt, text))
            return &form->items[i].prompt;
    return NULL;
}

static bool work_out(printed_text *printed, pv_arena *arena, pv_error *error) {
    pv_token_list *tokens = PV_NEW(arena, pv_token_list);
    if (!tokens)
        return pv_fail_memory(error);
    printed->facts.tokens = tokens;
    return pv_tokens_find(arena, printed->whole.value, tokens, error) &&
           pv_shingles_build(&printed->facts.shingles, arena, tokens, error);
}

/* [-0, +0, v] What the rule set knows of a string of the form. */
static printed_text *find_printed(lua_State *L, const pv_str *string) {
    const struct {
        char kind[8];
        const pv_str *string;
    } parts = {"printed", string};
    pv_str key = {(const char *)&parts, sizeof parts};
    pv_compiled *compiled = pv_runtime_of(L)->compiled;
    printed_text *printed = pv_compiled_find(compiled, key);
    if (printed)
        return printed;
    pv_arena *arena = pv_compiled_arena(compiled);
    printed = pv_check_memory(L, PV_NEW(arena, printed_text));
    printed->whole.value = *string;
    pv_error error = {0};
    if (!work_out(printed, arena, &error) || !pv_compiled_keep(compiled, key, printed, NULL, &error))
        pv_runtime_raise(L, &error);
    return printed;
}

/* [-0, +1, m] */
static pv_text_object *push_text(lua_State *L, const pv_text *whole) {
    pv_text_object *text = pv_class_new(L, class_of_texts(L), sizeof *text);
    text->whole = whole;
    text->part = (pv_span){0, (uint32_t)whole->value.size};
    text->keeps = true;
    return text;
}

/* [-0, +1, v] The text of a string of the form. */
static void push_printed(lua_State *L, const pv_str *string) {
    if (pv_push_kept(L, string))
        return;
    printed_text *printed = find_printed(L, string);
    pv_text_charge(L, printed->whole.value);
    MAY_RAISE(pv_runtime_charge(L, printed->facts.tokens->count * WORK_OF_TOKEN));
    push_text(L, &printed->whole)->facts = &printed->facts;
    pv_keep(L, string);
}

/* [-0, +1, m] The text of the string at index, which a table keeps. */
static void push_of_session(lua_State *L, int index) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &plain_texts) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &plain_texts);
    }
    lua_pushvalue(L, index);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 1);
        pv_text *whole = pv_check_memory(L, PV_NEW(pv_runtime_of(L)->session_arena, pv_text));
        whole->value = pv_lua_str(L, index);
        push_text(L, whole);
        lua_pushvalue(L, index);
        lua_pushvalue(L, -2);
        lua_rawset(L, -4);
    }
    lua_remove(L, -2);
}

void pv_plain_text_make(lua_State *L, int index) {
    index = lua_absindex(L, index);
    pv_str string = pv_lua_str(L, index);
    const pv_str *printed = find_on_form(pv_runtime_of(L)->form, string);
    if (printed)
        push_printed(L, printed);
    else
        push_of_session(L, index);
    lua_replace(L, index);
}

const pv_stem_print *pv_text_stem_print(lua_State *L, int index, size_t letters) {
    pv_str string = pv_lua_str(L, index);
    pv_compiled *compiled = pv_runtime_of(L)->compiled;
    const pv_str *printed = find_on_form(pv_runtime_of(L)->form, string);
    const struct {
        char kind[8];
        const pv_str *string;
        size_t letters;
    } parts = {"stems", printed, letters};
    pv_str key = {(const char *)&parts, sizeof parts};
    pv_text_charge(L, string);
    pv_stem_print *print = printed ? pv_compiled_find(compiled, key) : NULL;
    if (print)
        return print;
    pv_arena *arena = printed ? pv_compiled_arena(compiled) : pv_runtime_of(L)->call_arena;
    print = pv_check_memory(L, PV_NEW(arena, pv_stem_print));
    pv_error error = {0};
    if (!pv_stem_print_read(print, arena, string, letters, &error) ||
        (printed && !pv_compiled_keep(compiled, key, print, NULL, &error)))
        pv_runtime_raise(L, &error);
    return print;
}
