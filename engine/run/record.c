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
#define MOST_KEYS ((size_t)12)
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

typedef struct member member;

/* What a mapping has; a list has elements of one kind. */
struct member {
    const char *key; /* NULL: any, as of the libraries */
    const char *what;
    bool (*check)(const pv_node *node, const member *as, pv_error *error);
    bool may_be_null;
    bool is_open; /* has keys besides these: a part of the report, to which later versions may add */
    bool is_list;
    const member *parts; /* of the mapping, or of each in the list; ended by one without check */
};

static bool check_text(const pv_node *node, const member *as, pv_error *error) {
    return pv_shape_expect(node, PV_NODE_SCALAR, as->what, error) &&
           (!is_null(node) || pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s is null", as->what));
}

static bool check_hash(const pv_node *node, const member *as, pv_error *error) {
    pv_str text = pv_node_value(node);
    if (!check_text(node, as, error))
        return false;
    bool right = text.size == SHA256_DIGITS;
    for (size_t i = 0; right && i < text.size; i++)
        right = (text.data[i] >= '0' && text.data[i] <= '9') || (text.data[i] >= 'a' && text.data[i] <= 'f');
    return right || pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                               "a sha256 has 64 digits from 0 to 9 and a to f, not '%s'", pv_message_quote(text).text);
}

static bool check_number(const pv_node *node, const member *as, pv_error *error) {
    pv_str text = pv_node_value(node);
    if (!check_text(node, as, error))
        return false;
    bool right = text.size > 0 && text.size < 19; /* so that it cannot overflow */
    for (size_t i = 0; right && i < text.size; i++)
        right = text.data[i] >= '0' && text.data[i] <= '9';
    return right || pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s must be a whole number, not '%s'", as->what,
                               pv_message_quote(text).text);
}

static bool check_schema(const pv_node *node, const member *as, pv_error *error) {
    return check_number(node, as, error) &&
           (number_of(node) == PV_RECORD_SCHEMA ||
            pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                       "the record has the layout %s, but this version of proviso reads layout %d",
                       pv_message_quote(pv_node_value(node)).text, PV_RECORD_SCHEMA));
}

static bool check_fingerprint(const pv_node *node, const member *as, pv_error *error) {
    uint64_t ignored;
    return check_text(node, as, error) &&
           (pv_hex_read(pv_node_value(node), &ignored) ||
            pv_fail_at(error, PV_ERROR_SHAPE, node->span, "a fingerprint is 16 digits, 0 to 9 and a to f"));
}

static bool check_day(const pv_node *node, const member *as, pv_error *error) {
    pv_date ignored;
    return check_text(node, as, error) &&
           (pv_date_parse(pv_node_value(node), &ignored) ||
            pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s '%s' is not a date, as 2024-03-31", as->what,
                       pv_message_quote(pv_node_value(node)).text));
}

static bool check_name(const pv_node *node, const member *as, const char *(*name_of)(size_t), size_t count,
                       pv_error *error) {
    pv_str names[8];
    size_t ignored;
    for (size_t i = 0; i < count; i++)
        names[i] = pv_str_from(name_of(i));
    return pv_shape_choice(node, as->what, names, count, &ignored, error);
}

static const char *mode_name(size_t at) {
    return pv_mode_name((pv_mode)at);
}

static const char *state_name(size_t at) {
    return pv_state_name((pv_state)at);
}

static const char *level_name(size_t at) {
    return pv_level_name((pv_level)at);
}

static const char *boolean_name(size_t at) {
    return at ? "true" : "false";
}

static bool check_mode(const pv_node *node, const member *as, pv_error *error) {
    return check_name(node, as, mode_name, PV_MODE_COUNT, error);
}

static bool check_state(const pv_node *node, const member *as, pv_error *error) {
    return check_name(node, as, state_name, (size_t)PV_STATE_NOT_CHECKED + 1, error);
}

static bool check_level(const pv_node *node, const member *as, pv_error *error) {
    return check_name(node, as, level_name, PV_LEVEL_COUNT, error);
}

static bool check_boolean(const pv_node *node, const member *as, pv_error *error) {
    return check_name(node, as, boolean_name, 2, error);
}

static bool check_any(const pv_node *node, const member *as, pv_error *error) {
    (void)node, (void)as, (void)error;
    return true;
}

static bool check_parts(const pv_node *node, const member *as, pv_error *error);

#define ONE(name, is, checked)                                                                                         \
    { .key = (name), .what = (is), .check = (checked) }
#define MAYBE(name, is, checked)                                                                                       \
    { .key = (name), .what = (is), .check = (checked), .may_be_null = true }
#define OBJECT(name, is, has)                                                                                          \
    { .key = (name), .what = (is), .check = check_parts, .parts = (has) }
#define OPEN_OBJECT(name, is, has)                                                                                     \
    { .key = (name), .what = (is), .check = check_parts, .is_open = true, .parts = (has) }
#define MAYBE_OBJECT(name, is, has)                                                                                    \
    { .key = (name), .what = (is), .check = check_parts, .may_be_null = true, .parts = (has) }
#define LIST(name, is, has)                                                                                            \
    { .key = (name), .what = (is), .check = check_parts, .is_list = true, .parts = (has) }
#define OPEN_LIST(name, is, has)                                                                                       \
    { .key = (name), .what = (is), .check = check_parts, .is_list = true, .is_open = true, .parts = (has) }
#define END                                                                                                            \
    { .check = NULL }

static const member file_parts[] = {ONE("path", "a path", check_text), ONE("sha256", "a sha256", check_hash), END};
static const member unread_parts[] = {ONE("path", "a path", check_text), MAYBE("sha256", "a sha256", check_hash), END};
static const member library_parts[] = {ONE(NULL, "built_with", check_text), END};
static const member engine_parts[] = {
    ONE("version", "the version", check_text),
    OBJECT("built_with", "built_with", library_parts),
    END,
};
static const member option_parts[] = {
    MAYBE("pack", "an option", check_text),
    MAYBE("mode", "a mode", check_mode),
    MAYBE("fail_on", "a level", check_level),
    MAYBE("as_of", "the day to judge by", check_day),
    MAYBE("rule", "an option", check_text),
    MAYBE("waivers", "an option", check_text),
    MAYBE("baseline", "an option", check_text),
    MAYBE("stdin_filename", "an option", check_text),
    ONE("from", "an option", check_text),
    ONE("of_folder", "of_folder", check_boolean),
    END,
};
static const member configuration_parts[] = {
    ONE("mode", "the mode", check_text),
    ONE("fail_on", "the level", check_text),
    MAYBE_OBJECT("file", "a file", unread_parts),
    MAYBE_OBJECT("lock", "a file", unread_parts),
    LIST("others", "a file", unread_parts),
    MAYBE_OBJECT("waivers", "a file", unread_parts),
    MAYBE_OBJECT("baseline", "a file", unread_parts),
    END,
};
static const member parameter_parts[] = {
    ONE("pack", "a pack", check_text),
    ONE("rule", "a rule", check_text),
    ONE("name", "a name", check_text),
    ONE("value", "a value", check_text),
    END,
};
static const member pack_parts[] = {
    ONE("id", "an id", check_text),
    ONE("version", "a version", check_text),
    ONE("sha256", "a sha256", check_hash),
    LIST("files", "a file", file_parts),
    END,
};
static const member input_parts[] = {
    ONE("path", "a path", check_text),
    MAYBE("sha256", "a sha256", check_hash),
    MAYBE("pack", "a pack", check_text),
    MAYBE("verdicts", "a count", check_number),
    END,
};
static const member subject_parts[] = {ONE("name", "a name", check_text), END};
static const member verdict_parts[] = {
    ONE("rule", "a rule", check_text),
    ONE("state", "a state", check_state),
    ONE("level", "a level", check_level),
    ONE("message", "a message", check_text),
    OPEN_OBJECT("subject", "the subject of a verdict", subject_parts),
    MAYBE("due", "the day", check_day),
    ONE("fingerprint", "a fingerprint", check_fingerprint),
    ONE("waiver", "a waiver", check_any),
    END,
};
static const member submission_parts[] = {
    ONE("path", "a path", check_text),
    ONE("sha256", "a sha256", check_hash),
    ONE("form", "a form", check_text),
    ONE("format", "a format", check_text),
    ONE("mode", "a mode", check_mode),
    ONE("fail_on", "a level", check_level),
    END,
};
static const member place_parts[] = {ONE("path", "a path", check_text), END};
static const member fault_parts[] = {
    MAYBE("rule", "a rule", check_text),
    ONE("kind", "a kind", check_text),
    ONE("message", "a message", check_text),
    {.key = "at",
     .what = "the place of a fault",
     .check = check_parts,
     .may_be_null = true,
     .is_open = true,
     .parts = place_parts},
    END,
};
static const member summary_parts[] = {ONE(NULL, "a count", check_any), END};
static const member report_parts[] = {
    OPEN_LIST("verdicts", "a verdict", verdict_parts),
    OPEN_LIST("inputs", "a submission", submission_parts),
    OPEN_LIST("faults", "a fault", fault_parts),
    OBJECT("summary", "the summary", summary_parts),
    END,
};
static const member record_parts[] = {
    ONE("record", "the layout", check_schema),
    OBJECT("engine", "the engine", engine_parts),
    OBJECT("options", "the list of options", option_parts),
    OBJECT("configuration", "the configuration", configuration_parts),
    OPEN_OBJECT("report", "the report", report_parts),
    LIST("parameters", "a parameter", parameter_parts),
    LIST("packs", "a pack", pack_parts),
    LIST("inputs", "an input", input_parts),
    ONE("exit_status", "the exit status", check_number),
    END,
};
static const member whole = OBJECT(NULL, "the record", record_parts);

/* ---- reading ---- */

static bool check_part(const pv_node *node, const member *as, pv_error *error) {
    return (as->may_be_null && is_null(node)) || as->check(node, as, error);
}

static bool check_open(const pv_node *node, const member *as, const pv_node **part, pv_error *error) {
    if (!pv_shape_expect(node, PV_NODE_MAPPING, as->what, error))
        return false;
    for (size_t i = 0; as->parts[i].check; i++) {
        part[i] = get(node, as->parts[i].key);
        if (!part[i])
            return pv_fail_at(error, PV_ERROR_SHAPE, (pv_span){node->span.start, node->span.start}, "%s needs %s",
                              as->what, as->parts[i].key);
    }
    return true;
}

static bool check_closed(const pv_node *node, const member *as, const pv_node **part, pv_error *error) {
    pv_str keys[MOST_KEYS];
    size_t count = 0;
    for (; as->parts[count].check; count++)
        keys[count] = pv_str_from(as->parts[count].key);
    const pv_shape shape = {as->what, keys, count, count};
    return pv_shape_read(&shape, node, part, error);
}

static bool check_mapping(const pv_node *node, const member *as, pv_error *error) {
    const pv_node *part[MOST_KEYS];
    if (!as->parts->key) { /* any keys, and what stands for each is of one kind */
        if (!pv_shape_expect(node, PV_NODE_MAPPING, as->what, error))
            return false;
        for (const pv_node *each = node->first; each; each = each->next)
            if (!check_part(each, as->parts, error))
                return false;
        return true;
    }
    if (!(as->is_open ? check_open : check_closed)(node, as, part, error))
        return false;
    for (size_t i = 0; as->parts[i].check; i++)
        if (!check_part(part[i], &as->parts[i], error))
            return false;
    return true;
}

static bool check_parts(const pv_node *node, const member *as, pv_error *error) {
    if (!as->is_list)
        return check_mapping(node, as, error);
    if (!pv_shape_expect(node, PV_NODE_SEQUENCE, as->key, error))
        return false;
    for (const pv_node *each = node->first; each; each = each->next)
        if (!check_mapping(each, as, error))
            return false;
    return true;
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
    return check_schema(schema, record_parts, error);
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
    if (!check_kind(root, error) || !check_part(root, &whole, error))
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
        const pv_node *unequal = other ? first_unequal(child, other) : child;
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

static void compare_value(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    pv_str was = text_at(then, "");
    pv_str is = text_at(now, "");
    if (!pv_str_equal(was, is))
        differ(all, as->part, "%s%swas %.*s, is %.*s", as->what ? as->what : "", as->what ? " " : "",
               PV_STR_ARG(or_none(was)), PV_STR_ARG(or_none(is)));
}

/* Names and what stands for them, which is none where a name is missing. */
static void compare_pairs(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    for (const pv_node *was = then->first; was; was = was->next) {
        const pv_node *is = pv_node_get(now, pv_node_value(was->key));
        if (is && was->kind != PV_NODE_SCALAR && !equal(was, is))
            differ(all, as->part, "%.*s is not as it was", PV_STR_ARG(pv_node_value(was->key)));
        else if (!is || !equal(was, is))
            differ(all, as->part, "%.*s was %.*s, is %.*s", PV_STR_ARG(pv_node_value(was->key)),
                   PV_STR_ARG(pv_node_value(was)), PV_STR_ARG(is ? pv_node_value(is) : PV_STR("none")));
    }
    for (const pv_node *is = now->first; is; is = is->next)
        if (!pv_node_get(then, pv_node_value(is->key)))
            differ(all, as->part, "%.*s was none, is %.*s", PV_STR_ARG(pv_node_value(is->key)),
                   PV_STR_ARG(pv_node_value(is)));
}

/* Elements of lists that are the same thing: their values at these paths agree. */
typedef const char *const identity[4];
static identity by_path = {"path"};
static identity by_id = {"id"};
static identity by_parameter = {"pack", "rule", "name"};

static bool is_same(const pv_node *one, const pv_node *other, identity keys) {
    for (size_t i = 0; keys[i]; i++)
        if (!pv_str_equal(text_at(one, keys[i]), text_at(other, keys[i])))
            return false;
    return true;
}

/* The same in list, for choice one that is equal: two may have a name in common. */
static const pv_node *find_same(const pv_node *list, const pv_node *like, identity keys) {
    const pv_node *found = NULL;
    for (const pv_node *each = list->first; each; each = each->next) {
        if (!is_same(each, like, keys))
            continue;
        if (equal(each, like))
            return each;
        if (!found)
            found = each;
    }
    return found;
}

/* owner: whose files they are. */
static void compare_files(comparing *all, const char *part, pv_str owner, const pv_node *then, const pv_node *now) {
    for (const pv_node *was = then ? then->first : NULL; was; was = was->next) {
        const pv_node *is = now ? find_same(now, was, by_path) : NULL;
        if (!is || !equal(was, is))
            differ(all, part, "%.*s: %.*s %s", PV_STR_ARG(owner), PV_STR_ARG(text_at(was, "path")),
                   is ? "changed" : "is gone");
    }
    for (const pv_node *is = now ? now->first : NULL; is; is = is->next)
        if (!then || !find_same(then, is, by_path))
            differ(all, part, "%.*s: %.*s is new", PV_STR_ARG(owner), PV_STR_ARG(text_at(is, "path")));
}

static void compare_others(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    compare_files(all, as->part, pv_str_from(as->what), then, now);
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

static void compare_parameters(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    for (const pv_node *was = then->first; was; was = was->next) {
        const pv_node *is = find_same(now, was, by_parameter);
        if (!is || !equal(was, is))
            differ(all, as->part, "%.*s of %.*s was set to %.*s, is %s%.*s", PV_STR_ARG(text_at(was, "name")),
                   PV_STR_ARG(text_at(was, "rule")), PV_STR_ARG(text_at(was, "value")),
                   is ? "set to " : "as the pack has it", PV_STR_ARG(is ? text_at(is, "value") : (pv_str){0}));
    }
    for (const pv_node *is = now->first; is; is = is->next)
        if (!find_same(then, is, by_parameter))
            differ(all, as->part, "%.*s of %.*s was as the pack has it, is set to %.*s",
                   PV_STR_ARG(text_at(is, "name")), PV_STR_ARG(text_at(is, "rule")), PV_STR_ARG(text_at(is, "value")));
}

static void compare_pack(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    pv_str id = text_at(then, "id");
    if (!pv_str_equal(text_at(then, "version"), text_at(now, "version")))
        differ(all, as->part, "%.*s was version %.*s, is %.*s", PV_STR_ARG(id), PV_STR_ARG(text_at(then, "version")),
               PV_STR_ARG(text_at(now, "version")));
    size_t before = all->found->count;
    compare_files(all, as->part, id, get(then, "files"), get(now, "files"));
    if (before == all->found->count && !pv_str_equal(text_at(then, "sha256"), text_at(now, "sha256")))
        differ(all, as->part, "%.*s: its sha256 was %.*s, is %.*s", PV_STR_ARG(id), PV_STR_ARG(text_at(then, "sha256")),
               PV_STR_ARG(text_at(now, "sha256")));
}

static void compare_packs(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    for (const pv_node *was = then->first; was; was = was->next) {
        const pv_node *is = find_same(now, was, by_id);
        if (is)
            compare_pack(all, as, was, is);
        else
            differ(all, as->part, "%.*s judges no input any more", PV_STR_ARG(text_at(was, "id")));
    }
    for (const pv_node *is = now->first; is; is = is->next)
        if (!find_same(then, is, by_id))
            differ(all, as->part, "%.*s judged no input then", PV_STR_ARG(text_at(is, "id")));
}

/* ---- inputs ---- */

/* The input of this path; at its place in the other record, but for a damaged one. */
static const pv_node *find_input(const pv_node *inputs, const pv_node *like, const pv_node *hint) {
    return hint && is_same(hint, like, by_path) ? hint : find_same(inputs, like, by_path);
}

/* Whether the submission was judged as the run was: what changed of that has been said. */
static bool follows_run(const pv_check_record *record, const pv_node *submission) {
    return pv_str_equal(text_at(submission, "mode"), pv_check_record_text(record, "configuration.mode")) &&
           pv_str_equal(text_at(submission, "fail_on"), pv_check_record_text(record, "configuration.fail_on"));
}

/* What the reports say of a submission that was read both times. */
static void compare_submission(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    pv_str path = text_at(then, "path");
    pv_str form = text_at(then, "form");
    pv_str format = text_at(then, "format");
    if (!pv_str_equal(form, text_at(now, "form")) || !pv_str_equal(format, text_at(now, "format")))
        differ(all, as->part, "%.*s was read as %.*s (%.*s), is read as %.*s (%.*s)", PV_STR_ARG(path),
               PV_STR_ARG(form), PV_STR_ARG(format), PV_STR_ARG(text_at(now, "form")),
               PV_STR_ARG(text_at(now, "format")));
    if (follows_run(all->then, then) && follows_run(all->now, now))
        return;
    if (!pv_str_equal(text_at(then, "mode"), text_at(now, "mode")))
        differ(all, as->part, "%.*s was judged in %.*s mode, is judged in %.*s mode", PV_STR_ARG(path),
               PV_STR_ARG(text_at(then, "mode")), PV_STR_ARG(text_at(now, "mode")));
    if (!pv_str_equal(text_at(then, "fail_on"), text_at(now, "fail_on")))
        differ(all, as->part, "%.*s: the level to fail on was %.*s, is %.*s", PV_STR_ARG(path),
               PV_STR_ARG(text_at(then, "fail_on")), PV_STR_ARG(text_at(now, "fail_on")));
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
    const pv_node *judged_then = is_null(get(then, "verdicts")) ? NULL : get(then, "pack");
    const pv_node *judged_now = is_null(get(now, "verdicts")) ? NULL : get(now, "pack");
    if (judged_then && judged_now && !equal(judged_then, judged_now))
        differ(all, as->part, "%.*s was judged by the pack %.*s, is judged by %.*s", PV_STR_ARG(path),
               PV_STR_ARG(or_none(text_at(then, "pack"))), PV_STR_ARG(or_none(text_at(now, "pack"))));
}

static void compare_inputs(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    const pv_node *submissions_then = at_path(all->then->root, "report.inputs");
    const pv_node *submissions_now = at_path(all->now->root, "report.inputs");
    const pv_node *hint = now->first;
    const pv_node *next_then = submissions_then->first;
    const pv_node *next_now = submissions_now->first;
    for (const pv_node *was = then->first; was; was = was->next, hint = hint ? hint->next : NULL) {
        const pv_node *is = find_input(now, was, hint);
        if (!is) {
            differ(all, as->part, "%.*s is not checked any more", PV_STR_ARG(text_at(was, "path")));
            continue;
        }
        compare_input(all, as, was, is);
        const pv_node *submission_then = find_input(submissions_then, was, next_then);
        const pv_node *submission_now = find_input(submissions_now, was, next_now);
        next_then = submission_then ? submission_then->next : next_then;
        next_now = submission_now ? submission_now->next : next_now;
        if (!submission_then || !submission_now)
            continue;
        compare_files(all, as->part, text_at(was, "path"), get(submission_then, "files"), get(submission_now, "files"));
        compare_submission(all, as, submission_then, submission_now);
    }
    hint = then->first;
    for (const pv_node *is = now->first; is; is = is->next, hint = hint ? hint->next : NULL)
        if (!find_input(then, is, hint))
            differ(all, as->part, "%.*s was not checked then", PV_STR_ARG(text_at(is, "path")));
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
            counts[k] += pv_str_equal(state, pv_str_from(state_name(k)));
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
                          i == WAIVED ? "waived" : state_name(i), was[i], is[i]);
}

static bool entries_of_rows(pv_verdict_entries *out, pv_arena *arena, rows of) {
    *out = (pv_verdict_entries){PV_NEW_ARRAY(arena, pv_verdict_entry, of.count), of.count};
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
            if (pv_str_equal(state, pv_str_from(state_name(k))))
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
        const pv_node *is = find_input(all->now->inputs, was, hint);
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

/* Whatever no other row looks at: nothing is called reproduced that is not equal. */
static void compare_whole(comparing *all, const compared *as, const pv_node *then, const pv_node *now) {
    const pv_node *unequal = all->found->count == 0 ? first_unequal(now, then) : NULL;
    pv_buf path = pv_buf_on(pv_arena_memory(all->arena));
    if (!unequal)
        return;
    write_path(&path, unequal);
    all->failed |= path.failed;
    differ(all, as->part, "%.*s is not as it was", PV_STR_ARG(pv_buf_str(&path)));
    pv_buf_clear(&path);
}

static const compared parts[] = {
    {"engine.version", "engine", compare_value, "proviso"},
    {"engine.built_with", "engine", compare_pairs, NULL},
    {"configuration.file", "configuration", compare_file, NULL},
    {"configuration.lock", "lock", compare_file, NULL},
    {"configuration.others", "configuration", compare_others, "of some inputs"},
    {"configuration.waivers", "waivers", compare_file, NULL},
    {"configuration.baseline", "baseline", compare_file, NULL},
    {"configuration.mode", "configuration", compare_value, "the mode"},
    {"configuration.fail_on", "configuration", compare_value, "the level to fail on"},
    {"options.pack", "configuration", compare_value, "--pack"},
    {"options.as_of", "configuration", compare_value, "--as-of"},
    {"options.rule", "configuration", compare_value, "--rule"},
    {"options.stdin_filename", "configuration", compare_value, "--stdin-filename"},
    {"parameters", "configuration", compare_parameters, NULL},
    {"packs", "pack", compare_packs, NULL},
    {"inputs", "input", compare_inputs, NULL},
    {"report.verdicts", "verdicts", compare_verdicts, NULL},
    {"report.faults", "fault", compare_faults, NULL},
    {"report.summary", "summary", compare_summary, NULL},
    {"exit_status", "exit status", compare_value, NULL},
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
