/* Which lines of the rule files can run while a rule is judged. What runs when a pack loads is no part of that: the
 * file level, functions that only the file level and examples call, and what only builds examples. */
#include "lua/authoring/authoring_p.h"

#include <assert.h>

#include "lua/values/values.h"

/* A function's body: the lexemes between its parameters and its `end`. */
typedef struct body {
    size_t start;  /* `function` */
    size_t first;  /* after the parameters */
    size_t around; /* the body it stands in, as body_of counts; 0: the file level */
} body;

/* What the file level gives a name: `local function f …`, `local x = …`, `x = …`, `return { x = … }`. */
typedef struct definition {
    size_t file;
    size_t names_first; /* lexemes of its names, and commas between them */
    size_t names_last;
    size_t first; /* what it is given */
    size_t last;
    size_t own;     /* the body it is, as body_of counts; 0: it is no function */
    bool is_member; /* `function helpers.f`: asked for after a dot */
    bool is_shared; /* by name, with the files that follow */
    bool exampled;  /* an example asks for it, perhaps by way of others */
    bool judged;    /* something else does */
    bool at_load;   /* a function, and whatever calls it runs when the pack loads */
} definition;

typedef struct file_parts {
    const pv_lexemes *lexemes;
    size_t *closes;  /* for `function`: its `end`; else 0 */
    size_t *body_of; /* of each lexeme: 1 + the position of the innermost body; 0: the file level */
    size_t *part_of; /* 1 + the position of the definition that it is a part of; 0: none */
    bool *in_example;
    PV_ARRAY(body) bodies;
} file_parts;

typedef struct load_time {
    pv_arena *arena;
    file_parts *files;
    size_t file_count;
    PV_ARRAY(definition) definitions;
} load_time;

/* ---- words ---- */

static bool is_any(const pv_lexemes *file, size_t index, const char *const *words) {
    for (; *words; words++)
        if (pv_lexemes_is(file, index, *words))
            return true;
    return false;
}

/* What only ends something has no code of its own, though Lua's compiler puts some there. */
static bool is_closing(const pv_lexemes *file, size_t index) {
    static const char *const closing[] = {")", "}", "]", "end", "else", ",", ";", NULL};
    return is_any(file, index, closing);
}

static bool opens_bracket(const pv_lexemes *file, size_t index) {
    static const char *const opening[] = {"(", "{", "[", NULL};
    return is_any(file, index, opening);
}

static bool ends_operand(const pv_lexemes *file, size_t index) {
    static const char *const closing[] = {")", "}", "]", "...", NULL};
    static const char *const signs[] = {"and", "or", "not", "=", "return", "in", NULL};
    return file->at[index].kind == PV_LEXEME_SYMBOL ? is_any(file, index, closing) : !is_any(file, index, signs);
}

static bool begins_statement(const pv_lexemes *file, size_t index) {
    static const char *const signs[] = {"and", "or", NULL};
    return pv_lexemes_is(file, index, ";") || pv_lexemes_is(file, index, "::") ||
           (file->at[index].kind == PV_LEXEME_NAME && ends_operand(file, index - 1) && !is_any(file, index, signs));
}

/* ---- bodies ---- */

static bool add_body(load_time *all, file_parts *parts, size_t start, size_t around, pv_error *error) {
    const pv_lexemes *file = parts->lexemes;
    size_t open = start + 1;
    while (open < file->count && !pv_lexemes_is(file, open, "("))
        open++;
    body *added = PV_ARRAY_ADD(all->arena, &parts->bodies);
    if (!added)
        return pv_fail_memory(error);
    *added = (body){.start = start, .first = pv_lexemes_closing(file, open) + 1, .around = around};
    return true;
}

/* Pairs every block with its end. A block that is no function has 0 on the stack. */
static bool find_bodies(load_time *all, file_parts *parts, pv_error *error) {
    const pv_lexemes *file = parts->lexemes;
    PV_ARRAY(size_t) stack = {0};
    size_t current = 0;
    for (size_t i = 0; i < file->count; i++) {
        bool is_function = pv_lexemes_is(file, i, "function");
        bool opens = is_function || pv_lexemes_is(file, i, "if") || pv_lexemes_is(file, i, "do") ||
                     pv_lexemes_is(file, i, "repeat");
        bool closes = pv_lexemes_is(file, i, "end") || pv_lexemes_is(file, i, "until");
        if (opens) {
            size_t *pushed = PV_ARRAY_ADD(all->arena, &stack);
            if (!pushed)
                return pv_fail_memory(error);
            *pushed = 0;
            if (is_function && !add_body(all, parts, i, current, error))
                return false;
            if (is_function)
                *pushed = parts->bodies.count;
        }
        if (closes && stack.count > 0) {
            size_t ended = stack.items[--stack.count];
            assert(ended <= parts->bodies.count && (ended == 0 || parts->bodies.items));
            if (ended > 0)
                parts->closes[parts->bodies.items[ended - 1].start] = i;
        }
        current = 0;
        for (size_t deep = stack.count; deep-- > 0 && current == 0;)
            current = stack.items[deep];
        assert(current == 0 || parts->bodies.items);
        bool inside = current > 0 && i >= parts->bodies.items[current - 1].first;
        parts->body_of[i] = inside ? current : current > 0 ? parts->bodies.items[current - 1].around : 0;
    }
    return true;
}

/* Past the bracket or the function that opens at index; index itself where neither does. */
static size_t skip(const file_parts *parts, size_t index) {
    if (parts->closes[index] > 0)
        return parts->closes[index];
    if (!opens_bracket(parts->lexemes, index))
        return index;
    size_t close = pv_lexemes_closing(parts->lexemes, index);
    return close < parts->lexemes->count ? close : index;
}

/* The last lexeme of the expressions that begin at index, as a statement has them or, in a table, up to the next
 * entry. */
static size_t value_end(const file_parts *parts, size_t index, bool in_table) {
    const pv_lexemes *file = parts->lexemes;
    size_t last = index;
    for (size_t i = index; i < file->count; i++) {
        bool ends = in_table ? is_any(file, i, (const char *const[]){",", ";", "}", NULL})
                             : i > index && begins_statement(file, i);
        if (ends)
            break;
        i = skip(parts, i);
        last = i;
    }
    return last;
}

/* ---- examples ---- */

static void mark_examples(file_parts *parts) {
    const pv_lexemes *file = parts->lexemes;
    for (size_t i = 1; i + 2 < file->count; i++) {
        bool begins = is_any(file, i - 1, (const char *const[]){"{", ",", ";", NULL});
        if (!begins || !pv_lexemes_is_key(file, i, "examples"))
            continue;
        size_t last = value_end(parts, i + 2, true);
        for (; i <= last; i++)
            parts->in_example[i] = true;
    }
}

/* ---- definitions ---- */

/* `return { name = name }` */
static bool is_alias(const definition *made) {
    return made->is_shared && made->first == made->last;
}

static bool add_definition(load_time *all, const definition *made, pv_error *error) {
    file_parts *parts = &all->files[made->file];
    definition *added = PV_ARRAY_ADD(all->arena, &all->definitions);
    if (!added)
        return pv_fail_memory(error);
    *added = *made;
    for (size_t i = 0; i < parts->bodies.count; i++)
        if (parts->bodies.items[i].start == made->first)
            added->own = i + 1;
    added->at_load = added->own > 0 || is_alias(made);
    for (size_t i = made->first; i <= made->last; i++)
        parts->part_of[i] = all->definitions.count;
    return true;
}

/* `return { name = value, … }` at index. */
static bool add_shared(load_time *all, size_t number, size_t index, pv_error *error) {
    file_parts *parts = &all->files[number];
    const pv_lexemes *file = parts->lexemes;
    size_t close = pv_lexemes_closing(file, index + 1);
    for (size_t i = index + 2; i + 2 < close; i++) {
        if (file->at[i].kind != PV_LEXEME_NAME || !pv_lexemes_is(file, i + 1, "="))
            continue;
        size_t last = value_end(parts, i + 2, true);
        const definition shared = {
            .file = number, .names_first = i, .names_last = i, .first = i + 2, .last = last, .is_shared = true};
        if (!add_definition(all, &shared, error))
            return false;
        i = last + 1;
    }
    return true;
}

/* The statement at index of the file level, when it gives something to a name; *last: its last lexeme. */
static bool read_statement(const file_parts *parts, size_t index, definition *out, size_t *last) {
    const pv_lexemes *file = parts->lexemes;
    bool is_local = pv_lexemes_is(file, index, "local");
    size_t at = index + is_local;
    if (pv_lexemes_is(file, at, "function") && parts->closes[at] > 0) {
        size_t open = at;
        while (open < file->count && !pv_lexemes_is(file, open, "("))
            open++;
        *out = (definition){.names_first = open - 1, .names_last = open - 1, .first = at, .last = parts->closes[at]};
        out->is_member = pv_lexemes_is_after_dot(file, open - 1);
        *last = out->last;
        return true;
    }
    size_t sign = at;
    while (
        sign < file->count && !pv_lexemes_is(file, sign, "=") &&
        (file->at[sign].kind == PV_LEXEME_NAME || is_any(file, sign, (const char *const[]){",", ".", "<", ">", NULL})))
        sign++;
    bool begins = sign > at && file->at[at].kind == PV_LEXEME_NAME && pv_lexemes_is(file, sign, "=");
    if (!begins || sign + 1 >= file->count)
        return false;
    *out = (definition){.names_first = at, .names_last = sign - 1, .first = sign + 1};
    out->is_member = pv_lexemes_is_after_dot(file, sign - 1);
    if (out->is_member)
        out->names_first = sign - 1;
    *last = out->last = value_end(parts, sign + 1, false);
    return true;
}

static bool find_definitions(load_time *all, size_t number, pv_error *error) {
    file_parts *parts = &all->files[number];
    const pv_lexemes *file = parts->lexemes;
    size_t blocks = 0;
    for (size_t i = 0; i < file->count; i++) {
        definition made;
        size_t last;
        bool starts = blocks == 0 && (i == 0 || begins_statement(file, i));
        if (starts && pv_lexemes_is(file, i, "return") && pv_lexemes_is(file, i + 1, "{")) {
            if (!add_shared(all, number, i, error))
                return false;
            i = pv_lexemes_closing(file, i + 1);
        } else if (starts && read_statement(parts, i, &made, &last)) {
            made.file = number;
            if (!add_definition(all, &made, error))
                return false;
            i = last;
        } else {
            blocks += pv_lexemes_is(file, i, "do") || pv_lexemes_is(file, i, "if") || pv_lexemes_is(file, i, "repeat");
            blocks -= blocks > 0 && (pv_lexemes_is(file, i, "end") || pv_lexemes_is(file, i, "until"));
            i = blocks == 0 ? skip(parts, i) : parts->closes[i] > 0 ? parts->closes[i] : i;
        }
    }
    return true;
}

/* ---- who asks for what ---- */

/* Whether a name is declared at index: `local a, b`, `for a, b in`, a parameter. */
static bool is_declared_at(const file_parts *parts, size_t index) {
    const pv_lexemes *file = parts->lexemes;
    size_t first = index;
    while (first >= 2 && pv_lexemes_is(file, first - 1, ",") && file->at[first - 2].kind == PV_LEXEME_NAME)
        first -= 2;
    if (first > 0 && (pv_lexemes_is(file, first - 1, "local") || pv_lexemes_is(file, first - 1, "for")))
        return true;
    for (size_t i = 0; i < parts->bodies.count; i++)
        if (index > parts->bodies.items[i].start && index < parts->bodies.items[i].first)
            return first > 0 && pv_lexemes_is(file, first - 1, "(");
    return false;
}

/* Whether a function around index declares this name before it. */
static bool is_shadowed(const file_parts *parts, size_t index, pv_str name) {
    for (size_t around = parts->body_of[index]; around > 0; around = parts->bodies.items[around - 1].around)
        for (size_t i = parts->bodies.items[around - 1].start + 1; i < index; i++)
            if (pv_lexemes_is_name(parts->lexemes, i, name) && is_declared_at(parts, i))
                return true;
    return false;
}

static bool names(const load_time *all, const definition *each, pv_str name) {
    const pv_lexemes *file = all->files[each->file].lexemes;
    for (size_t i = each->names_first; i <= each->names_last; i++)
        if (pv_lexemes_is_name(file, i, name))
            return true;
    return false;
}

/* Whether the lexeme asks for what is defined; a key of a table does not. */
static bool asks_for(const load_time *all, size_t number, size_t index, const definition *each) {
    const file_parts *parts = &all->files[number];
    const pv_lexemes *file = parts->lexemes;
    if (file->at[index].kind != PV_LEXEME_NAME || pv_lexemes_is_after_dot(file, index) != each->is_member ||
        (each->is_shared ? number <= each->file : number != each->file))
        return false;
    bool is_own_name = number == each->file && index >= each->names_first && index <= each->names_last;
    bool is_key = index > 0 && pv_lexemes_is(file, index + 1, "=") &&
                  is_any(file, index - 1, (const char *const[]){"{", ",", ";", NULL});
    pv_str name = pv_lexemes_text(file, index);
    return !is_own_name && !is_key && names(all, each, name) && !is_declared_at(parts, index) &&
           !is_shadowed(parts, index, name);
}

/* Whether the lexeme calls what it names, and does so when the pack loads. */
static bool calls_at_load(const load_time *all, size_t number, size_t index) {
    const file_parts *parts = &all->files[number];
    const pv_lexemes *file = parts->lexemes;
    const definition *in = parts->part_of[index] > 0 ? &all->definitions.items[parts->part_of[index] - 1] : NULL;
    size_t around = parts->body_of[index];
    if (in && is_alias(in))
        return in->at_load;
    bool is_call = pv_lexemes_is(file, index + 1, "(") || pv_lexemes_is(file, index + 1, "{") ||
                   (index + 1 < file->count && file->at[index + 1].kind == PV_LEXEME_STRING);
    return is_call && (around == 0 || (in && in->at_load && around == in->own));
}

/* What one lexeme says of what it asks for; true when that was not known yet. */
static bool learn(load_time *all, size_t number, size_t index, definition *asked) {
    const file_parts *parts = &all->files[number];
    const definition *in = parts->part_of[index] > 0 ? &all->definitions.items[parts->part_of[index] - 1] : NULL;
    bool exampled = asked->exampled || parts->in_example[index] || (in && in->exampled);
    bool judged = asked->judged || (!parts->in_example[index] && (!in || in->judged));
    bool is_use = !parts->in_example[index] && (!in || in->judged);
    bool at_load = asked->at_load && (!is_use || calls_at_load(all, number, index));
    bool news = exampled != asked->exampled || judged != asked->judged || at_load != asked->at_load;
    asked->exampled = exampled;
    asked->judged = judged;
    asked->at_load = at_load;
    return news;
}

static bool learn_all(load_time *all) {
    bool news = false;
    for (size_t number = 0; number < all->file_count; number++)
        for (size_t i = 0; i < all->files[number].lexemes->count; i++)
            for (size_t k = 0; k < all->definitions.count; k++)
                if (asks_for(all, number, i, &all->definitions.items[k]))
                    news = learn(all, number, i, &all->definitions.items[k]) || news;
    return news;
}

/* ---- lines ---- */

/* Whether the function that starts at index is handed to what calls it there and then: a method of a list, or a
 * function of Lua's own libraries. */
static bool is_called_back(const pv_lexemes *file, size_t start) {
    static const char *const libraries[] = {"sort", "gsub", NULL};
    size_t open = start;
    for (size_t i = start; i-- > 0;) {
        if (is_any(file, i, (const char *const[]){")", "}", "]", NULL})) {
            i = pv_lexemes_opening(file, i);
            if (i >= file->count)
                return false;
        } else if (opens_bracket(file, i) || pv_lexemes_is(file, i, "=")) {
            open = i;
            break;
        }
    }
    if (open < 2 || open == start || !pv_lexemes_is(file, open, "(") || !pv_lexemes_is_after_dot(file, open - 1))
        return false;
    pv_str name = pv_lexemes_text(file, open - 1);
    for (const pv_member *member = pv_list_members; member->name; member++)
        if (pv_str_equal(name, pv_str_from(member->name)) &&
            pv_str_find(pv_str_from(member->signature), PV_STR("function"), 0) != SIZE_MAX)
            return pv_lexemes_is(file, open - 2, ":");
    return is_any(file, open - 1, libraries);
}

/* Whether the lexeme is code that can run while a rule is judged. What nobody asks for could, and does not. */
static bool can_be_judged(const load_time *all, size_t number, size_t index) {
    const file_parts *parts = &all->files[number];
    const definition *in = parts->part_of[index] > 0 ? &all->definitions.items[parts->part_of[index] - 1] : NULL;
    size_t around = parts->body_of[index];
    while (around > 0 && is_called_back(parts->lexemes, parts->bodies.items[around - 1].start))
        around = parts->bodies.items[around - 1].around;
    if (around == 0 || parts->in_example[index] || is_closing(parts->lexemes, index))
        return false;
    if (!in)
        return true;
    if (in->exampled && !in->judged)
        return false;
    return !(in->judged && in->at_load && around == in->own);
}

static bool prepare(load_time *all, size_t number, const pv_lexemes *lexemes, pv_error *error) {
    file_parts *parts = &all->files[number];
    *parts = (file_parts){
        .lexemes = lexemes,
        .closes = PV_NEW_ARRAY(all->arena, size_t, lexemes->count + 1),
        .body_of = PV_NEW_ARRAY(all->arena, size_t, lexemes->count + 1),
        .part_of = PV_NEW_ARRAY(all->arena, size_t, lexemes->count + 1),
        .in_example = PV_NEW_ARRAY(all->arena, bool, lexemes->count + 1),
    };
    if (!parts->closes || !parts->body_of || !parts->part_of || !parts->in_example)
        return pv_fail_memory(error);
    if (!find_bodies(all, parts, error))
        return false;
    mark_examples(parts);
    return find_definitions(all, number, error);
}

static bool read_all(load_time *all, const pv_lexemes *files, pv_error *error) {
    all->files = PV_NEW_ARRAY(all->arena, file_parts, all->file_count);
    if (!all->files)
        return pv_fail_memory(error);
    for (size_t i = 0; i < all->file_count; i++)
        if (!prepare(all, i, &files[i], error))
            return false;
    while (learn_all(all))
        continue;
    return true;
}

bool pv_lua_judged_lines(const pv_lexemes *files, size_t count, pv_arena *arena, bool **out, pv_error *error) {
    load_time all = {.arena = arena, .file_count = count};
    if (!read_all(&all, files, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        const pv_lexemes *file = &files[i];
        out[i] = PV_NEW_ARRAY(arena, bool, file->source->line_count);
        if (!out[i])
            return pv_fail_memory(error);
        for (size_t at = 0; at < file->count; at++)
            if (file->at[at].line <= file->source->line_count && can_be_judged(&all, i, at))
                out[i][file->at[at].line - 1] = true;
    }
    return true;
}

bool pv_lua_example_lexemes(const pv_lexemes *files, size_t count, pv_arena *arena, bool **out, pv_error *error) {
    load_time all = {.arena = arena, .file_count = count};
    if (!read_all(&all, files, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        const file_parts *parts = &all.files[i];
        out[i] = PV_NEW_ARRAY(arena, bool, files[i].count + 1);
        if (!out[i])
            return pv_fail_memory(error);
        for (size_t at = 0; at < files[i].count; at++) {
            const definition *in = parts->part_of[at] > 0 ? &all.definitions.items[parts->part_of[at] - 1] : NULL;
            out[i][at] = parts->in_example[at] || (in && in->exampled && !in->judged);
        }
    }
    return true;
}
