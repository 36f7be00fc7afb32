/* What reading a rule file stands on: what each lexeme is, faults, where values go, and which names there are. */
#include "lua/authoring/foreseen_reader_p.h"

#include "model/message.h"

/* ---- words ---- */

typedef struct spelt_word {
    pv_str text;
    pv_word word;
} spelt_word;

static const spelt_word keywords[] = {
    {PV_STR("and"), PV_WORD_AND},     {PV_STR("break"), PV_WORD_BREAK},   {PV_STR("do"), PV_WORD_DO},
    {PV_STR("else"), PV_WORD_ELSE},   {PV_STR("elseif"), PV_WORD_ELSEIF}, {PV_STR("end"), PV_WORD_CLOSE},
    {PV_STR("false"), PV_WORD_FALSE}, {PV_STR("for"), PV_WORD_FOR},       {PV_STR("function"), PV_WORD_FUNCTION},
    {PV_STR("goto"), PV_WORD_GOTO},   {PV_STR("if"), PV_WORD_IF},         {PV_STR("in"), PV_WORD_IN},
    {PV_STR("local"), PV_WORD_LOCAL}, {PV_STR("nil"), PV_WORD_NIL},       {PV_STR("not"), PV_WORD_NOT},
    {PV_STR("or"), PV_WORD_OR},       {PV_STR("repeat"), PV_WORD_REPEAT}, {PV_STR("return"), PV_WORD_RETURN},
    {PV_STR("then"), PV_WORD_THEN},   {PV_STR("true"), PV_WORD_TRUE},     {PV_STR("until"), PV_WORD_UNTIL},
    {PV_STR("while"), PV_WORD_WHILE},
};
static const spelt_word symbols[] = {
    {PV_STR("..."), PV_WORD_REST},       {PV_STR(".."), PV_WORD_JOIN},       {PV_STR("=="), PV_WORD_COMPARE},
    {PV_STR("~="), PV_WORD_COMPARE},     {PV_STR("<"), PV_WORD_COMPARE},     {PV_STR(">"), PV_WORD_COMPARE},
    {PV_STR("<="), PV_WORD_COMPARE},     {PV_STR(">="), PV_WORD_COMPARE},    {PV_STR("::"), PV_WORD_LABEL},
    {PV_STR("+"), PV_WORD_BINARY},       {PV_STR("*"), PV_WORD_BINARY},      {PV_STR("/"), PV_WORD_BINARY},
    {PV_STR("//"), PV_WORD_BINARY},      {PV_STR("%"), PV_WORD_BINARY},      {PV_STR("^"), PV_WORD_BINARY},
    {PV_STR("&"), PV_WORD_BINARY},       {PV_STR("|"), PV_WORD_BINARY},      {PV_STR("<<"), PV_WORD_BINARY},
    {PV_STR(">>"), PV_WORD_BINARY},      {PV_STR("-"), PV_WORD_MINUS},       {PV_STR("~"), PV_WORD_TILDE},
    {PV_STR("#"), PV_WORD_LENGTH},       {PV_STR("="), PV_WORD_ASSIGN},      {PV_STR("."), PV_WORD_DOT},
    {PV_STR(":"), PV_WORD_COLON},        {PV_STR(","), PV_WORD_COMMA},       {PV_STR(";"), PV_WORD_SEMICOLON},
    {PV_STR("("), PV_WORD_OPEN_ROUND},   {PV_STR(")"), PV_WORD_CLOSE_ROUND}, {PV_STR("["), PV_WORD_OPEN_SQUARE},
    {PV_STR("]"), PV_WORD_CLOSE_SQUARE}, {PV_STR("{"), PV_WORD_OPEN_CURLY},  {PV_STR("}"), PV_WORD_CLOSE_CURLY},
};

static pv_word word_spelt(const spelt_word *words, size_t count, pv_str text, pv_word other) {
    for (size_t i = 0; i < count; i++)
        if (words[i].text.size == text.size && words[i].text.data[0] == text.data[0] &&
            pv_str_equal(text, words[i].text))
            return words[i].word;
    return other;
}

static pv_word word_of(const pv_lexemes *lexemes, size_t index) {
    pv_str text = pv_lexemes_text(lexemes, index);
    switch (lexemes->at[index].kind) {
    case PV_LEXEME_NUMBER:
        return PV_WORD_NUMBER;
    case PV_LEXEME_STRING:
        return PV_WORD_STRING;
    case PV_LEXEME_NAME:
        return word_spelt(keywords, sizeof keywords / sizeof *keywords, text, PV_WORD_NAME);
    case PV_LEXEME_SYMBOL:
        return word_spelt(symbols, sizeof symbols / sizeof *symbols, text, PV_WORD_OTHER);
    }
    return PV_WORD_OTHER;
}

bool pv_seen_file_open(pv_seen_file *out, pv_seen_pack *pack, const pv_lexemes *lexemes) {
    pv_arena *arena = pack->language.arena;
    *out = (pv_seen_file){.lexemes = lexemes};
    out->words = pv_arena_alloc(arena, lexemes->count + 1);
    out->kept = PV_NEW_ARRAY(arena, void *, lexemes->count + 1);
    if (!out->words || !out->kept)
        return false;
    for (size_t i = 0; i < lexemes->count; i++)
        out->words[i] = (unsigned char)word_of(lexemes, i);
    out->words[lexemes->count] = PV_WORD_END;
    return true;
}

/* ---- lexemes ---- */

pv_word pv_reader_word_at(const pv_reader *in, size_t index) {
    return index < in->file->lexemes->count ? (pv_word)in->file->words[index] : PV_WORD_END;
}

pv_word pv_reader_next(const pv_reader *in) {
    return pv_reader_word_at(in, in->at);
}

pv_str pv_reader_text_at(const pv_reader *in, size_t index) {
    return pv_lexemes_text(in->file->lexemes, index);
}

void pv_reader_advance(pv_reader *in) {
    if (pv_reader_next(in) != PV_WORD_END)
        in->at++;
}

bool pv_reader_take(pv_reader *in, pv_word expected) {
    if (in->failed || pv_reader_next(in) != expected)
        return false;
    in->at++;
    return true;
}

/* What must stand there in a file that compiles. */
void pv_reader_require(pv_reader *in, pv_word expected) {
    if (!pv_reader_take(in, expected))
        in->failed = true;
}

pv_seen_language *pv_reader_language(const pv_reader *in) {
    return &in->pack->language;
}

/* ---- faults ---- */

void pv_reader_add_fault(const pv_reader *in, size_t lexeme, pv_str message) {
    pv_seen_pack *pack = in->pack;
    if (!pack->judging || message.size == 0)
        return;
    pv_seen_fault *fault = PV_ARRAY_ADD(pack->language.arena, &pack->faults);
    if (fault)
        *fault = (pv_seen_fault){in->file->lexemes, lexeme, message};
    pack->language.refused |= !fault;
}

/* "a response has no "wrod_limit"; did you mean "word_limit"?" */
void pv_reader_add_unknown(const pv_reader *in, size_t lexeme, pv_str owner, pv_str name, const pv_str *names,
                           size_t count) {
    pv_arena *arena = in->pack->language.arena;
    size_t nearest = names ? pv_suggest(name, names, count) : SIZE_MAX;
    pv_str message;
    if (nearest != SIZE_MAX)
        message = pv_arena_format(arena, "%.*s has no \"%s\"%s; did you mean \"%.*s\"?", PV_STR_ARG(owner),
                                  pv_message_quote(name).text, pv_message_difference(name, names[nearest]).text,
                                  PV_STR_ARG(names[nearest]));
    else
        message = pv_arena_format(arena, "%.*s has no \"%s\"%s", PV_STR_ARG(owner), pv_message_quote(name).text,
                                  pv_message_hint(name, names, count).text);
    in->pack->language.refused |= !message.data;
    pv_reader_add_fault(in, lexeme, message);
}

bool pv_reader_speaks(const pv_reader *in) {
    return in->pack->judging;
}

/* ---- where functions and tables go ---- */

/* The value goes where it is not followed: a function in it may be called with anything. */
void pv_reader_release(pv_seen type) {
    if (type.kind == PV_SEEN_CLOSURE)
        type.closure->escapes = true;
    for (const pv_seen_field *field = type.fields; type.kind == PV_SEEN_TABLE && field; field = field->next)
        pv_reader_release(field->type);
}

/* The value where it is kept: of a table nothing more is known. */
pv_seen pv_reader_keep(pv_seen type) {
    if (type.kind != PV_SEEN_TABLE)
        return type;
    pv_reader_release(type);
    return PV_SEEN_NOTHING;
}

void pv_reader_gather(pv_seen *into, pv_seen type) {
    if (into->kind == PV_SEEN_CLOSURE && !pv_seen_is_same(*into, type))
        pv_reader_release(*into);
    pv_seen joined = pv_seen_join(*into, type);
    if (type.kind == PV_SEEN_CLOSURE && !pv_seen_is_same(joined, type))
        pv_reader_release(type);
    *into = joined;
}

/* A call of the function with these arguments; open: the last of them may stand for several. */
void pv_reader_apply(pv_seen_closure *closure, const pv_seen *arguments, size_t count, bool open) {
    for (size_t i = 0; i < closure->parameter_count && i < PV_SEEN_PARAMETERS; i++) {
        pv_seen given = {.kind = open ? PV_SEEN_UNKNOWN : PV_SEEN_NIL};
        if (i < count && !(open && i + 1 == count))
            given = pv_reader_keep(arguments[i]);
        else if (i < count)
            pv_reader_release(arguments[i]);
        pv_reader_gather(&closure->gathered[i], given);
    }
    for (size_t i = closure->parameter_count; i < count; i++)
        pv_reader_release(arguments[i]);
}

/* ---- scopes ---- */

static pv_seen_variable *kept_variable(const pv_reader *in, size_t lexeme) {
    void **kept = &in->file->kept[lexeme];
    if (!*kept) {
        pv_seen_variable *made = PV_NEW(in->pack->language.arena, pv_seen_variable);
        in->pack->language.refused |= !made;
        if (made) {
            *made = (pv_seen_variable){.gathered.kind = PV_SEEN_NIL, .next = in->pack->variables};
            in->pack->variables = made;
        }
        *kept = made;
    }
    return *kept;
}

void pv_reader_declare_named(pv_reader *in, pv_str name, pv_seen_variable *kept, pv_seen type) {
    if (in->variable_count == PV_READER_VARIABLES) {
        in->failed = true;
        return;
    }
    type = pv_reader_keep(type);
    if (kept) {
        pv_reader_gather(&kept->gathered, type);
        if (kept->assigned)
            type = kept->type;
    }
    in->variables[in->variable_count++] = (pv_reader_variable){name, kept, type};
}

/* A local whose name is the lexeme at index. */
void pv_reader_declare(pv_reader *in, size_t index, pv_seen type) {
    pv_reader_declare_named(in, pv_reader_text_at(in, index), kept_variable(in, index), type);
}

pv_reader_variable *pv_reader_find_variable(pv_reader *in, pv_str name) {
    for (size_t i = in->variable_count; i-- > 0;)
        if (pv_str_equal(in->variables[i].name, name))
            return &in->variables[i];
    return NULL;
}

/* ---- names ---- */

bool pv_reader_is_global(const pv_seen_pack *pack, pv_str name) {
    size_t low = 0;
    size_t high = pack->global_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = pv_str_compare(pack->globals[middle], name);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* The names that can be said here: what is local, then what all files have. */
static pv_name_list names_here(const pv_reader *in) {
    pv_seen_language *all = pv_reader_language(in);
    pv_name_list names = {.arena = all->arena};
    for (size_t i = in->variable_count; i-- > 0;)
        all->refused |= !pv_name_list_add(&names, in->variables[i].name);
    for (size_t i = 0; i < in->pack->global_count; i++)
        all->refused |= !pv_name_list_add(&names, in->pack->globals[i]);
    return names;
}

static bool is_judged_global(const pv_reader *in, pv_str name) {
    return pv_reader_speaks(in) && in->pack->globals_known && !pv_reader_is_global(in->pack, name) &&
           !pv_str_equal(name, PV_STR("_ENV"));
}

/* Of the engine, kept by the lexeme that names it. */
static pv_seen engine_global(const pv_reader *in, size_t index) {
    void **kept = &in->file->kept[index];
    pv_seen *found = *kept;
    if (found)
        return *found;
    const pv_seen type = pv_seen_global(pv_reader_language(in), pv_reader_text_at(in, index));
    *kept = found = PV_NEW(in->pack->language.arena, pv_seen);
    if (found)
        *found = type;
    in->pack->language.refused |= !found;
    return type;
}

static pv_seen read_global(pv_reader *in, size_t index) {
    pv_str name = pv_reader_text_at(in, index);
    for (size_t i = 0; i < in->pack->shared.count; i++)
        if (pv_str_equal(in->pack->shared.items[i].name, name))
            return in->pack->shared.items[i].type;
    if (is_judged_global(in, name)) {
        pv_name_list names = names_here(in);
        pv_reader_add_unknown(in, index, PV_STR("the rule language"), name, names.names.items, names.names.count);
    }
    return engine_global(in, index);
}

pv_seen pv_reader_name(pv_reader *in, size_t index) {
    const pv_reader_variable *local = pv_reader_find_variable(in, pv_reader_text_at(in, index));
    pv_seen type = local ? local->type : read_global(in, index);
    if (in->in_examples && type.kind == PV_SEEN_CLOSURE)
        type.closure->in_examples = type.closure->escapes = true;
    return type;
}
