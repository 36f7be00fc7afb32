#include "lua/authoring/authoring_p.h"

/* One word in place of another. */
typedef struct exchange {
    const char *from;
    const char *to;
} exchange;

static const exchange words_exchanged[] = {
    {"<", "<="},   {"<=", "<"},   {">", ">="}, {">=", ">"},       {"==", "~="},      {"~=", "=="},
    {"and", "or"}, {"or", "and"}, {"not", ""}, {"true", "false"}, {"false", "true"},
};

/* Functions of the vocabulary, where they are called. */
static const exchange calls_exchanged[] = {
    {"pass", "fail"}, {"fail", "pass"}, {"review", "pass"}, {"at_most", "at_least"}, {"at_least", "at_most"},
};

/* Parts of a declaration that no check reads. */
static const char *const passed_over[] = {"title",  "citation", "remedy", "why",      "each", "level",
                                          "record", "examples", "tags",   "replaces", "low",  "high"};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

typedef struct finder {
    pv_mutations *all;
    size_t file;
    const pv_lexemes *lexemes;
    pv_error *error;
} finder;

static bool replace(const finder *from, size_t index, const char *text) {
    return pv_mutations_add(from->all, from->file, from->lexemes->at[index].at, pv_str_from(text), from->error);
}

/* ---- what is passed over ---- */

/* The last lexeme of the value that begins at index: up to the comma or bracket that ends it. */
static size_t value_end(const pv_lexemes *lexemes, size_t index) {
    size_t end = index;
    for (; end < lexemes->count; end++) {
        if (pv_lexemes_is(lexemes, end, "{") || pv_lexemes_is(lexemes, end, "("))
            end = pv_lexemes_closing(lexemes, end);
        else if (pv_lexemes_is(lexemes, end, ",") || pv_lexemes_is(lexemes, end, "}"))
            break;
    }
    return end > index ? end - 1 : index;
}

/* Where `rule "id" {` stands at index: the index of the brace, else 0. */
static size_t declaration_open(const pv_lexemes *lexemes, size_t index) {
    bool opens = pv_lexemes_is(lexemes, index, "rule") && index + 2 < lexemes->count &&
                 lexemes->at[index + 1].kind == PV_LEXEME_STRING && pv_lexemes_is(lexemes, index + 2, "{");
    return opens ? index + 2 : 0;
}

static bool is_passed_over(const pv_lexemes *lexemes, size_t index) {
    bool begins = pv_lexemes_is(lexemes, index - 1, "{") || pv_lexemes_is(lexemes, index - 1, ",");
    for (size_t i = 0; begins && i < COUNT_OF(passed_over); i++)
        if (pv_lexemes_is_key(lexemes, index, passed_over[i]))
            return true;
    return false;
}

/* ---- what is changed ---- */

static bool exchange_word(const finder *from, size_t index) {
    for (size_t i = 0; i < COUNT_OF(words_exchanged); i++)
        if (pv_lexemes_is(from->lexemes, index, words_exchanged[i].from))
            return replace(from, index, words_exchanged[i].to);
    for (size_t i = 0; i < COUNT_OF(calls_exchanged); i++)
        if (pv_lexemes_is(from->lexemes, index, calls_exchanged[i].from) &&
            pv_lexemes_is(from->lexemes, index + 1, "(") && !pv_lexemes_is_after_dot(from->lexemes, index))
            return replace(from, index, calls_exchanged[i].to);
    return true;
}

/* `if a then` becomes `if not (a) then`. */
static bool negate_branch(const finder *from, size_t index) {
    const pv_lexemes *lexemes = from->lexemes;
    size_t then = index + 1;
    for (unsigned functions = 0; then < lexemes->count; then++) {
        functions += pv_lexemes_is(lexemes, then, "function");
        functions -= functions > 0 && pv_lexemes_is(lexemes, then, "end");
        if (functions == 0 && pv_lexemes_is(lexemes, then, "then"))
            break;
    }
    if (then >= lexemes->count || then == index + 1)
        return true;
    pv_span condition = {lexemes->at[index + 1].at.start, lexemes->at[then - 1].at.end};
    pv_str text = pv_source_slice(lexemes->source, condition);
    pv_str negated = pv_arena_format(from->all->arena, "not (%.*s)", PV_STR_ARG(text));
    return pv_mutations_add(from->all, from->file, condition, negated, from->error);
}

/* Every string among the arguments that follow the name at index is a word looked for. */
static bool replace_words(const finder *from, size_t index) {
    const pv_lexemes *lexemes = from->lexemes;
    size_t end = pv_lexemes_call_end(lexemes, index);
    for (size_t i = index + 1; i <= end && i < lexemes->count; i++)
        if (lexemes->at[i].kind == PV_LEXEME_STRING && !replace(from, i, "\"" PV_MUTATION_NO_WORD "\""))
            return false;
    return true;
}

static bool looks_for_words(const pv_lexemes *lexemes, size_t index) {
    return pv_lexemes_is(lexemes, index, "phrases") || pv_lexemes_is(lexemes, index, "mentions") ||
           pv_lexemes_is(lexemes, index, "mentions_all");
}

/* "2022-07-01", as in since, until and date(…). */
static bool change_date(const finder *from, size_t index) {
    pv_str text;
    pv_span at = from->lexemes->at[index].at;
    if (!pv_lexemes_string(from->lexemes, index, &text) || at.end - at.start != text.size + 2)
        return true;
    const pv_span inside = {at.start + 1, at.end - 1};
    return pv_mutations_add_date(from->all, from->file, from->lexemes->source->bytes, inside, from->error);
}

static bool change(const finder *from, size_t index) {
    const pv_lexemes *lexemes = from->lexemes;
    pv_lexeme lexeme = lexemes->at[index];
    if (lexeme.kind == PV_LEXEME_NUMBER)
        return pv_mutations_add_number(from->all, from->file, lexemes->source->bytes, lexeme.at, from->error);
    if (lexeme.kind == PV_LEXEME_STRING)
        return change_date(from, index);
    if ((pv_lexemes_is(lexemes, index, "if") || pv_lexemes_is(lexemes, index, "elseif")) && !negate_branch(from, index))
        return false;
    if (looks_for_words(lexemes, index) && !replace_words(from, index))
        return false;
    return exchange_word(from, index);
}

bool pv_lua_mutations(pv_mutations *all, size_t file, const pv_lexemes *lexemes, const bool *of_examples,
                      pv_error *error) {
    const finder from = {all, file, lexemes, error};
    size_t declaration_end = 0;
    for (size_t i = 0; i < lexemes->count; i++) {
        size_t open = declaration_open(lexemes, i);
        if (open > 0) {
            declaration_end = pv_lexemes_closing(lexemes, open);
            i = open;
        } else if (i < declaration_end && is_passed_over(lexemes, i)) {
            i = value_end(lexemes, i + 2);
        } else if (!(of_examples && of_examples[i]) && !change(&from, i)) {
            return false;
        }
    }
    return true;
}

bool pv_lua_reads_name(const pv_lexemes *lexemes, pv_str name) {
    for (size_t i = 0; i < lexemes->count; i++)
        if (pv_lexemes_is_name(lexemes, i, name))
            return true;
    return false;
}
