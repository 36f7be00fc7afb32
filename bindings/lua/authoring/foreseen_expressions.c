/* What the expressions of a rule file give: members, tables, calls, declarations of rules. */
#include "lua/authoring/foreseen_reader_p.h"

#include "lua/filing/filing.h"
#include "run/ruleset.h"

#define MAX_ARGUMENTS 12

/* Whether a rule file gives some table this name: lists can be given names too. */
static bool is_name_given(const pv_reader *in, pv_str name) {
    const pv_lexemes *file = in->file->lexemes;
    for (size_t i = 0; i + 2 < file->count; i++)
        if (pv_lexemes_is(file, i, ".") && pv_lexemes_is_name(file, i + 1, name) && pv_lexemes_is(file, i + 2, "="))
            return true;
    return false;
}

/* The literal that stands alone in the parentheses after the name at index, or right after it; empty when none does. */
static size_t literal_argument(const pv_reader *in, size_t index) {
    bool round = pv_reader_word_at(in, index + 1) == PV_WORD_OPEN_ROUND;
    size_t found = index + 1 + round;
    bool ends = !round || pv_reader_word_at(in, found + 1) == PV_WORD_CLOSE_ROUND ||
                pv_reader_word_at(in, found + 1) == PV_WORD_COMMA;
    return pv_reader_word_at(in, found) == PV_WORD_STRING && ends ? found : SIZE_MAX;
}

/* Whether submission:measure("2") or :response("2.1") names no row of a measure that is given for each: literal is the
 * argument's lexeme, id what it says. */
static bool lacks_row(const pv_reader *in, pv_seen owner, pv_str name, size_t literal, pv_str id) {
    const pv_form *form = pv_reader_language(in)->form;
    if (owner.kind != PV_SEEN_OBJECT || owner.class != &pv_submission_class ||
        pv_reader_word_at(in, literal + 1) == PV_WORD_COMMA)
        return false;
    const pv_item *item = pv_str_equal(name, PV_STR("response")) ? pv_form_item(form, id) : NULL;
    const pv_measure *measure = pv_str_equal(name, PV_STR("measure")) ? pv_form_measure(form, id) : NULL;
    measure = item ? item->measure : measure;
    return measure && pv_measure_is_repeated(measure);
}

/* owner.name or owner:name, of which the name is the lexeme at index; given as name where it is a string. */
static pv_seen read_member(pv_reader *in, pv_seen owner, size_t index, pv_str name, bool is_method) {
    pv_seen_language *all = pv_reader_language(in);
    pv_name_list names = {.arena = all->arena};
    pv_str owner_name = PV_STR("");
    pv_str argument = PV_STR("");
    pv_seen found;
    size_t literal = is_method ? literal_argument(in, index) : SIZE_MAX;
    if (literal != SIZE_MAX)
        (void)pv_lexemes_string(in->file->lexemes, literal, &argument);
    if (pv_seen_lacks(all, owner, name, argument, &found, &names, &owner_name)) {
        if (pv_reader_speaks(in) && !(owner.kind == PV_SEEN_LIST && is_name_given(in, name)))
            pv_reader_add_unknown(in, index, owner_name, name, names.names.items, names.names.count);
        return PV_SEEN_NOTHING;
    }
    if (literal == SIZE_MAX || !pv_reader_speaks(in) || argument.size == 0)
        return found;
    pv_name_list choices = {.arena = all->arena};
    pv_seen_choices(all, owner, name, &choices);
    for (size_t i = 0; i < choices.names.count; i++)
        if (pv_str_equal(choices.names.items[i], argument)) {
            if (lacks_row(in, owner, name, literal, argument))
                pv_reader_add_fault(in, literal,
                                    PV_STR("this is given once for each row: name the row after its id, or go through "
                                           "submission.measures"));
            return found;
        }
    if (choices.names.count > 0)
        pv_reader_add_unknown(in, literal,
                              pv_arena_format(all->arena, "%.*s(…) of %.*s", PV_STR_ARG(name), PV_STR_ARG(owner_name)),
                              argument, choices.names.items, choices.names.count);
    return found;
}

/* ---- tables ---- */

static void skip_table(pv_reader *in) {
    size_t depth = 0;
    do {
        depth += pv_reader_next(in) == PV_WORD_OPEN_CURLY;
        depth -= pv_reader_next(in) == PV_WORD_CLOSE_CURLY;
        pv_reader_advance(in);
    } while (depth > 0 && pv_reader_next(in) != PV_WORD_END);
}

/* One field: its key, and where its value is. What is called in examples counts as called by nobody knows whom: then
 * they need not be read in every round, which they are the largest part of. */
static pv_seen_field read_field(pv_reader *in, bool declares) {
    pv_seen_field field = {.key = in->at, .name = PV_STR("")};
    if (pv_reader_next(in) == PV_WORD_NAME && pv_reader_word_at(in, in->at + 1) == PV_WORD_ASSIGN) {
        field.name = pv_reader_text_at(in, in->at);
        in->at += 2;
    } else if (pv_reader_take(in, PV_WORD_OPEN_SQUARE)) {
        field.key = in->at;
        if (pv_reader_next(in) == PV_WORD_STRING && pv_reader_word_at(in, in->at + 1) == PV_WORD_CLOSE_SQUARE)
            (void)pv_lexemes_string(in->file->lexemes, in->at, &field.name);
        (void)pv_reader_expression(in);
        pv_reader_require(in, PV_WORD_CLOSE_SQUARE);
        pv_reader_require(in, PV_WORD_ASSIGN);
    }
    field.first = in->at;
    if (!declares || !pv_str_equal(field.name, PV_STR("examples")) || pv_reader_next(in) != PV_WORD_OPEN_CURLY) {
        field.type = pv_reader_expression(in);
    } else if (in->pack->round > 0 && !in->pack->judging) {
        skip_table(in);
    } else {
        in->in_examples = true;
        field.type = pv_reader_expression(in);
        in->in_examples = false;
    }
    field.last = in->at > field.first ? in->at - 1 : field.first;
    return field;
}

/* Its fields are kept where something asks for them: of a declaration, of what a file returns, of options that are
 * judged. */
static pv_seen read_table(pv_reader *in) {
    bool keeps = in->keeps_fields || in->pack->judging;
    pv_seen table = {.kind = PV_SEEN_TABLE};
    const pv_seen_field **link = &table.fields;
    bool declares = in->declares;
    in->keeps_fields = in->declares = false;
    pv_reader_require(in, PV_WORD_OPEN_CURLY);
    while (!in->failed && pv_reader_next(in) != PV_WORD_CLOSE_CURLY) {
        const pv_seen_field field = read_field(in, declares);
        pv_seen_field *kept = keeps ? PV_NEW(in->pack->language.arena, pv_seen_field) : NULL;
        if (kept) {
            *kept = field;
            *link = kept;
            link = &kept->next;
        } else {
            in->pack->language.refused |= keeps;
            pv_reader_release(field.type);
        }
        if (!pv_reader_take(in, PV_WORD_COMMA) && !pv_reader_take(in, PV_WORD_SEMICOLON))
            break;
    }
    pv_reader_require(in, PV_WORD_CLOSE_CURLY);
    return table;
}

static const pv_seen_field *field_named(pv_seen table, const char *name) {
    for (const pv_seen_field *field = table.fields; table.kind == PV_SEEN_TABLE && field; field = field->next)
        if (pv_str_equal(field->name, pv_str_from(name)))
            return field;
    return NULL;
}

/* The literal text of a field; false when it is put together. */
static bool literal_field(const pv_reader *in, pv_seen table, const char *name, pv_str *out) {
    const pv_seen_field *field = field_named(table, name);
    *out = PV_STR("");
    return !field || (field->first == field->last && pv_lexemes_string(in->file->lexemes, field->first, out));
}

/* ---- declarations of rules ---- */

static const pv_rule *rule_of(const pv_reader *in, pv_str id) {
    const pv_catalogue *catalogue = in->pack->catalogue;
    for (size_t i = 0; i < catalogue->rule_count; i++)
        if (catalogue->rules[i].source == in->file->lexemes->source && pv_str_equal(catalogue->rules[i].id, id))
            return &catalogue->rules[i];
    return NULL;
}

/* What `check` and `when` are called with. */
static void read_declaration(pv_reader *in, pv_str id, pv_seen table) {
    pv_seen_language *all = pv_reader_language(in);
    pv_seen arguments[3] = {PV_SEEN_NOTHING, PV_SEEN_NOTHING, PV_SEEN_NOTHING};
    pv_subject_kind each;
    pv_str kind, record, matrix;
    const pv_rule *rule = rule_of(in, id);
    bool literal = literal_field(in, table, "each", &kind) && literal_field(in, table, "record", &record) &&
                   literal_field(in, table, "matrix", &matrix);
    if (literal && pv_subject_kind_from_name(kind, &each)) {
        const pv_foreseen subject = pv_foresee_subject(all->form, each, record, matrix);
        bool complete = (each != PV_SUBJECT_RECORD && each != PV_SUBJECT_PAIR) || subject.of;
        if (complete)
            arguments[0] = pv_seen_written(all, pv_str_from(subject.type), subject.of, NULL);
        arguments[1].kind = PV_SEEN_NIL;
        if (each != PV_SUBJECT_COLLECTION)
            arguments[1] = pv_seen_written(all, PV_STR("submission"), NULL, NULL);
    }
    if (rule)
        arguments[2] = pv_seen_written(all, PV_STR("parameters"), rule, NULL);
    for (const pv_seen_field *field = table.fields; field; field = field->next) {
        bool judges = pv_str_equal(field->name, PV_STR("check")) || pv_str_equal(field->name, PV_STR("when"));
        if (judges && field->type.kind == PV_SEEN_CLOSURE)
            pv_reader_apply(field->type.closure, arguments, 3, false);
        else
            pv_reader_release(field->type);
    }
}

/* ---- calls ---- */

typedef struct arguments {
    pv_seen types[MAX_ARGUMENTS];
    size_t first[MAX_ARGUMENTS]; /* their first lexemes */
    size_t count;
    bool open; /* the last may stand for several values */
} arguments;

/* Whether the expression that began at first, and has just been read, may give several values. */
static bool gives_several(const pv_reader *in, size_t first) {
    pv_word last = in->at > first ? pv_reader_word_at(in, in->at - 1) : PV_WORD_END;
    bool call = last == PV_WORD_CLOSE_ROUND || last == PV_WORD_CLOSE_CURLY || last == PV_WORD_STRING;
    return last == PV_WORD_REST || (call && (in->at - first > 1) && pv_reader_word_at(in, first) != PV_WORD_OPEN_CURLY);
}

static void add_argument(pv_reader *in, arguments *out) {
    size_t first = in->at;
    pv_seen type = pv_reader_expression(in);
    if (out->count == MAX_ARGUMENTS) {
        pv_reader_release(type);
        return;
    }
    out->first[out->count] = first;
    out->types[out->count++] = type;
    out->open = gives_several(in, first);
}

static void read_arguments(pv_reader *in, arguments *out) {
    *out = (arguments){.first = {in->at}};
    if (!pv_reader_take(in, PV_WORD_OPEN_ROUND)) {
        out->count = 1;
        if (pv_reader_next(in) == PV_WORD_OPEN_CURLY)
            out->types[0] = read_table(in);
        else
            pv_reader_require(in, PV_WORD_STRING), out->types[0].kind = PV_SEEN_STRING;
        return;
    }
    while (!in->failed && pv_reader_next(in) != PV_WORD_CLOSE_ROUND) {
        add_argument(in, out);
        if (!pv_reader_take(in, PV_WORD_COMMA))
            break;
    }
    pv_reader_require(in, PV_WORD_CLOSE_ROUND);
}

/* A literal text or table that does not fit what the function knows. */
static void judge_argument(const pv_reader *in, const pv_language_name *function, size_t number, pv_seen type,
                           size_t lexeme, bool alone) {
    size_t at = lexeme;
    if (!pv_reader_speaks(in) || number >= function->parameter_count || !(alone || type.kind == PV_SEEN_TABLE))
        return;
    pv_str message = pv_seen_misfit(pv_reader_language(in), in->file->lexemes, &function->parameters[number],
                                    function->name, lexeme, type, &at);
    pv_reader_add_fault(in, at, message);
}

/* Whether the argument is one string and nothing else. */
static bool is_alone(const pv_reader *in, const arguments *given, size_t number, size_t end) {
    size_t after = number + 1 < given->count ? given->first[number + 1] - 1 : end;
    return pv_reader_word_at(in, given->first[number]) == PV_WORD_STRING && after == given->first[number] + 1;
}

static pv_seen call_engine(pv_reader *in, pv_seen function, const arguments *given, size_t end) {
    const pv_language_name *signature = function.signature;
    pv_seen mapped = PV_SEEN_NOTHING;
    const pv_str of_element = PV_STR("function of element");
    bool sorts = !signature && pv_str_equal(function.name, PV_STR("sort")) && given->count == 2;
    for (size_t i = 0; i < given->count; i++) {
        pv_seen type = given->types[i];
        bool each = signature && i < signature->parameter_count &&
                    pv_str_equal(signature->parameters[i].type, of_element) && function.element;
        if (each && type.kind == PV_SEEN_CLOSURE) {
            pv_reader_apply(type.closure, function.element, 1, false);
            mapped = type.closure->result;
        } else if (sorts && i == 1 && type.kind == PV_SEEN_CLOSURE) {
            const pv_seen element = pv_seen_element(pv_reader_language(in), given->types[0]);
            const pv_seen both[] = {element, element};
            pv_reader_apply(type.closure, both, 2, false);
        } else {
            pv_reader_release(type);
        }
        if (signature)
            judge_argument(in, signature, i, type, given->first[i], is_alone(in, given, i, end));
    }
    if (!signature)
        return PV_SEEN_NOTHING;
    in->results = signature->result;
    if (function.gives)
        return *function.gives;
    if (pv_str_equal(signature->name, PV_STR("map")) && function.element) {
        pv_seen *element = PV_NEW(in->pack->language.arena, pv_seen);
        if (!element)
            return PV_SEEN_NOTHING;
        *element = mapped.kind == PV_SEEN_NIL ? PV_SEEN_NOTHING : mapped;
        return (pv_seen){.kind = PV_SEEN_LIST, .element = element};
    }
    return pv_seen_written(pv_reader_language(in), pv_seen_result(signature->result, 0), NULL, function.element);
}

static pv_seen read_call(pv_reader *in, pv_seen callee) {
    arguments given;
    read_arguments(in, &given);
    size_t end = in->at - (pv_reader_word_at(in, in->at - 1) == PV_WORD_CLOSE_ROUND);
    in->results = PV_STR("");
    if (callee.kind == PV_SEEN_CLOSURE) {
        pv_reader_apply(callee.closure, given.types, given.count, given.open);
        return callee.closure->result;
    }
    if (callee.kind == PV_SEEN_FUNCTION)
        return call_engine(in, callee, &given, end);
    for (size_t i = 0; i < given.count; i++)
        pv_reader_release(given.types[i]);
    return PV_SEEN_NOTHING;
}

/* `rule "id" { … }`, of which `rule` has been read. */
static bool read_rule(pv_reader *in, pv_seen callee) {
    pv_str id;
    if (callee.kind != PV_SEEN_FUNCTION || !callee.signature || !pv_str_equal(callee.name, PV_STR("rule")))
        return false;
    size_t string = in->at + (pv_reader_next(in) == PV_WORD_OPEN_ROUND);
    size_t table = string + 1 + (string > in->at);
    if (pv_reader_word_at(in, string) != PV_WORD_STRING || pv_reader_word_at(in, table) != PV_WORD_OPEN_CURLY ||
        !pv_lexemes_string(in->file->lexemes, string, &id))
        return false;
    in->at = table;
    in->keeps_fields = in->declares = true;
    read_declaration(in, id, read_table(in));
    return true;
}

/* ---- expressions ---- */

static pv_seen read_subscript(pv_reader *in, pv_seen owner) {
    pv_str name;
    pv_reader_advance(in);
    if (pv_reader_next(in) == PV_WORD_STRING && pv_reader_word_at(in, in->at + 1) == PV_WORD_CLOSE_SQUARE &&
        pv_lexemes_string(in->file->lexemes, in->at, &name)) {
        pv_seen found = read_member(in, owner, in->at, name, false);
        in->at += 2;
        return found;
    }
    pv_seen key = pv_reader_expression(in);
    pv_reader_require(in, PV_WORD_CLOSE_SQUARE);
    bool by_number = key.kind == PV_SEEN_NUMBER || owner.kind == PV_SEEN_LIST;
    /* What has no names of its own gives the same by name and by number. */
    bool alike = owner.kind == PV_SEEN_OBJECT && !owner.class->members->name;
    return by_number || alike ? pv_seen_element(pv_reader_language(in), owner) : PV_SEEN_NOTHING;
}

static pv_seen read_suffixes(pv_reader *in, pv_seen value, pv_reader_target *out) {
    while (!in->failed) {
        pv_word suffix = pv_reader_next(in);
        if (suffix == PV_WORD_DOT || suffix == PV_WORD_COLON || suffix == PV_WORD_OPEN_SQUARE)
            value = pv_reader_keep(value);
        switch (suffix) {
        case PV_WORD_DOT:
        case PV_WORD_COLON: {
            bool is_method = pv_reader_next(in) == PV_WORD_COLON;
            size_t index = in->at + 1;
            in->at += 2;
            if (pv_reader_word_at(in, index) != PV_WORD_NAME) {
                in->failed = true;
                break;
            }
            value = read_member(in, value, index, pv_reader_text_at(in, index), is_method);
            *out = (pv_reader_target){.is_call = is_method};
            if (is_method)
                value = read_call(in, value.kind == PV_SEEN_CLOSURE ? PV_SEEN_NOTHING : value);
            break;
        }
        case PV_WORD_OPEN_SQUARE:
            value = read_subscript(in, value);
            *out = (pv_reader_target){.is_call = false};
            break;
        case PV_WORD_OPEN_ROUND:
        case PV_WORD_OPEN_CURLY:
        case PV_WORD_STRING:
            value = read_rule(in, value) ? PV_SEEN_NOTHING : read_call(in, value);
            *out = (pv_reader_target){.is_call = true};
            break;
        default:
            return value;
        }
    }
    return value;
}

/* as_target: a statement begins here, or goes on with another thing assigned to. */
pv_seen pv_reader_suffixed(pv_reader *in, bool as_target, pv_reader_target *out) {
    pv_seen value = PV_SEEN_NOTHING;
    *out = (pv_reader_target){.index = in->at};
    in->results = PV_STR("");
    if (pv_reader_take(in, PV_WORD_OPEN_ROUND)) {
        value = pv_reader_expression(in);
        pv_reader_require(in, PV_WORD_CLOSE_ROUND);
        in->results = PV_STR("");
    } else if (pv_reader_next(in) == PV_WORD_NAME) {
        bool assigned = as_target && (pv_reader_word_at(in, in->at + 1) == PV_WORD_ASSIGN ||
                                      pv_reader_word_at(in, in->at + 1) == PV_WORD_COMMA);
        out->is_name = true;
        value = assigned ? PV_SEEN_NOTHING : pv_reader_name(in, in->at);
        in->at++;
    } else {
        in->failed = true;
    }
    return read_suffixes(in, value, out);
}

static pv_seen read_simple(pv_reader *in) {
    pv_reader_target ignored;
    pv_word first = pv_reader_next(in);
    in->results = PV_STR("");
    switch (first) {
    case PV_WORD_NUMBER:
        pv_reader_advance(in);
        return (pv_seen){.kind = PV_SEEN_NUMBER};
    case PV_WORD_STRING:
        pv_reader_advance(in);
        return (pv_seen){.kind = PV_SEEN_STRING};
    case PV_WORD_NIL:
        pv_reader_advance(in);
        return (pv_seen){.kind = PV_SEEN_NIL};
    case PV_WORD_TRUE:
    case PV_WORD_FALSE:
        pv_reader_advance(in);
        return (pv_seen){.kind = PV_SEEN_BOOLEAN};
    case PV_WORD_REST:
        pv_reader_advance(in);
        return PV_SEEN_NOTHING;
    case PV_WORD_OPEN_CURLY:
        return read_table(in);
    case PV_WORD_FUNCTION:
        pv_reader_advance(in);
        return pv_reader_function(in, false);
    default:
        return pv_reader_suffixed(in, false, &ignored);
    }
}

/* How tightly an operator binds to its left and right; 0: it is none. */
typedef struct priority {
    unsigned char left, right;
} priority;

static priority priority_of(const pv_reader *in) {
    enum { UNARY = 12 };
    pv_str text = pv_reader_text_at(in, in->at);
    switch (pv_reader_next(in)) {
    case PV_WORD_OR:
        return (priority){1, 1};
    case PV_WORD_AND:
        return (priority){2, 2};
    case PV_WORD_COMPARE:
        return (priority){3, 3};
    case PV_WORD_TILDE:
        return (priority){5, 5};
    case PV_WORD_JOIN:
        return (priority){9, 8};
    case PV_WORD_MINUS:
        return (priority){10, 10};
    case PV_WORD_BINARY:
        switch (text.data[0]) {
        case '|':
            return (priority){4, 4};
        case '&':
            return (priority){6, 6};
        case '<':
        case '>':
            return (priority){7, 7};
        case '+':
            return (priority){10, 10};
        case '^':
            return (priority){14, 13};
        default:
            return (priority){UNARY - 1, UNARY - 1};
        }
    default:
        return (priority){0, 0};
    }
}

static pv_seen combine(pv_word operator, pv_seen left, pv_seen right) {
    switch (operator) {
    case PV_WORD_AND: /* the left is given only where it is nil or false */
        pv_reader_release(left);
        return right;
    case PV_WORD_OR: {
        pv_seen joined = pv_seen_join(left, right);
        if (joined.kind == PV_SEEN_UNKNOWN) {
            pv_reader_release(left);
            pv_reader_release(right);
        }
        return joined;
    }
    case PV_WORD_COMPARE:
        return (pv_seen){.kind = PV_SEEN_BOOLEAN};
    case PV_WORD_JOIN:
        return (pv_seen){.kind = PV_SEEN_STRING};
    default:
        if (left.kind == PV_SEEN_NUMBER && right.kind == PV_SEEN_NUMBER)
            return left;
        return PV_SEEN_NOTHING;
    }
}

/* Whether the lexemes from first up to end are one string. */
static bool is_string_alone(const pv_reader *in, size_t first, size_t end) {
    return end == first + 1 && pv_reader_word_at(in, first) == PV_WORD_STRING;
}

/* `verdict.state == "passes"`: what is asked for that the value can never be. first: of the left operand. */
static void judge_comparison(const pv_reader *in, size_t first, size_t sign, pv_seen left, pv_seen right) {
    size_t literal = is_string_alone(in, sign + 1, in->at) ? sign + 1 : first;
    pv_seen other = literal == first ? right : left;
    size_t name = literal == first ? in->at - 1 : sign - 1;
    bool equality = pv_lexemes_is(in->file->lexemes, sign, "==") || pv_lexemes_is(in->file->lexemes, sign, "~=");
    if (!pv_reader_speaks(in) || !equality || other.kind != PV_SEEN_STRING || other.choices.size == 0 ||
        (literal == first && !is_string_alone(in, first, sign)))
        return;
    const pv_language_parameter asked = {
        .name = pv_reader_word_at(in, name) == PV_WORD_NAME ? pv_reader_text_at(in, name) : PV_STR("a value"),
        .type = other.choices,
    };
    size_t at;
    const pv_seen string = {.kind = PV_SEEN_STRING};
    pv_str message =
        pv_seen_misfit(pv_reader_language(in), in->file->lexemes, &asked, PV_STR(""), literal, string, &at);
    pv_reader_add_fault(in, literal, message);
}

static pv_seen read_operands(pv_reader *in, unsigned limit) {
    enum { UNARY = 12 };
    pv_seen value;
    if (++in->depth > PV_READER_DEPTH)
        in->failed = true;
    if (in->failed) {
        in->depth--;
        return PV_SEEN_NOTHING;
    }
    size_t start = in->at;
    pv_word first = pv_reader_next(in);
    if (first == PV_WORD_NOT || first == PV_WORD_MINUS || first == PV_WORD_LENGTH || first == PV_WORD_TILDE) {
        pv_reader_advance(in);
        value = read_operands(in, UNARY);
        in->results = PV_STR("");
        value.kind = first == PV_WORD_NOT           ? PV_SEEN_BOOLEAN
                     : first == PV_WORD_LENGTH      ? PV_SEEN_NUMBER
                     : value.kind == PV_SEEN_NUMBER ? PV_SEEN_NUMBER
                                                    : PV_SEEN_UNKNOWN;
    } else {
        value = read_simple(in);
    }
    for (priority found = priority_of(in); !in->failed && found.left > limit; found = priority_of(in)) {
        pv_word operator= pv_reader_next(in);
        size_t sign = in->at;
        pv_reader_advance(in);
        pv_seen right = read_operands(in, found.right);
        if (operator== PV_WORD_COMPARE)
            judge_comparison(in, start, sign, value, right);
        value = combine(operator, value, right);
        in->results = PV_STR("");
    }
    in->depth--;
    return value;
}

pv_seen pv_reader_expression(pv_reader *in) {
    return read_operands(in, 0);
}
