#include "report/other/remarks.h"

#include "report/write/layout.h"
#include "report/write/markup.h"
#include "report/write/sarif.h"

/* Of each level GitHub shows so many annotations per step; the rest would vanish without a word. */
#define MOST_SHOWN ((size_t)10)

/* ---- GitHub Actions ---- */

/* By level. */
static const char *const commands[] = {"notice", "warning", "error"};

static void write_command(pv_buf *out, pv_level level, pv_str title, pv_str path, pv_position start, pv_position end) {
    char before = ' ';
    pv_buf_format(out, "::%s", commands[level]);
    if (path.size > 0) {
        pv_command_property(out, before, "file", pv_path_relative(path));
        before = ',';
        if (start.line > 0)
            pv_buf_format(out, ",line=%u,endLine=%u", (unsigned)start.line, (unsigned)end.line);
        if (start.line > 0 && start.line == end.line) /* columns are allowed only within one line */
            pv_buf_format(out, ",col=%u,endColumn=%u", (unsigned)start.column, (unsigned)end.column);
    }
    pv_command_property(out, before, "title", title);
    pv_buf_append_text(out, "::");
}

static void write_annotation(pv_buf *out, const pv_remark *remark) {
    pv_buf text = pv_buf_on(out->memory);
    pv_buf_append(&text, remark->kind->id);
    if (remark->title.size > 0)
        pv_buf_format(&text, ": %.*s", PV_STR_ARG(remark->title));
    write_command(out, remark->kind->level, pv_buf_str(&text), remark->path, remark->start, remark->end);
    pv_buf_reset(&text);
    pv_buf_append(&text, remark->message);
    if (remark->kind->remedy.size > 0)
        pv_buf_format(&text, "\nTo do: %.*s", PV_STR_ARG(remark->kind->remedy));
    pv_command_message(out, pv_buf_str(&text));
    pv_buf_append_char(out, '\n');
    out->failed |= text.failed;
    pv_buf_clear(&text);
}

static void write_fault_command(pv_buf *out, const pv_fault *fault) {
    write_command(out, PV_LEVEL_ERROR, fault->rule.size > 0 ? fault->rule : PV_STR("fault"), fault->path, fault->at,
                  fault->at);
    pv_command_message(out, fault->message);
    pv_buf_append_char(out, '\n');
}

void pv_remarks_github(pv_buf *out, const pv_remarks *remarks) {
    for (size_t level = PV_LEVEL_COUNT; level-- > 0;) {
        size_t count = 0;
        for (size_t i = 0; level == PV_LEVEL_ERROR && i < remarks->fault_count; i++)
            if (count++ < MOST_SHOWN)
                write_fault_command(out, &remarks->faults[i]);
        for (size_t i = 0; i < remarks->all.count; i++)
            if (remarks->all.items[i].kind->level == (pv_level)level && remarks->all.items[i].settled.size == 0 &&
                count++ < MOST_SHOWN)
                write_annotation(out, &remarks->all.items[i]);
        if (count <= MOST_SHOWN)
            continue;
        pv_buf_append_text(out, "and ");
        pv_buf_format(out, "%zu more %s%s, which GitHub would not show\n", count - MOST_SHOWN, commands[level],
                      count - MOST_SHOWN == 1 ? "" : "s");
    }
}

/* ---- SARIF ---- */

/* The kinds that are met, in the order in which they are. */
typedef struct kind_list {
    PV_ARRAY(const pv_remark_kind *) kinds;
    pv_arena *arena;
} kind_list;

static size_t index_of(const kind_list *list, const pv_remark_kind *kind) {
    size_t i = 0;
    while (i < list->kinds.count && list->kinds.items[i] != kind)
        i++;
    return i;
}

static bool gather_kinds(kind_list *list, const pv_remarks *remarks) {
    for (size_t i = 0; i < remarks->all.count; i++) {
        const pv_remark_kind *kind = remarks->all.items[i].kind;
        if (index_of(list, kind) < list->kinds.count)
            continue;
        const pv_remark_kind **added = PV_ARRAY_ADD(list->arena, &list->kinds);
        if (!added)
            return false;
        *added = kind;
    }
    return true;
}

static void put_location(pv_json *json, pv_str path, pv_position start, pv_position end) {
    const pv_sarif_region region = {start.line, start.column, end.line, end.column};
    pv_json_key(json, "locations");
    pv_json_array_begin(json);
    pv_json_object_begin(json);
    pv_sarif_physical_location(json, pv_path_relative(path), region, PV_STR(""));
    pv_json_object_end(json);
    pv_json_array_end(json);
}

static void write_result(pv_json *json, const pv_remark *remark, size_t index) {
    pv_buf text = pv_buf_on(json->out->memory);
    if (remark->title.size > 0)
        pv_buf_format(&text, "%.*s: ", PV_STR_ARG(remark->title));
    pv_buf_append(&text, remark->message);
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "ruleId", remark->kind->id);
    pv_json_key(json, "ruleIndex");
    pv_json_unsigned(json, index);
    pv_json_member(json, "kind", PV_STR("fail"));
    pv_json_member(json, "level", pv_str_from(pv_level_name(remark->kind->level)));
    pv_sarif_message(json, "message", &text);
    put_location(json, remark->path, remark->start, remark->end);
    if (remark->settled.size > 0)
        pv_sarif_suppression(json, remark->settled);
    pv_json_object_end(json);
    pv_buf_clear(&text);
}

static void write_kind(pv_json *json, const pv_remark_kind *kind) {
    pv_buf text = pv_buf_on(json->out->memory);
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "id", kind->id);
    pv_sarif_name(json, kind->id);
    pv_buf_append(&text, kind->says.size > 0 ? kind->says : kind->id);
    pv_buf_append_char(&text, '.');
    pv_sarif_message(json, "shortDescription", &text);
    pv_buf_append(&text, kind->remedy);
    pv_sarif_message(json, "fullDescription", &text);
    pv_buf_append(&text, kind->remedy);
    pv_sarif_message(json, "help", &text);
    pv_json_key(json, "defaultConfiguration");
    pv_json_object_begin(json);
    pv_json_member(json, "level", pv_str_from(pv_level_name(kind->level)));
    pv_json_object_end(json);
    pv_json_object_end(json);
    pv_buf_clear(&text);
}

static void write_notifications(pv_json *json, const pv_remarks *remarks) {
    pv_json_line_break(json);
    pv_json_key(json, "invocations");
    pv_json_array_begin(json);
    pv_json_object_begin(json);
    pv_json_key(json, "executionSuccessful");
    pv_json_bool(json, remarks->exit_code != 2);
    pv_json_key(json, "exitCode");
    pv_json_unsigned(json, (uint64_t)remarks->exit_code);
    pv_json_key(json, "toolExecutionNotifications");
    pv_json_array_begin(json);
    for (size_t i = 0; i < remarks->fault_count; i++) {
        const pv_fault *fault = &remarks->faults[i];
        pv_json_line_break(json);
        pv_sarif_notification(json, "error", fault->message);
        if (fault->path.size > 0)
            put_location(json, fault->path, fault->at, fault->at);
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
    pv_json_object_end(json);
    pv_json_array_end(json);
}

void pv_remarks_sarif(pv_buf *out, const pv_remarks *remarks) {
    pv_json json = pv_json_on(out);
    kind_list list = {.arena = pv_arena_new(out->memory)};
    out->failed |= !list.arena || !gather_kinds(&list, remarks);
    pv_sarif_begin(&json);
    for (size_t i = 0; !out->failed && i < remarks->all.count; i++)
        write_result(&json, &remarks->all.items[i], index_of(&list, remarks->all.items[i].kind));
    pv_json_line_break(&json);
    pv_json_array_end(&json);
    write_notifications(&json, remarks);
    pv_json_line_break(&json);
    pv_json_key(&json, "tool");
    pv_json_object_begin(&json);
    pv_json_key(&json, "driver");
    pv_json_object_begin(&json);
    pv_sarif_driver(&json, remarks->version);
    pv_json_key(&json, "rules");
    pv_json_array_begin(&json);
    for (size_t i = 0; i < list.kinds.count; i++)
        write_kind(&json, list.kinds.items[i]);
    pv_json_array_end(&json);
    pv_json_object_end(&json);
    pv_json_object_end(&json);
    pv_sarif_end(&json);
    pv_arena_free(list.arena);
}
