#include "run/record.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/digits.h"
#include "model/message.h"
#include "model/shape.h"
#include "run/changes.h"

#define SHA256_DIGITS ((size_t)64)
#define MOST_BYTES ((size_t)2000)
#define MOST_OPTIONS ((size_t)10)
#define MOST_NAMED ((size_t)5) /* verdicts, in one difference */

/* ---- what is where ---- */

static bool is_null(const pv_node *node) {
    return node->kind == PV_NODE_SCALAR && node->style == PV_SCALAR_PLAIN &&
           pv_str_equal(pv_node_value(node), PV_STR("null"));
}

static const pv_node *get(const pv_node *node, const char *key) {
    return pv_node_get(node, pv_str_from(key));
}

/* At a path of keys; NULL where nothing is. */
static const pv_node *at_path(const pv_node *node, const char *path) {
    while (node && *path != '\0') {
        size_t size = strcspn(path, ".");
        node = pv_node_get(node, (pv_str){path, size});
        path += size + (path[size] == '.');
    }
    return node;
}

/* Empty for what is not there, or null. */
static pv_str text_at(const pv_node *node, const char *path) {
    const pv_node *found = at_path(node, path);
    return found && !is_null(found) ? pv_node_value(found) : (pv_str){0};
}

pv_str pv_check_record_text(const pv_check_record *record, const char *path) {
    return text_at(record->root, path);
}

/* A number that was found to be one. */
static uint64_t number_of(const pv_node *node) {
    pv_str digits = pv_node_value(node);
    uint64_t number = 0;
    for (size_t i = 0; i < digits.size; i++)
        number = number * 10 + (uint64_t)(digits.data[i] - '0');
    return number;
}

/* ---- the layout ---- */

typedef enum value_kind { TEXT, HASH, NUMBER, DAY, FINGERPRINT, MODE, LEVEL, STATE, BOOLEAN, ANYTHING } value_kind;

/* What must be there: "packs[].files[].path" of each file of each pack; after "?" what was may be null. */
typedef struct needed {
    const char *path;
    value_kind kind;
    const char *what;
} needed;

static const needed layout[] = {
    {"engine.version", TEXT, "the version"},
    {"engine.built_with", ANYTHING, NULL},
    {"options.pack?", TEXT, "an option"},
    {"options.mode?", MODE, "a mode"},
    {"options.fail_on?", LEVEL, "a level"},
    {"options.as_of?", DAY, "the day to judge by"},
    {"options.rule?", TEXT, "an option"},
    {"options.waivers?", TEXT, "an option"},
    {"options.baseline?", TEXT, "an option"},
    {"options.stdin_filename?", TEXT, "an option"},
    {"options.from", TEXT, "an option"},
    {"options.of_folder", BOOLEAN, "of_folder"},
    {"configuration.mode", MODE, "the mode"},
    {"configuration.fail_on", LEVEL, "the level"},
    {"configuration.file?.sha256?", HASH, NULL},
    {"configuration.lock?.sha256?", HASH, NULL},
    {"configuration.others[].sha256?", HASH, NULL},
    {"configuration.waivers?.sha256?", HASH, NULL},
    {"configuration.baseline?.sha256?", HASH, NULL},
    {"parameters[].value", TEXT, "a value"},
    {"packs[].id", TEXT, "an id"},
    {"packs[].version", TEXT, "a version"},
    {"packs[].sha256", HASH, NULL},
    {"packs[].files[].sha256", HASH, NULL},
    {"report.verdicts[].rule", TEXT, "a rule"},
    {"report.verdicts[].state", STATE, "a state"},
    {"report.verdicts[].level", LEVEL, "a level"},
    {"report.verdicts[].message", TEXT, "a message"},
    {"report.verdicts[].subject.name", TEXT, "a name"},
    {"report.verdicts[].due?", DAY, "the day"},
    {"report.verdicts[].fingerprint", FINGERPRINT, NULL},
    {"report.verdicts[].waiver", ANYTHING, NULL},
    {"report.inputs[].path", TEXT, "a path"},
    {"report.faults[].message", TEXT, "a message"},
    {"report.summary", ANYTHING, NULL},
    {"inputs[].path", TEXT, "a path"},
    {"inputs[].sha256?", HASH, NULL},
    {"inputs[].pack?", TEXT, "a pack"},
    {"inputs[].verdicts?", NUMBER, "a count"},
    {"exit_status", NUMBER, "the exit status"},
};

static bool fail_value(const pv_node *node, const char *sentence, pv_error *error) {
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s, not '%s'", sentence,
                      pv_message_quote(pv_node_value(node)).text);
}

static bool is_of(pv_str text, pv_str digits) {
    for (size_t i = 0; i < text.size; i++)
        if (pv_str_find(digits, pv_str_slice(text, i, i + 1), 0) == SIZE_MAX)
            return false;
    return text.size > 0;
}

static bool check_number(const pv_node *node, const char *what, pv_error *error) {
    pv_str text = pv_node_value(node);
    if (is_of(text, PV_STR("0123456789")) && text.size < 19) /* so that it cannot overflow */
        return true;
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s must be a whole number, not '%s'", what,
                      pv_message_quote(text).text);
}

static bool check_name(const pv_node *node, const needed *as, pv_error *error) {
    pv_str names[PV_STATE_NOT_CHECKED + 1] = {PV_STR("false"), PV_STR("true")};
    const size_t counts[] = {
        [MODE] = PV_MODE_COUNT, [LEVEL] = PV_LEVEL_COUNT, [STATE] = PV_STATE_NOT_CHECKED + 1, [BOOLEAN] = 2};
    size_t ignored;
    for (size_t i = 0; as->kind != BOOLEAN && i < counts[as->kind]; i++)
        names[i] = pv_str_from(as->kind == MODE    ? pv_mode_name((pv_mode)i)
                               : as->kind == LEVEL ? pv_level_name((pv_level)i)
                                                   : pv_state_name((pv_state)i));
    return pv_shape_choice(node, as->what, names, counts[as->kind], &ignored, error);
}

static bool check_value(const pv_node *node, const needed *as, pv_error *error) {
    const char *what = as->what ? as->what : "a value";
    pv_str text = pv_node_value(node);
    uint64_t number;
    pv_date day;
    if (as->kind == ANYTHING)
        return true;
    if (!pv_shape_expect(node, PV_NODE_SCALAR, what, error))
        return false;
    if (is_null(node))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s is null", what);
    switch (as->kind) {
    case HASH:
        return (text.size == SHA256_DIGITS && is_of(text, PV_STR("0123456789abcdef"))) ||
               fail_value(node, "a sha256 has 64 digits from 0 to 9 and a to f", error);
    case NUMBER:
        return check_number(node, what, error);
    case DAY:
        return pv_date_parse(text, &day) || pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s '%s' is not a date: %s",
                                                       what, pv_message_quote(text).text, pv_date_fault(text));
    case FINGERPRINT:
        return pv_hex_read(text, &number) ||
               fail_value(node, "a fingerprint has 16 digits from 0 to 9 and a to f", error);
    case TEXT:
    case ANYTHING:
        return true;
    default:
        return check_name(node, as, error);
    }
}

/* rest: of the path as->path, from node on. */
static bool check_at(const pv_node *node, const char *rest, const needed *as, pv_error *error) {
    const int before = (int)(rest - as->path);
    if (*rest == '?')
        return is_null(node) || check_at(node, rest + 1, as, error);
    if (*rest == '\0')
        return check_value(node, as, error);
    const pv_node wanted = {.kind = *rest == '[' ? PV_NODE_SEQUENCE : PV_NODE_MAPPING};
    if (node->kind != wanted.kind)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%.*s must be %s, but is %s", before, as->path,
                          pv_node_kind_name(&wanted), pv_message_found(node));
    if (*rest == '[') {
        for (const pv_node *each = node->first; each; each = each->next)
            if (!check_at(each, rest + 2, as, error))
                return false;
        return true;
    }
    rest += *rest == '.';
    size_t size = strcspn(rest, ".[?");
    const pv_node *part = pv_node_get(node, (pv_str){rest, size});
    if (!part)
        return pv_fail_at(error, PV_ERROR_SHAPE, (pv_span){node->span.start, node->span.start}, "the record needs %.*s",
                          (int)size, rest);
    return check_at(part, rest + size, as, error);
}

/* What this version does not know of it cannot ask for again. */
static bool check_options(const pv_node *options, pv_error *error) {
    const size_t start = sizeof "options." - 1;
    const pv_node *part[MOST_OPTIONS];
    pv_str keys[MOST_OPTIONS];
    size_t count = 0;
    for (size_t i = 0; i < sizeof layout / sizeof *layout; i++)
        if (strncmp(layout[i].path, "options.", start) == 0)
            keys[count++] = (pv_str){layout[i].path + start, strcspn(layout[i].path + start, "?")};
    const pv_shape shape = {"the list of options", keys, count, count};
    return pv_shape_read(&shape, options, part, error);
}

/* That it is a record at all, and of this layout: said before anything else is found wrong with it. */
static bool check_kind(const pv_node *root, pv_error *error) {
    const pv_node *schema = get(root, "record");
    const pv_span start = {root->span.start, root->span.start};
    if (pv_str_equal(pv_node_value(get(root, "kind")), PV_STR("audit-record")))
        return pv_fail_at(error, PV_ERROR_SHAPE, start,
                          "the record has the layout 1, of an earlier version of proviso, but this version reads "
                          "layout %d; make the record again with 'proviso check --record FILE'",
                          PV_RECORD_SCHEMA);
    if (!schema)
        return pv_fail_at(error, PV_ERROR_SHAPE, start,
                          "this is no record of a check; 'proviso check --record FILE' writes one");
    return (check_number(schema, "the layout", error) && number_of(schema) == PV_RECORD_SCHEMA) ||
           (error->code == PV_OK && pv_fail_at(error, PV_ERROR_SHAPE, schema->span,
                                               "the record has the layout %s, but this version of proviso reads "
                                               "layout %d",
                                               pv_message_quote(pv_node_value(schema)).text, PV_RECORD_SCHEMA));
}

/* Deals the verdicts of the report out to the inputs. */
static bool deal_verdicts(pv_check_record *record, pv_arena *arena, pv_error *error) {
    record->verdicts_of = PV_NEW_ARRAY(arena, const pv_node *, record->inputs->count);
    record->verdict_counts = PV_NEW_ARRAY(arena, size_t, record->inputs->count);
    if (!record->verdicts_of || !record->verdict_counts)
        return pv_fail_memory(error);
    const pv_node *next = record->verdicts->first;
    record->rest_count = record->verdicts->count;
    for (const pv_node *input = record->inputs->first; input; input = input->next) {
        const pv_node *count = get(input, "verdicts");
        uint64_t own = is_null(count) ? 0 : number_of(count);
        if (own > record->rest_count)
            return pv_fail_at(error, PV_ERROR_SHAPE, count->span, "the report does not have so many verdicts");
        record->verdicts_of[input->index] = next;
        record->verdict_counts[input->index] = (size_t)own;
        record->rest_count -= (size_t)own;
        for (uint64_t i = 0; i < own; i++)
            next = next->next;
    }
    record->rest = next;
    return true;
}

bool pv_check_record_read(pv_check_record *out, pv_arena *arena, const pv_document *document, pv_error *error) {
    const pv_node *root = document->root;
    if (!check_kind(root, error))
        return false;
    for (size_t i = 0; i < sizeof layout / sizeof *layout; i++)
        if (!check_at(root, layout[i].path, &layout[i], error))
            return false;
    if (!check_options(get(root, "options"), error))
        return false;
    *out = (pv_check_record){.root = root, .inputs = get(root, "inputs"), .verdicts = at_path(root, "report.verdicts")};
    if (out->inputs->count == 0)
        return pv_fail_at(error, PV_ERROR_SHAPE, out->inputs->span,
                          "the record has no inputs, so there is nothing to check");
    return deal_verdicts(out, arena, error);
}

/* ---- whether two trees say the same ---- */

static const pv_node *counterpart(const pv_node *child, const pv_node *of, const pv_node *at_same_place) {
    return child->key ? pv_node_get(of, pv_node_value(child->key)) : at_same_place;
}

/* Whether a node is the report's list of what was passed over: a record names inputs, so that its folders are not
 * searched again. */
static bool is_of_search(const pv_node *node) {
    const pv_node *report = node->parent;
    return node->key && pv_str_equal(pv_node_value(node->key), PV_STR("skipped")) && report->key &&
           pv_str_equal(pv_node_value(report->key), PV_STR("report"));
}

/* The first node of one tree that has no equal in the other; NULL when they are equal. Members may be in any order. */
static const pv_node *first_unequal(const pv_node *a, const pv_node *b) {
    if (a->kind != b->kind || a->count != b->count)
        return a;
    if (a->kind == PV_NODE_SCALAR) {
        bool same_style = (a->style == PV_SCALAR_PLAIN) == (b->style == PV_SCALAR_PLAIN);
        return same_style && pv_str_equal(pv_node_value(a), pv_node_value(b)) ? NULL : a;
    }
    const pv_node *beside = b->first;
    for (const pv_node *child = a->first; child; child = child->next) {
        const pv_node *other = counterpart(child, b, beside);
        const pv_node *unequal = !other ? child : is_of_search(child) ? NULL : first_unequal(child, other);
        if (unequal)
            return unequal;
        beside = beside->next;
    }
    return NULL;
}

static bool equal(const pv_node *a, const pv_node *b) {
    return !first_unequal(a, b);
}

/* The path of a node from the root: "report.inputs[2].matrices". */
static void write_path(pv_buf *out, const pv_node *node) {
    if (!node->parent)
        return;
    write_path(out, node->parent);
    if (node->key)
        pv_buf_format(out, "%s%.*s", out->size > 0 ? "." : "", PV_STR_ARG(pv_node_value(node->key)));
    else
        pv_buf_format(out, "[%zu]", node->index);
}

/* ---- differences ---- */

typedef struct comparing {
    pv_arena *arena;
    pv_record_differences *found;
    const pv_check_record *then;
    const pv_check_record *now;
    const pv_node *next_then; /* submissions of the reports, where the next are likely */
    const pv_node *next_now;
    bool failed; /* for want of memory */
} comparing;

/* A part of both records. */
typedef struct compared {
    const char *path;
    const char *part;
    void (*compare)(comparing *all, const struct compared *as, const pv_node *then, const pv_node *now);
    const char *what;
} compared;

__attribute__((format(printf, 3, 4))) static void differ(comparing *all, const char *part, const char *format, ...) {
    char text[MOST_BYTES];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    pv_record_difference *added = PV_NEW(all->arena, pv_record_difference);
    pv_str message = pv_arena_copy(all->arena, pv_str_from(text));
    if (!added || !message.data) {
        all->failed = true;
        return;
    }
    *added = (pv_record_difference){.part = part, .message = message};
    if (all->found->last)
        all->found->last->next = added;
    else
        all->found->first = added;
    all->found->last = added;
    all->found->count++;
}

static pv_str or_none(pv_str text) {
    return text.size > 0 ? text : PV_STR("none");
}

/* A value of something that has a name: "demo was version 1.0.0, is 1.1.0". */
static void compare_named(comparing *all, const compared *as, pv_str name, const pv_node *then, const pv_node *now) {
    pv_str was = or_none(text_at(then, ""));
    pv_str is = or_none(text_at(now, ""));
    if (!pv_str_equal(was, is))
        differ(all, as->part, "%.*s%s%.*s, is %.*s", PV_STR_ARG(name), as->what, PV_STR_ARG(was), PV_STR_ARG(is));
}

static void compare_value(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    compare_named(all, as, (pv_str){0}, then, now);
}

/* Names and what stands for them, which is none where a name is missing. */
static void compare_pairs(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    for (int side = 0; side < 2; side++)
        for (const pv_node *each = side ? now->first : then->first; each && each->key; each = each->next) {
            pv_str name = pv_node_value(each->key);
            const pv_node *was = pv_node_get(then, name);
            const pv_node *is = pv_node_get(now, name);
            if (side && was)
                continue;
            if (was && is && was->kind != PV_NODE_SCALAR && !equal(was, is))
                differ(all, as->part, "%.*s is not as it was", PV_STR_ARG(name));
            else if (!was || !is || !equal(was, is))
                differ(all, as->part, "%.*s was %.*s, is %.*s", PV_STR_ARG(name), PV_STR_ARG(or_none(text_at(was, ""))),
                       PV_STR_ARG(or_none(text_at(is, ""))));
        }
}

/* A file that a run has at most one of: its configuration, its waivers. */
static void compare_file(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    pv_str was = text_at(then, "path");
    pv_str is = text_at(now, "path");
    if (!pv_str_equal(was, is))
        differ(all, as->part, "the file was %.*s, is %.*s", PV_STR_ARG(or_none(was)), PV_STR_ARG(or_none(is)));
    else if (!equal(then, now))
        differ(all, as->part, "%.*s %s", PV_STR_ARG(was),
               text_at(now, "sha256").size > 0 ? "changed" : "cannot be read");
}

/* ---- lists ---- */

/* How elements are known again, and what is said of one that only one record has. */
typedef struct listed {
    const char *key; /* whose values agree */
    const char *gone;
    const char *added;
    void (*compare)(comparing *all, const compared *as, const pv_node *then, const pv_node *now); /* NULL: "changed" */
} listed;

/* The same element of another list: at hint, where both records are in one order; else for choice an equal one, since
 * two may have a name in common. */
static const pv_node *find_same(const pv_node *list, const pv_node *like, const char *key, const pv_node *hint) {
    const pv_node *found = NULL;
    if (hint && pv_str_equal(text_at(hint, key), text_at(like, key)))
        return hint;
    for (const pv_node *each = list ? list->first : NULL; each; each = each->next) {
        bool same = pv_str_equal(text_at(each, key), text_at(like, key));
        if (same && equal(each, like))
            return each;
        if (same && !found)
            found = each;
    }
    return found;
}

/* owner: whose they are, "demo: ". */
static void compare_lists(comparing *all, const compared *as, const listed *how, const char *owner, const pv_node *then,
                          const pv_node *now) {
    const pv_node *hint = now ? now->first : NULL;
    for (const pv_node *was = then ? then->first : NULL; was; was = was->next, hint = hint ? hint->next : NULL) {
        const pv_node *is = find_same(now, was, how->key, hint);
        if (is && how->compare)
            how->compare(all, as, was, is);
        else if (!is || !equal(was, is))
            differ(all, as->part, "%s%.*s %s", owner, PV_STR_ARG(text_at(was, how->key)), is ? "changed" : how->gone);
    }
    hint = then ? then->first : NULL;
    for (const pv_node *is = now ? now->first : NULL; is; is = is->next, hint = hint ? hint->next : NULL)
        if (!find_same(then, is, how->key, hint))
            differ(all, as->part, "%s%.*s %s", owner, PV_STR_ARG(text_at(is, how->key)), how->added);
}

static void compare_files(comparing *all, const compared *as, pv_str owner, const pv_node *then, const pv_node *now) {
    static const listed files = {"path", "is gone", "is new", NULL};
    pv_str prefix = pv_arena_format(all->arena, "%.*s: ", PV_STR_ARG(owner));
    all->failed |= !prefix.data;
    compare_lists(all, as, &files, prefix.data ? prefix.data : "", then, now);
}

static void compare_others(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    compare_files(all, as, pv_str_from(as->what), then, now);
}

static const pv_node *find_parameter(const pv_node *list, const pv_node *like) {
    const pv_node *found = NULL;
    for (const pv_node *each = list->first; each; each = each->next) {
        bool same = pv_str_equal(text_at(each, "pack"), text_at(like, "pack")) &&
                    pv_str_equal(text_at(each, "rule"), text_at(like, "rule")) &&
                    pv_str_equal(text_at(each, "name"), text_at(like, "name"));
        if (same && (!found || equal(each, like)))
            found = each;
    }
    return found;
}

static void compare_parameters(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    for (int side = 0; side < 2; side++)
        for (const pv_node *each = side ? now->first : then->first; each; each = each->next) {
            const pv_node *other = find_parameter(side ? then : now, each);
            if ((side && other) || (other && equal(each, other)))
                continue;
            pv_str was = text_at(side ? NULL : each, "value");
            pv_str is = text_at(side ? each : other, "value");
            differ(all, as->part, "%.*s of %.*s was %s%.*s, is %s%.*s", PV_STR_ARG(text_at(each, "name")),
                   PV_STR_ARG(text_at(each, "rule")), side ? "as the pack has it" : "set to ", PV_STR_ARG(was),
                   side || other ? "set to " : "as the pack has it", PV_STR_ARG(is));
        }
}

static void compare_pack(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    const compared version = {.part = as->part, .what = " was version "};
    const compared hash = {.part = as->part, .what = ": its sha256 was "};
    compare_named(all, &version, text_at(then, "id"), get(then, "version"), get(now, "version"));
    size_t before = all->found->count;
    compare_files(all, as, text_at(then, "id"), get(then, "files"), get(now, "files"));
    if (before == all->found->count)
        compare_named(all, &hash, text_at(then, "id"), get(then, "sha256"), get(now, "sha256"));
}

static void compare_packs(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    static const listed packs = {"id", "judges no input any more", "judged no input then", compare_pack};
    compare_lists(all, as, &packs, "", then, now);
}

/* ---- inputs ---- */

/* Whether the submission was judged as the run was: what changed of that has been said. */
static bool follows_run(const pv_check_record *record, const pv_node *submission) {
    return pv_str_equal(text_at(submission, "mode"), pv_check_record_text(record, "configuration.mode")) &&
           pv_str_equal(text_at(submission, "fail_on"), pv_check_record_text(record, "configuration.fail_on"));
}

/* What the reports say of a submission that was read both times. */
static void compare_submission(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    const compared level = {.part = as->part, .what = ": the level to fail on was "};
    pv_str path = text_at(then, "path");
    compare_files(all, as, path, get(then, "files"), get(now, "files"));
    if (!pv_str_equal(text_at(then, "form"), text_at(now, "form")) ||
        !pv_str_equal(text_at(then, "format"), text_at(now, "format")))
        differ(all, as->part, "%.*s was read as %.*s (%.*s), is read as %.*s (%.*s)", PV_STR_ARG(path),
               PV_STR_ARG(text_at(then, "form")), PV_STR_ARG(text_at(then, "format")), PV_STR_ARG(text_at(now, "form")),
               PV_STR_ARG(text_at(now, "format")));
    if (follows_run(all->then, then) && follows_run(all->now, now))
        return;
    if (!pv_str_equal(text_at(then, "mode"), text_at(now, "mode")))
        differ(all, as->part, "%.*s was judged in %.*s mode, is judged in %.*s mode", PV_STR_ARG(path),
               PV_STR_ARG(text_at(then, "mode")), PV_STR_ARG(text_at(now, "mode")));
    compare_named(all, &level, path, get(then, "fail_on"), get(now, "fail_on"));
}

static void compare_input(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    pv_str path = text_at(then, "path");
    pv_str was = text_at(then, "sha256");
    pv_str is = text_at(now, "sha256");
    if (!pv_str_equal(was, is))
        differ(all, as->part, "%.*s %s", PV_STR_ARG(path),
               is.size == 0    ? "is missing, or cannot be read"
               : was.size == 0 ? "could not be read, and can be now"
                               : "changed");
    if (!is_null(get(then, "verdicts")) && !is_null(get(now, "verdicts")) &&
        !equal(get(then, "pack"), get(now, "pack")))
        differ(all, as->part, "%.*s was judged by the pack %.*s, is judged by %.*s", PV_STR_ARG(path),
               PV_STR_ARG(or_none(text_at(then, "pack"))), PV_STR_ARG(or_none(text_at(now, "pack"))));
    const pv_node *submission = find_same(at_path(all->then->root, "report.inputs"), then, "path", all->next_then);
    const pv_node *other = find_same(at_path(all->now->root, "report.inputs"), then, "path", all->next_now);
    all->next_then = submission ? submission->next : all->next_then;
    all->next_now = other ? other->next : all->next_now;
    if (submission && other)
        compare_submission(all, as, submission, other);
}

static void compare_inputs(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    static const listed inputs = {"path", "is not checked any more", "was not checked then", compare_input};
    all->next_then = at_path(all->then->root, "report.inputs")->first;
    all->next_now = at_path(all->now->root, "report.inputs")->first;
    compare_lists(all, as, &inputs, "", then, now);
}

/* ---- verdicts ---- */

typedef struct rows {
    const pv_node *first;
    size_t count;
} rows;

static bool equal_rows(rows then, rows now) {
    if (then.count != now.count)
        return false;
    for (size_t i = 0; i < then.count; i++, then.first = then.first->next, now.first = now.first->next)
        if (!equal(then.first, now.first))
            return false;
    return true;
}

enum { WAIVED = PV_STATE_NOT_CHECKED + 1, COUNTED };

/* How many verdicts are of each state, and how many are waived. */
static void count_rows(rows of, size_t counts[COUNTED]) {
    for (size_t i = 0; i < of.count; i++, of.first = of.first->next) {
        pv_str state = text_at(of.first, "state");
        for (size_t k = 0; k < WAIVED; k++)
            counts[k] += pv_str_equal(state, pv_str_from(pv_state_name((pv_state)k)));
        counts[WAIVED] += !is_null(get(of.first, "waiver"));
    }
}

/* "fail was 2, is 3; …" */
static void describe_counts(pv_buf *out, rows then, rows now) {
    size_t was[COUNTED] = {0};
    size_t is[COUNTED] = {0};
    count_rows(then, was);
    count_rows(now, is);
    for (size_t i = 0; i < COUNTED; i++)
        if (was[i] != is[i])
            pv_buf_format(out, "%s%s was %zu, is %zu", out->size > 0 ? "; " : "",
                          i == WAIVED ? "waived" : pv_state_name((pv_state)i), was[i], is[i]);
}

static bool entries_of_rows(pv_verdict_entries *out, pv_arena *arena, rows of) {
    *out = (pv_verdict_entries){PV_NEW_ARRAY(arena, pv_verdict_entry, of.count), of.count, NULL};
    for (size_t i = 0; out->list && i < of.count; i++, of.first = of.first->next) {
        pv_verdict_entry *entry = &out->list[i];
        pv_str state = text_at(of.first, "state");
        *entry = (pv_verdict_entry){
            .rule = text_at(of.first, "rule"),
            .subject = text_at(of.first, "subject.name"),
            .order = (uint32_t)i,
            .message = text_at(of.first, "message"),
        };
        for (size_t k = 0; k < WAIVED; k++)
            if (pv_str_equal(state, pv_str_from(pv_state_name((pv_state)k))))
                entry->state = (pv_state)k;
        (void)pv_level_from_name(text_at(of.first, "level"), &entry->level);
        (void)pv_hex_read(text_at(of.first, "fingerprint"), &entry->fingerprint);
        entry->has_due = pv_date_parse(text_at(of.first, "due"), &entry->due);
    }
    return out->list;
}

/* Which ones are others, where it can be said: ": plot.limit of 1.1.1 (changed-wording)". */
static void name_changed(comparing *all, pv_buf *out, rows then, rows now) {
    pv_verdict_entries before;
    pv_verdict_entries after;
    pv_changes changes;
    pv_error ignored;
    size_t named = 0;
    if (!entries_of_rows(&before, all->arena, then) || !entries_of_rows(&after, all->arena, now) ||
        !pv_changes_between(&changes, all->arena, &before, &after, PV_IDENTITY_SUBJECT, &ignored)) {
        all->failed = true;
        return;
    }
    size_t differing = pv_changes_differing(&changes);
    if (differing == 0)
        pv_buf_append_text(out, ": their order, their places or the words of their rules");
    for (size_t i = 0; i < changes.count && named < MOST_NAMED; i++) {
        const pv_change *change = &changes.list[i];
        const pv_verdict_entry *entry = pv_change_entry(change);
        if (change->kind == PV_CHANGE_NONE)
            continue;
        pv_buf_format(out, "%s %.*s of %.*s (%s)", named++ > 0 ? "," : ":", PV_STR_ARG(entry->rule),
                      PV_STR_ARG(entry->subject), pv_change_name(change->kind));
    }
    if (differing > named)
        pv_buf_format(out, ", and %zu more", differing - named);
}

static void compare_rows(comparing *all, const compared *as, pv_str owner, rows then, rows now) {
    if (equal_rows(then, now))
        return;
    pv_buf text = pv_buf_on(pv_arena_memory(all->arena));
    describe_counts(&text, then, now);
    if (text.size == 0) {
        pv_buf_append_text(&text, "other verdicts, though as many of each state");
        name_changed(all, &text, then, now);
    }
    all->failed |= text.failed;
    differ(all, as->part, "%.*s: %.*s", PV_STR_ARG(owner), PV_STR_ARG(pv_buf_str(&text)));
    pv_buf_clear(&text);
}

static rows rows_of(const pv_check_record *record, const pv_node *input) {
    return (rows){record->verdicts_of[input->index], record->verdict_counts[input->index]};
}

static void compare_verdicts(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    size_t before = all->found->count;
    const pv_node *hint = all->now->inputs->first;
    for (const pv_node *was = all->then->inputs->first; was; was = was->next, hint = hint ? hint->next : NULL) {
        const pv_node *is = find_same(all->now->inputs, was, "path", hint);
        bool judged = !is_null(get(was, "verdicts"));
        if (is && judged != !is_null(get(is, "verdicts")))
            differ(all, as->part, "%.*s %s", PV_STR_ARG(text_at(was, "path")),
                   judged ? "was judged, and cannot be now" : "could not be judged, and is now");
        else if (is)
            compare_rows(all, as, text_at(was, "path"), rows_of(all->then, was), rows_of(all->now, is));
    }
    if (before == all->found->count && then->count != now->count)
        differ(all, as->part, "they were %zu, are %zu", then->count, now->count);
    else
        compare_rows(all, as, PV_STR("of no single input"), (rows){all->then->rest, all->then->rest_count},
                     (rows){all->now->rest, all->now->rest_count});
    all->found->verdicts = all->found->count - before;
}

/* ---- the rest ---- */

static bool has_equal(const pv_node *list, const pv_node *like) {
    const pv_node *each = list->first;
    while (each && !equal(each, like))
        each = each->next;
    return each;
}

static void compare_faults(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    for (const pv_node *was = then->first; was; was = was->next)
        if (!has_equal(now, was))
            differ(all, as->part, "gone: %.*s", PV_STR_ARG(text_at(was, "message")));
    for (const pv_node *is = now->first; is; is = is->next) {
        pv_str path = text_at(is, "at.path");
        if (!has_equal(then, is))
            differ(all, as->part, "new: %.*s%s%.*s", PV_STR_ARG(path), path.size > 0 ? ": " : "",
                   PV_STR_ARG(text_at(is, "message")));
    }
}

/* Where verdicts differ, the sums do too. */
static void compare_summary(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    if (all->found->verdicts == 0)
        compare_pairs(all, as, then, now);
}

/* Whatever no other row looks at: nothing is called reproduced that is not equal; nor is it said that nothing but
 * verdicts differs where another part does that is not of them. */
static void compare_whole(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    static const char *const apart[] = {"engine", "options", "configuration", "parameters", "packs"};
    const pv_node *unequal = all->found->count == 0 ? first_unequal(now, then) : NULL;
    bool only_verdicts = all->found->count > 0 && all->found->count == all->found->verdicts;
    for (size_t i = 0; only_verdicts && !unequal && i < sizeof apart / sizeof *apart; i++)
        unequal = first_unequal(get(now, apart[i]), get(then, apart[i]));
    if (!unequal)
        return;
    pv_buf path = pv_buf_on(pv_arena_memory(all->arena));
    write_path(&path, unequal);
    all->failed |= path.failed;
    differ(all, as->part, "%.*s is not as it was", PV_STR_ARG(pv_buf_str(&path)));
    pv_buf_clear(&path);
}

static const compared parts[] = {
    {"engine.version", "engine", compare_value, "proviso was "},
    {"engine.built_with", "engine", compare_pairs, NULL},
    {"configuration.file", "configuration", compare_file, NULL},
    {"configuration.lock", "lock", compare_file, NULL},
    {"configuration.others", "configuration", compare_others, "of some inputs"},
    {"configuration.waivers", "waivers", compare_file, NULL},
    {"configuration.baseline", "baseline", compare_file, NULL},
    {"configuration.mode", "configuration", compare_value, "the mode was "},
    {"configuration.fail_on", "configuration", compare_value, "the level to fail on was "},
    {"options.pack", "configuration", compare_value, "--pack was "},
    {"options.as_of", "configuration", compare_value, "--as-of was "},
    {"options.rule", "configuration", compare_value, "--rule was "},
    {"options.stdin_filename", "configuration", compare_value, "--stdin-filename was "},
    {"parameters", "configuration", compare_parameters, NULL},
    {"packs", "pack", compare_packs, NULL},
    {"inputs", "input", compare_inputs, NULL},
    {"report.verdicts", "verdicts", compare_verdicts, NULL},
    {"report.faults", "fault", compare_faults, NULL},
    {"report.summary", "summary", compare_summary, NULL},
    {"exit_status", "exit status", compare_value, "was "},
    {"", "record", compare_whole, NULL},
};

bool pv_check_record_compare(pv_record_differences *out, pv_arena *arena, const pv_check_record *then,
                             const pv_check_record *now, pv_error *error) {
    *out = (pv_record_differences){0};
    comparing all = {.arena = arena, .found = out, .then = then, .now = now};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        parts[i].compare(&all, &parts[i], at_path(then->root, parts[i].path), at_path(now->root, parts[i].path));
    return !all.failed || pv_fail_memory(error);
}
