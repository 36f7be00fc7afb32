#include "run/audit_record.h"

#include "model/message.h"
#include "model/shape.h"
#include "run/pack.h"

#define SHA256_DIGITS ((size_t)64)

static const pv_str count_keys[] = {
    PV_STR("count"),          PV_STR("pass"),        PV_STR("fail"),   PV_STR("review"),
    PV_STR("not_applicable"), PV_STR("not_checked"), PV_STR("waived"), PV_STR("sha256"),
};
#define COUNT_KEYS (sizeof count_keys / sizeof *count_keys)

const char *pv_recorded_state_name(pv_recorded_state state) {
    static const char *const names[PV_RECORDED_STATE_COUNT] = {"pass",           "fail",        "review",
                                                               "not applicable", "not checked", "waived"};
    return names[state];
}

/* ---- single values ---- */

static bool is_null(const pv_node *node) {
    return node->kind == PV_NODE_SCALAR && node->style == PV_SCALAR_PLAIN &&
           pv_str_equal(pv_node_value(node), PV_STR("null"));
}

/* A text, which may be null where it says so. */
static bool read_text(const pv_node *node, const char *what, bool may_be_null, pv_str *out, pv_error *error) {
    *out = (pv_str){0};
    if (!pv_shape_expect(node, PV_NODE_SCALAR, what, error))
        return false;
    if (!is_null(node))
        *out = pv_node_value(node);
    else if (!may_be_null)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s is null", what);
    return true;
}

static bool read_hash(const pv_node *node, bool may_be_null, pv_str *out, pv_error *error) {
    if (!read_text(node, "a sha256", may_be_null, out, error))
        return false;
    bool right = out->size == SHA256_DIGITS || (may_be_null && is_null(node));
    for (size_t i = 0; right && i < out->size; i++)
        right = (out->data[i] >= '0' && out->data[i] <= '9') || (out->data[i] >= 'a' && out->data[i] <= 'f');
    return right || pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                               "a sha256 has 64 digits from 0 to 9 and a to f, not '%s'", pv_message_quote(*out).text);
}

static bool read_number(const pv_node *node, const char *what, uint64_t *out, pv_error *error) {
    pv_str digits = {0};
    *out = 0;
    if (!read_text(node, what, false, &digits, error))
        return false;
    bool right = digits.size > 0 && digits.size < 19; /* so that it cannot overflow */
    for (size_t i = 0; right && i < digits.size; i++) {
        right = digits.data[i] >= '0' && digits.data[i] <= '9';
        *out = *out * 10 + (uint64_t)(digits.data[i] - '0');
    }
    return right || pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s must be a whole number, not '%s'", what,
                               pv_message_quote(digits).text);
}

static bool read_bool(const pv_node *node, bool *out, pv_error *error) {
    const pv_str names[] = {PV_STR("false"), PV_STR("true")};
    size_t chosen = 0;
    if (!pv_shape_choice(node, "of_folder", names, 2, &chosen, error))
        return false;
    *out = chosen == 1;
    return true;
}

/* Room for what a list holds; NULL with error filled when it is no list. */
static void *begin_list(const pv_node *node, const char *what, pv_arena *arena, size_t size, pv_error *error) {
    if (!pv_shape_expect(node, PV_NODE_SEQUENCE, what, error))
        return NULL;
    void *list = pv_arena_array(arena, node->count, size);
    if (!list)
        pv_fail_memory(error);
    return list;
}

/* ---- files, packs, parameters, faults ---- */

static bool read_file(pv_recorded_file *out, const pv_node *node, bool may_be_unread, pv_error *error) {
    static const pv_str keys[] = {PV_STR("path"), PV_STR("sha256")};
    static const pv_shape shape = {"a file", keys, 2, 2};
    const pv_node *part[2];
    return pv_shape_read(&shape, node, part, error) && read_text(part[0], "a path", false, &out->path, error) &&
           read_hash(part[1], may_be_unread, &out->sha256, error);
}

static bool read_files(pv_recorded_files *out, bool may_be_unread, pv_arena *arena, const pv_node *node,
                       pv_error *error) {
    pv_recorded_file *list = begin_list(node, "the files", arena, sizeof *list, error);
    if (!list)
        return false;
    *out = (pv_recorded_files){list, node->count};
    for (const pv_node *each = node->first; each; each = each->next)
        if (!read_file(&list[each->index], each, may_be_unread, error))
            return false;
    return true;
}

static bool read_optional_file(pv_recorded_file *out, const pv_node *node, pv_error *error) {
    return is_null(node) || read_file(out, node, true, error);
}

static bool read_packs(pv_audit_record *record, pv_arena *arena, const pv_node *node, pv_error *error) {
    enum { ID, VERSION, SHA256, FILES, COUNT };
    static const pv_str keys[COUNT] = {PV_STR("id"), PV_STR("version"), PV_STR("sha256"), PV_STR("files")};
    static const pv_shape shape = {"a pack", keys, COUNT, COUNT};
    pv_recorded_pack *list = begin_list(node, "the packs", arena, sizeof *list, error);
    if (!list)
        return false;
    for (const pv_node *each = node->first; each; each = each->next) {
        const pv_node *part[COUNT];
        pv_recorded_pack *pack = &list[each->index];
        if (!pv_shape_read(&shape, each, part, error) || !read_text(part[ID], "an id", false, &pack->id, error) ||
            !read_text(part[VERSION], "a version", false, &pack->version, error) ||
            !read_hash(part[SHA256], false, &pack->sha256, error) ||
            !read_files(&pack->files, false, arena, part[FILES], error))
            return false;
    }
    record->packs = list;
    record->pack_count = node->count;
    return true;
}

static bool read_parameters(pv_audit_record *record, pv_arena *arena, const pv_node *node, pv_error *error) {
    enum { PACK, RULE, NAME, VALUE, COUNT };
    static const pv_str keys[COUNT] = {PV_STR("pack"), PV_STR("rule"), PV_STR("name"), PV_STR("value")};
    static const pv_shape shape = {"a parameter", keys, COUNT, COUNT};
    pv_recorded_parameter *list = begin_list(node, "the parameters", arena, sizeof *list, error);
    if (!list)
        return false;
    for (const pv_node *each = node->first; each; each = each->next) {
        const pv_node *part[COUNT];
        pv_recorded_parameter *parameter = &list[each->index];
        if (!pv_shape_read(&shape, each, part, error) ||
            !read_text(part[PACK], "a pack", false, &parameter->pack, error) ||
            !read_text(part[RULE], "a rule", false, &parameter->rule, error) ||
            !read_text(part[NAME], "a name", false, &parameter->name, error) ||
            !read_text(part[VALUE], "a value", false, &parameter->value, error))
            return false;
    }
    record->parameters = list;
    record->parameter_count = node->count;
    return true;
}

static bool read_fault_place(pv_recorded_fault *out, const pv_node *node, pv_error *error) {
    enum { PATH, LINE, COLUMN, COUNT };
    static const pv_str keys[COUNT] = {PV_STR("path"), PV_STR("line"), PV_STR("column")};
    static const pv_shape shape = {"the place of a fault", keys, COUNT, 1};
    const pv_node *part[COUNT];
    if (is_null(node))
        return true;
    return pv_shape_read(&shape, node, part, error) && read_text(part[PATH], "a path", false, &out->path, error) &&
           (!part[LINE] || read_text(part[LINE], "a line", false, &out->line, error)) &&
           (!part[COLUMN] || read_text(part[COLUMN], "a column", false, &out->column, error));
}

static bool read_faults(pv_audit_record *record, pv_arena *arena, const pv_node *node, pv_error *error) {
    enum { RULE, KIND, MESSAGE, AT, COUNT };
    static const pv_str keys[COUNT] = {PV_STR("rule"), PV_STR("kind"), PV_STR("message"), PV_STR("at")};
    static const pv_shape shape = {"a fault", keys, COUNT, COUNT};
    pv_recorded_fault *list = begin_list(node, "the faults", arena, sizeof *list, error);
    if (!list)
        return false;
    for (const pv_node *each = node->first; each; each = each->next) {
        const pv_node *part[COUNT];
        pv_recorded_fault *fault = &list[each->index];
        if (!pv_shape_read(&shape, each, part, error) || !read_text(part[RULE], "a rule", true, &fault->rule, error) ||
            !read_text(part[KIND], "a kind", false, &fault->kind, error) ||
            !read_text(part[MESSAGE], "a message", false, &fault->message, error) ||
            !read_fault_place(fault, part[AT], error))
            return false;
    }
    record->faults = list;
    record->fault_count = node->count;
    return true;
}

/* ---- inputs ---- */

static bool read_counts(pv_recorded_input *input, const pv_node *node, pv_error *error) {
    static const pv_shape shape = {"what is counted of an input", count_keys, COUNT_KEYS, COUNT_KEYS};
    const pv_node *part[COUNT_KEYS];
    if (is_null(node))
        return true;
    input->judged = true;
    if (!pv_shape_read(&shape, node, part, error) || !read_number(part[0], "a count", &input->verdict_count, error))
        return false;
    for (size_t i = 0; i < PV_RECORDED_STATE_COUNT; i++)
        if (!read_number(part[i + 1], "a count", &input->states[i], error))
            return false;
    return read_hash(part[COUNT_KEYS - 1], false, &input->verdicts_sha256, error);
}

static bool read_input(pv_recorded_input *input, pv_arena *arena, const pv_node *node, pv_error *error) {
    enum { PATH, SHA256, FORM, FORMAT, PACK, MODE, FAIL_ON, FILES, VERDICTS, COUNT };
    static const pv_str keys[COUNT] = {PV_STR("path"),    PV_STR("sha256"), PV_STR("form"),
                                       PV_STR("format"),  PV_STR("pack"),   PV_STR("mode"),
                                       PV_STR("fail_on"), PV_STR("files"),  PV_STR("verdicts")};
    static const pv_shape shape = {"an input", keys, COUNT, COUNT};
    const pv_node *part[COUNT];
    return pv_shape_read(&shape, node, part, error) && read_text(part[PATH], "a path", false, &input->path, error) &&
           read_hash(part[SHA256], true, &input->sha256, error) &&
           read_text(part[FORM], "a form", true, &input->form, error) &&
           read_text(part[FORMAT], "a format", true, &input->format, error) &&
           read_text(part[PACK], "a pack", true, &input->pack, error) &&
           read_text(part[MODE], "a mode", true, &input->mode, error) &&
           read_text(part[FAIL_ON], "a level", true, &input->fail_on, error) &&
           read_files(&input->files, false, arena, part[FILES], error) && read_counts(input, part[VERDICTS], error);
}

static bool read_inputs(pv_audit_record *record, pv_arena *arena, const pv_node *node, pv_error *error) {
    pv_recorded_input *list = begin_list(node, "the inputs", arena, sizeof *list, error);
    if (!list)
        return false;
    if (node->count == 0)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "the record has no inputs, so there is nothing to check");
    for (const pv_node *each = node->first; each; each = each->next)
        if (!read_input(&list[each->index], arena, each, error))
            return false;
    record->inputs = list;
    record->input_count = node->count;
    return true;
}

/* ---- the whole ---- */

/* A mapping of names to texts or numbers. */
static bool read_pairs(pv_recorded_files *out, pv_arena *arena, const pv_node *node, const char *what,
                       pv_error *error) {
    if (!pv_shape_expect(node, PV_NODE_MAPPING, what, error))
        return false;
    pv_recorded_file *list = PV_NEW_ARRAY(arena, pv_recorded_file, node->count);
    if (!list)
        return pv_fail_memory(error);
    for (const pv_node *each = node->first; each; each = each->next) {
        list[each->index].path = pv_node_value(each->key);
        if (!read_text(each, what, false, &list[each->index].sha256, error))
            return false;
    }
    *out = (pv_recorded_files){list, node->count};
    return true;
}

static bool read_engine(pv_audit_record *record, pv_arena *arena, const pv_node *node, pv_error *error) {
    static const pv_str keys[] = {PV_STR("version"), PV_STR("built_with")};
    static const pv_shape shape = {"the engine", keys, 2, 2};
    const pv_node *part[2];
    if (!pv_shape_read(&shape, node, part, error) || !read_text(part[0], "the version", false, &record->version, error))
        return false;
    return read_pairs(&record->libraries, arena, part[1], "built_with", error);
}

static bool check_mode(const pv_node *node, pv_error *error) {
    pv_str names[PV_MODE_COUNT];
    size_t chosen;
    for (size_t i = 0; i < PV_MODE_COUNT; i++)
        names[i] = pv_str_from(pv_mode_name((pv_mode)i));
    return pv_shape_choice(node, "a mode", names, PV_MODE_COUNT, &chosen, error);
}

static bool check_level(const pv_node *node, pv_error *error) {
    const pv_str names[] = {PV_STR("note"), PV_STR("warning"), PV_STR("error")};
    size_t chosen;
    return pv_shape_choice(node, "a level", names, sizeof names / sizeof *names, &chosen, error);
}

static bool read_options(pv_audit_record *record, pv_arena *arena, const pv_node *node, pv_error *error) {
    enum {
        PACK,
        MODE,
        FAIL_ON,
        AS_OF,
        RULE,
        WAIVERS,
        BASELINE,
        STDIN_FILENAME,
        FROM,
        TEXT_COUNT,
        OF_FOLDER = TEXT_COUNT,
        COUNT
    };
    static const pv_str keys[COUNT] = {PV_STR("pack"), PV_STR("mode"),     PV_STR("fail_on"),  PV_STR("as_of"),
                                       PV_STR("rule"), PV_STR("waivers"),  PV_STR("baseline"), PV_STR("stdin_filename"),
                                       PV_STR("from"), PV_STR("of_folder")};
    static const pv_shape shape = {"the list of options", keys, COUNT, COUNT};
    pv_str *const texts[TEXT_COUNT] = {&record->pack,           &record->given_mode,     &record->given_fail_on,
                                       &record->as_of,          &record->rule,           &record->given_waivers,
                                       &record->given_baseline, &record->standard_input, &record->from};
    const pv_node *part[COUNT];
    pv_date day;
    if (!pv_shape_read(&shape, node, part, error))
        return false;
    for (size_t i = 0; i < TEXT_COUNT; i++)
        if (!read_text(part[i], "an option", i != FROM, texts[i], error))
            return false;
    return read_bool(part[OF_FOLDER], &record->of_folder, error) &&
           (is_null(part[MODE]) || check_mode(part[MODE], error)) &&
           (is_null(part[FAIL_ON]) || check_level(part[FAIL_ON], error)) &&
           (is_null(part[AS_OF]) || pv_shape_date(arena, part[AS_OF], "the day to judge by", &day, error));
}

static bool read_configuration(pv_audit_record *record, pv_arena *arena, const pv_node *node, pv_error *error) {
    enum { MODE, FAIL_ON, FILE_ITSELF, LOCK, OTHERS, WAIVERS, BASELINE, PARAMETERS, COUNT };
    static const pv_str keys[COUNT] = {PV_STR("mode"),   PV_STR("fail_on"), PV_STR("file"),     PV_STR("lock"),
                                       PV_STR("others"), PV_STR("waivers"), PV_STR("baseline"), PV_STR("parameters")};
    static const pv_shape shape = {"the configuration", keys, COUNT, COUNT};
    const pv_node *part[COUNT];
    return pv_shape_read(&shape, node, part, error) && read_text(part[MODE], "the mode", false, &record->mode, error) &&
           read_text(part[FAIL_ON], "the level", false, &record->fail_on, error) &&
           read_optional_file(&record->configuration, part[FILE_ITSELF], error) &&
           read_optional_file(&record->lock, part[LOCK], error) &&
           read_files(&record->others, true, arena, part[OTHERS], error) &&
           read_optional_file(&record->waivers, part[WAIVERS], error) &&
           read_optional_file(&record->baseline, part[BASELINE], error) &&
           read_parameters(record, arena, part[PARAMETERS], error);
}

static bool read_verdicts(pv_audit_record *record, const pv_node *node, pv_error *error) {
    static const pv_str keys[] = {PV_STR("count"), PV_STR("sha256")};
    static const pv_shape shape = {"the verdicts", keys, 2, 2};
    const pv_node *part[2];
    return pv_shape_read(&shape, node, part, error) && read_number(part[0], "a count", &record->verdict_count, error) &&
           read_hash(part[1], false, &record->verdicts_sha256, error);
}

/* That it is a record at all, and of this layout: said before anything else is found wrong with it. */
static bool check_kind(const pv_node *root, pv_error *error) {
    const pv_node *kind = pv_node_get(root, PV_STR("kind"));
    const pv_node *schema = pv_node_get(root, PV_STR("schema"));
    uint64_t number = 0;
    if (!kind || !schema || !pv_str_equal(pv_node_value(kind), PV_STR("audit-record")))
        return pv_fail_at(error, PV_ERROR_SHAPE, (pv_span){root->span.start, root->span.start},
                          "this is no record of a check; 'proviso check --record FILE' writes one");
    if (!read_number(schema, "the schema", &number, error))
        return false;
    return number == 1 || pv_fail_at(error, PV_ERROR_SHAPE, schema->span,
                                     "the record has the layout %s, but this version of proviso reads layout 1",
                                     pv_message_quote(pv_node_value(schema)).text);
}

bool pv_audit_record_read(pv_audit_record *out, pv_arena *arena, const pv_document *document, pv_error *error) {
    enum { SCHEMA, KIND, ENGINE, OPTIONS, CONFIG, PACKS, INPUTS, VERDICTS, FAULTS, SUMMARY, EXIT_STATUS, COUNT };
    static const pv_str keys[COUNT] = {PV_STR("schema"),  PV_STR("kind"),          PV_STR("engine"),
                                       PV_STR("options"), PV_STR("configuration"), PV_STR("packs"),
                                       PV_STR("inputs"),  PV_STR("verdicts"),      PV_STR("faults"),
                                       PV_STR("summary"), PV_STR("exit_status")};
    static const pv_shape shape = {"the record", keys, COUNT, COUNT};
    const pv_node *part[COUNT];
    *out = (pv_audit_record){0};
    return check_kind(document->root, error) && pv_shape_read(&shape, document->root, part, error) &&
           read_engine(out, arena, part[ENGINE], error) && read_options(out, arena, part[OPTIONS], error) &&
           read_configuration(out, arena, part[CONFIG], error) && read_packs(out, arena, part[PACKS], error) &&
           read_inputs(out, arena, part[INPUTS], error) && read_verdicts(out, part[VERDICTS], error) &&
           read_faults(out, arena, part[FAULTS], error) &&
           read_pairs(&out->summary, arena, part[SUMMARY], "the summary", error) &&
           read_number(part[EXIT_STATUS], "the exit status", &out->exit_status, error);
}
