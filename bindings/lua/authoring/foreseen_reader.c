/* Reads a rule file as the compiler does: its functions and statements. */
#include "lua/authoring/foreseen_reader_p.h"

#include "model/message.h"

#define MAX_VALUES 12

static void read_block(pv_reader *in);

/* ---- functions ---- */

static pv_seen_closure *kept_closure(const pv_reader *in, size_t lexeme) {
    void **kept = &in->file->kept[lexeme];
    if (!*kept) {
        pv_seen_closure *made = PV_NEW(in->pack->language.arena, pv_seen_closure);
        in->pack->language.refused |= !made;
        if (made) {
            *made = (pv_seen_closure){.next = in->pack->closures};
            made->returned.kind = PV_SEEN_NIL;
            for (size_t i = 0; i < PV_SEEN_PARAMETERS; i++)
                made->gathered[i].kind = PV_SEEN_NIL;
            in->pack->closures = made;
        }
        *kept = made;
    }
    return *kept;
}

/* After `function` and what it may be called: from the parenthesis on. */
pv_seen pv_reader_function(pv_reader *in, bool has_self) {
    size_t variables = in->variable_count;
    pv_seen_closure *closure = kept_closure(in, in->at);
    if (!closure || in->level_count == PV_READER_LEVELS) {
        in->failed = true;
        return PV_SEEN_NOTHING;
    }
    in->levels[in->level_count++] = closure;
    closure->parameter_count = 0;
    if (has_self)
        pv_reader_declare_named(in, PV_STR("self"), NULL, PV_SEEN_NOTHING);
    pv_reader_require(in, PV_WORD_OPEN_ROUND);
    while (!in->failed && pv_reader_next(in) == PV_WORD_NAME) {
        size_t number = closure->parameter_count++;
        bool known = number < PV_SEEN_PARAMETERS && !closure->escaped;
        pv_seen type = known ? closure->parameters[number] : PV_SEEN_NOTHING;
        pv_reader_declare(in, in->at, type.kind == PV_SEEN_NIL ? PV_SEEN_NOTHING : type);
        in->at++;
        if (!pv_reader_take(in, PV_WORD_COMMA))
            break;
    }
    (void)pv_reader_take(in, PV_WORD_REST);
    pv_reader_require(in, PV_WORD_CLOSE_ROUND);
    read_block(in);
    pv_reader_require(in, PV_WORD_CLOSE);
    in->level_count--;
    in->variable_count = variables;
    in->results = PV_STR("");
    return (pv_seen){.kind = PV_SEEN_CLOSURE, .closure = closure};
}

/* ---- statements ---- */

/* Types of the values of a list of expressions; more than there is room for are read and dropped. */
typedef struct values {
    pv_seen types[MAX_VALUES];
    size_t count;
} values;

/* The values, the last of them spread out where it is a call of which all results are known. */
static void read_values(pv_reader *in, values *out) {
    *out = (values){.count = 0};
    do {
        pv_seen type = pv_reader_expression(in);
        if (out->count < MAX_VALUES)
            out->types[out->count++] = type;
        else
            pv_reader_release(type);
    } while (pv_reader_take(in, PV_WORD_COMMA));
    for (size_t number = 1; out->count < MAX_VALUES && in->results.size > 0; number++) {
        pv_str written = pv_seen_result(in->results, number);
        if (written.size == 0)
            break;
        out->types[out->count++] = pv_seen_written(pv_reader_language(in), written, NULL, NULL);
    }
}

static pv_seen value_at(const values *given, size_t number) {
    return number < given->count ? given->types[number] : PV_SEEN_NOTHING;
}

static void read_local(pv_reader *in) {
    size_t names[MAX_VALUES];
    size_t count = 0;
    if (pv_reader_take(in, PV_WORD_FUNCTION)) {
        size_t name = in->at;
        pv_reader_require(in, PV_WORD_NAME);
        /* The function may name itself. */
        pv_seen_closure *closure = kept_closure(in, in->at);
        pv_reader_declare(in, name, (pv_seen){.kind = closure ? PV_SEEN_CLOSURE : PV_SEEN_UNKNOWN, .closure = closure});
        (void)pv_reader_function(in, false);
        return;
    }
    do {
        if (count < MAX_VALUES)
            names[count++] = in->at;
        else
            in->failed = true;
        pv_reader_require(in, PV_WORD_NAME);
        if (pv_reader_next(in) == PV_WORD_COMPARE && pv_reader_word_at(in, in->at + 1) == PV_WORD_NAME) /* <const> */
            in->at += 3;
    } while (pv_reader_take(in, PV_WORD_COMMA));
    values given = {.count = 0};
    bool assigned = pv_reader_take(in, PV_WORD_ASSIGN);
    if (assigned)
        read_values(in, &given);
    for (size_t i = 0; i < count && !in->failed; i++)
        pv_reader_declare(in, names[i], assigned ? value_at(&given, i) : (pv_seen){.kind = PV_SEEN_NIL});
    for (size_t i = count; i < given.count; i++)
        pv_reader_release(given.types[i]);
}

/* A name that is assigned to, and is no local one. */
static void judge_assigned(const pv_reader *in, size_t index) {
    pv_str name = pv_reader_text_at(in, index);
    if (!pv_reader_speaks(in))
        return;
    pv_seen_language *all = pv_reader_language(in);
    pv_name_list names = {.arena = all->arena};
    for (size_t i = in->variable_count; i-- > 0;)
        all->refused |= !pv_name_list_add(&names, in->variables[i].name);
    size_t nearest = names.names.items ? pv_suggest(name, names.names.items, names.names.count) : SIZE_MAX;
    bool meant = nearest != SIZE_MAX && !pv_reader_is_global(in->pack, name);
    pv_str message =
        meant ? pv_arena_format(all->arena, "there is no local \"%s\" to assign to; did you mean \"%.*s\"?",
                                pv_message_quote(name).text, PV_STR_ARG(names.names.items[nearest]))
              : pv_arena_format(all->arena, "the rule language cannot be changed: declare \"local %s\" first",
                                pv_message_quote(name).text);
    all->refused |= !message.data;
    pv_reader_add_fault(in, index, message);
}

/* The targets' first lexemes, where they are names alone; SIZE_MAX else. */
static void assign(pv_reader *in, const size_t *targets, size_t count) {
    values given;
    read_values(in, &given);
    for (size_t i = 0; i < count; i++) {
        pv_reader_variable *local =
            targets[i] == SIZE_MAX ? NULL : pv_reader_find_variable(in, pv_reader_text_at(in, targets[i]));
        pv_seen type = value_at(&given, i);
        if (local && local->kept) {
            local->kept->assigned = true;
            pv_reader_gather(&local->kept->gathered, pv_reader_keep(type));
            continue;
        }
        pv_reader_release(type);
        if (targets[i] != SIZE_MAX && !local)
            judge_assigned(in, targets[i]);
    }
    for (size_t i = count; i < given.count; i++)
        pv_reader_release(given.types[i]);
}

static void read_assignment_or_call(pv_reader *in) {
    size_t targets[MAX_VALUES];
    size_t count = 0;
    pv_reader_target found;
    do {
        pv_seen value = pv_reader_suffixed(in, true, &found);
        pv_reader_release(value);
        if (count == MAX_VALUES)
            in->failed = true;
        else
            targets[count++] = found.is_name ? found.index : SIZE_MAX;
    } while (pv_reader_take(in, PV_WORD_COMMA));
    if (pv_reader_take(in, PV_WORD_ASSIGN))
        assign(in, targets, count);
    else if (!found.is_call)
        in->failed = true;
}

/* What a file returns is known to the others by name. */
static void share(pv_reader *in, pv_seen table) {
    pv_seen_pack *pack = in->pack;
    for (const pv_seen_field *field = table.fields; table.kind == PV_SEEN_TABLE && field; field = field->next) {
        pv_seen_shared *shared = NULL;
        for (size_t i = 0; i < pack->shared.count; i++)
            if (pv_str_equal(pack->shared.items[i].name, field->name))
                shared = &pack->shared.items[i];
        shared = shared ? shared : PV_ARRAY_ADD(pack->language.arena, &pack->shared);
        if (!shared) {
            pack->language.refused = true;
            return;
        }
        shared->name = field->name;
        pv_reader_gather(&shared->gathered, pv_reader_keep(field->type));
        if (!pack->globals_known) /* a file that is not read may call it */
            pv_reader_release(field->type);
    }
}

static void read_return(pv_reader *in) {
    values given = {.count = 0};
    bool ends = pv_reader_next(in) == PV_WORD_CLOSE || pv_reader_next(in) == PV_WORD_ELSE ||
                pv_reader_next(in) == PV_WORD_ELSEIF || pv_reader_next(in) == PV_WORD_UNTIL ||
                pv_reader_next(in) == PV_WORD_END || pv_reader_next(in) == PV_WORD_SEMICOLON;
    in->keeps_fields = in->level_count == 0 && pv_reader_next(in) == PV_WORD_OPEN_CURLY;
    if (!ends)
        read_values(in, &given);
    (void)pv_reader_take(in, PV_WORD_SEMICOLON);
    for (size_t i = 0; i < given.count; i++)
        if (i > 0 || (in->level_count == 0 && given.types[i].kind != PV_SEEN_TABLE))
            pv_reader_release(given.types[i]);
    if (in->level_count > 0) {
        pv_seen type = given.count > 0 ? pv_reader_keep(given.types[0]) : (pv_seen){.kind = PV_SEEN_NIL};
        pv_reader_release(type);
        pv_reader_gather(&in->levels[in->level_count - 1]->returned, type);
        return;
    }
    share(in, value_at(&given, 0));
}

static void read_scope(pv_reader *in) {
    size_t variables = in->variable_count;
    read_block(in);
    in->variable_count = variables;
}

static void read_for(pv_reader *in) {
    size_t variables = in->variable_count;
    size_t names[MAX_VALUES];
    size_t count = 0;
    do {
        if (count < MAX_VALUES)
            names[count++] = in->at;
        else
            in->failed = true;
        pv_reader_require(in, PV_WORD_NAME);
    } while (pv_reader_take(in, PV_WORD_COMMA));
    values given;
    pv_seen element = PV_SEEN_NOTHING;
    bool counts = pv_reader_take(in, PV_WORD_ASSIGN);
    bool through_list = false;
    if (!counts) {
        pv_reader_require(in, PV_WORD_IN);
        through_list = pv_lexemes_is(in->file->lexemes, in->at, "ipairs") &&
                       pv_reader_word_at(in, in->at + 1) == PV_WORD_OPEN_ROUND &&
                       !pv_reader_find_variable(in, PV_STR("ipairs"));
    }
    if (through_list) {
        in->at += 2;
        pv_seen list = pv_reader_keep(pv_reader_expression(in));
        pv_reader_release(list);
        element = pv_seen_element(pv_reader_language(in), list);
        pv_reader_require(in, PV_WORD_CLOSE_ROUND);
    } else {
        read_values(in, &given);
        for (size_t i = 0; i < given.count; i++)
            pv_reader_release(given.types[i]);
    }
    pv_reader_require(in, PV_WORD_DO);
    for (size_t i = 0; i < count && !in->failed; i++) {
        pv_seen given_to = i == 1 ? element : PV_SEEN_NOTHING;
        if (counts || (through_list && i == 0))
            given_to = (pv_seen){.kind = PV_SEEN_NUMBER};
        pv_reader_declare(in, names[i], given_to);
    }
    read_block(in);
    pv_reader_require(in, PV_WORD_CLOSE);
    in->variable_count = variables;
}

static void read_if(pv_reader *in) {
    do {
        pv_reader_release(pv_reader_expression(in));
        pv_reader_require(in, PV_WORD_THEN);
        read_scope(in);
    } while (pv_reader_take(in, PV_WORD_ELSEIF));
    if (pv_reader_take(in, PV_WORD_ELSE))
        read_scope(in);
    pv_reader_require(in, PV_WORD_CLOSE);
}

/* `function a.b:c(…) … end` */
static void read_named_function(pv_reader *in) {
    size_t index = in->at;
    bool has_self = false;
    pv_reader_require(in, PV_WORD_NAME);
    bool alone = pv_reader_next(in) == PV_WORD_OPEN_ROUND;
    pv_reader_variable *local = pv_reader_find_variable(in, pv_reader_text_at(in, index));
    if (!alone)
        (void)pv_reader_name(in, index);
    else if (!local)
        judge_assigned(in, index);
    while (!in->failed && (pv_reader_next(in) == PV_WORD_DOT || pv_reader_next(in) == PV_WORD_COLON)) {
        has_self = pv_reader_next(in) == PV_WORD_COLON;
        in->at++;
        pv_reader_require(in, PV_WORD_NAME);
    }
    pv_seen function = pv_reader_function(in, has_self);
    pv_reader_release(function);
    if (alone && local && local->kept) {
        local->kept->assigned = true;
        pv_reader_gather(&local->kept->gathered, PV_SEEN_NOTHING);
    }
}

static void read_statement(pv_reader *in) {
    switch (pv_reader_next(in)) {
    case PV_WORD_IF:
        pv_reader_advance(in);
        read_if(in);
        return;
    case PV_WORD_WHILE:
        pv_reader_advance(in);
        pv_reader_release(pv_reader_expression(in));
        pv_reader_require(in, PV_WORD_DO);
        read_scope(in);
        pv_reader_require(in, PV_WORD_CLOSE);
        return;
    case PV_WORD_DO:
        pv_reader_advance(in);
        read_scope(in);
        pv_reader_require(in, PV_WORD_CLOSE);
        return;
    case PV_WORD_FOR:
        pv_reader_advance(in);
        read_for(in);
        return;
    case PV_WORD_REPEAT: {
        size_t variables = in->variable_count;
        pv_reader_advance(in);
        read_block(in);
        pv_reader_require(in, PV_WORD_UNTIL);
        pv_reader_release(pv_reader_expression(in));
        in->variable_count = variables;
        return;
    }
    case PV_WORD_FUNCTION:
        pv_reader_advance(in);
        read_named_function(in);
        return;
    case PV_WORD_LOCAL:
        pv_reader_advance(in);
        read_local(in);
        return;
    case PV_WORD_RETURN:
        pv_reader_advance(in);
        read_return(in);
        return;
    case PV_WORD_LABEL:
        in->at += 2;
        pv_reader_require(in, PV_WORD_LABEL);
        return;
    case PV_WORD_GOTO:
        in->at += 2;
        return;
    case PV_WORD_BREAK:
    case PV_WORD_SEMICOLON:
        pv_reader_advance(in);
        return;
    default:
        read_assignment_or_call(in);
    }
}

static void read_block(pv_reader *in) {
    if (++in->depth > PV_READER_DEPTH)
        in->failed = true;
    while (!in->failed) {
        pv_word first = pv_reader_next(in);
        if (first == PV_WORD_END || first == PV_WORD_CLOSE || first == PV_WORD_ELSE || first == PV_WORD_ELSEIF ||
            first == PV_WORD_UNTIL)
            break;
        read_statement(in);
    }
    in->depth--;
}

bool pv_seen_file_read(pv_seen_file *file, pv_seen_pack *pack) {
    if (!pack->scope)
        pack->scope = PV_NEW_ARRAY(pack->language.arena, pv_reader_variable, PV_READER_VARIABLES);
    if (!pack->scope) {
        pack->language.refused = true;
        return true;
    }
    pv_reader in = {.file = file, .pack = pack, .variables = pack->scope, .results = PV_STR("")};
    read_block(&in);
    file->unreadable |= in.failed || pv_reader_next(&in) != PV_WORD_END;
    return !file->unreadable;
}
