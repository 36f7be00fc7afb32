/* What is said about the form's tables and repeated measures, about forms that are filed as tables, and what the pack
 * has settled. */
#include <stdlib.h>

#include "model/message.h"
#include "run/lint_p.h"

/* ---- names that mean two rows ---- */

/* One way to call a row of a table, or what it must not be taken for. */
typedef struct row_name {
    uint64_t key;
    size_t row;
    bool is_alias;
    bool is_other; /* of `not_to_confuse` */
    pv_str text;
    pv_span at;
} row_name;

typedef struct row_names {
    pv_lint *lint;
    const pv_table *table;
    PV_ARRAY(row_name) all;
    pv_error *error;
} row_names;

static bool add_name(row_names *names, size_t row, const pv_text *text, bool is_alias, bool is_other) {
    row_name *added = PV_ARRAY_ADD(names->lint->arena, &names->all);
    if (!added)
        return pv_fail_memory(names->error);
    *added = (row_name){0, row, is_alias, is_other, text->value, text->span};
    return pv_synonym_key(names->lint->arena, text->value, &added->key, names->error);
}

static bool add_elements(row_names *names, size_t row, pv_str column, bool is_other) {
    const pv_value *value = pv_value_list_get(&names->table->rows[row], column);
    if (!value || !pv_value_is_known(value) || value->spec->type != PV_TYPE_LIST)
        return true;
    for (size_t i = 0; i < value->element_count; i++)
        if (!add_name(names, row, &value->elements[i], !is_other, is_other))
            return false;
    return true;
}

static int compare_names(const void *left, const void *right) {
    const row_name *a = left;
    const row_name *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->at.start > b->at.start) - (a->at.start < b->at.start);
}

/* Whether two equal names cannot both stand. Rows of one name are one thing, told in several. */
static bool do_clash(const row_name *a, const row_name *b) {
    if (a->row == b->row)
        return (a->is_other && b->is_alias) || (a->is_alias && b->is_other);
    return !a->is_other && !b->is_other && (a->is_alias || b->is_alias);
}

static bool tell_clash(const row_names *names, const row_name *earlier, const row_name *later) {
    const row_name *at = later->is_alias ? later : earlier;
    const row_name *other = at == later ? earlier : later;
    const pv_source *source = names->lint->pack->form->source;
    pv_str own = pv_row_title(&names->table->rows[at->row]);
    pv_str others = pv_row_title(&names->table->rows[other->row]);
    bool told = at->row == other->row
                    ? pv_lint_add(names->lint, PV_LINT_ALIAS_AMBIGUOUS, PV_STR(""), source, at->at, names->error,
                                  "“%.*s” is an alias of %.*s, and what that is not to be confused with",
                                  PV_STR_ARG(at->text), PV_STR_ARG(own))
                    : pv_lint_add(names->lint, PV_LINT_ALIAS_AMBIGUOUS, PV_STR(""), source, at->at, names->error,
                                  "“%.*s” is a name of %.*s and of %.*s, so that nobody can tell which of them a text "
                                  "means",
                                  PV_STR_ARG(at->text), PV_STR_ARG(own), PV_STR_ARG(others));
    return told && pv_lint_about(names->lint, "tables", names->table->name, names->error);
}

/* Each name is told against the first before it that clashes with it. */
static bool tell_clashes(const row_names *names) {
    for (size_t i = 1; i < names->all.count; i++)
        for (size_t k = i; k-- > 0 && names->all.items[k].key == names->all.items[i].key;)
            if (do_clash(&names->all.items[k], &names->all.items[i])) {
                if (!tell_clash(names, &names->all.items[k], &names->all.items[i]))
                    return false;
                break;
            }
    return true;
}

bool pv_lint_aliases(pv_lint *lint, pv_error *error) {
    const pv_form *form = lint->pack->form;
    for (size_t i = 0; i < form->table_count; i++) {
        row_names names = {.lint = lint, .table = &form->tables[i], .error = error};
        for (size_t row = 0; row < names.table->row_count; row++) {
            const pv_value *name = pv_value_list_get(&names.table->rows[row], PV_STR("name"));
            if (name && pv_value_is_known(name) && pv_value_is_text(name->spec) &&
                !add_name(&names, row, &name->text, false, false))
                return false;
            if (!add_elements(&names, row, PV_STR("aliases"), false) ||
                !add_elements(&names, row, PV_STR("not_to_confuse"), true))
                return false;
        }
        if (names.all.count > 1)
            qsort(names.all.items, names.all.count, sizeof *names.all.items, compare_names);
        if (!tell_clashes(&names))
            return false;
    }
    return true;
}

/* ---- measures for each row of what may have none ---- */

/* A mandatory one is missing where there is no row, which its author may not have meant. */
bool pv_lint_repeats(pv_lint *lint, pv_error *error) {
    const pv_form *form = lint->pack->form;
    for (size_t i = 0; i < form->measure_count; i++) {
        const pv_measure *measure = &form->measures[i];
        const pv_record_spec *records = measure->for_records;
        bool is_open = records && measure->obligation == PV_OBLIGATION_MANDATORY && records->least == 0 &&
                       !records->only_if && !measure->only_if;
        if (is_open && (!pv_lint_add(lint, PV_LINT_FORM_ROWS, PV_STR(""), form->source, measure->at, error,
                                     "measure %.*s is mandatory for each row of %.*s, of which a filing need not give "
                                     "any: where there is none, the measure is missing",
                                     PV_STR_ARG(measure->id), PV_STR_ARG(records->name)) ||
                        !pv_lint_about(lint, "measures", measure->id, error)))
            return false;
    }
    return true;
}

/* ---- forms that may be filed as a table ---- */

static bool is_asked_of_all(const pv_measure *measure) {
    return measure->obligation == PV_OBLIGATION_MANDATORY && !measure->only_if;
}

/* A group in another is asked for only where it is begun. */
static bool is_group_asked_of_all(const pv_group *group) {
    return group->choose > 0 && !group->group;
}

/* What can be required of a filing in CSV and can stand in none: one remark for all of it. */
bool pv_lint_csv(pv_lint *lint, pv_error *error) {
    const pv_form *form = lint->pack->form;
    pv_str first = PV_STR("");
    size_t count = 0;
    for (size_t i = 0; form->headings && i < form->measure_count; i++)
        if (is_asked_of_all(&form->measures[i]) && count++ == 0)
            first = form->measures[i].id;
    size_t groups = 0;
    pv_str group = PV_STR("");
    for (size_t i = 0; form->headings && i < form->group_count; i++)
        if (is_group_asked_of_all(&form->groups[i]) && groups++ == 0)
            group = form->groups[i].id;
    if (count + groups == 0)
        return true;
    bool is_group = count == 0;
    pv_str others = pv_arena_format(lint->arena, count + groups > 1 ? " and %zu more" : "", count + groups - 1);
    if (!others.data)
        return pv_fail_memory(error);
    if (!pv_lint_add(lint, PV_LINT_CSV_MANDATORY, PV_STR(""), form->source, form->headings->at, error,
                     "the form may be filed as CSV, where no measure can be answered, and it asks of every filing for "
                     "%s %s%.*s: each filing in CSV lacks that",
                     is_group ? "group" : "measure", pv_message_quote(is_group ? group : first).text,
                     PV_STR_ARG(others)))
        return false;
    lint->findings.items[lint->findings.count - 1].about = pv_source_slice(form->source, form->headings->at);
    return true;
}

/* ---- what is settled ---- */

static bool settles(const pv_settled *settled, const pv_lint_finding *finding) {
    return pv_str_equal(settled->remark, pv_lint_kind_of(finding->id)->name) &&
           pv_str_equal(settled->where, finding->about) &&
           (settled->words.size == 0 ||
            pv_str_equal(settled->words, pv_str_trim(pv_source_slice(finding->source, finding->at))));
}

/* Takes out what it settles; false only for memory. */
static bool settle(pv_lint *lint, const pv_settled *settled, size_t *count, pv_error *error) {
    size_t kept = 0;
    *count = 0;
    for (size_t i = 0; i < lint->findings.count; i++) {
        pv_lint_finding *finding = &lint->findings.items[i];
        if (!settles(settled, finding)) {
            lint->findings.items[kept++] = *finding;
            continue;
        }
        pv_lint_finding *moved = PV_ARRAY_ADD(lint->arena, &lint->settled);
        if (!moved)
            return pv_fail_memory(error);
        *moved = *finding;
        moved->settled = settled;
        ++*count;
    }
    lint->findings.count = kept;
    return true;
}

static const pv_lint_kind *kind_named(pv_str name) {
    for (size_t id = 0; id < PV_LINT_COUNT; id++)
        if (pv_str_equal(name, pv_lint_kind_of((pv_lint_id)id)->name))
            return pv_lint_kind_of((pv_lint_id)id);
    return NULL;
}

/* Whether the remark is one that may be settled; says so where it is not. */
static bool check_remark(pv_lint *lint, const pv_settled *settled, bool *may, pv_error *error) {
    const pv_source *manifest = lint->pack->manifest->source;
    const pv_lint_kind *kind = kind_named(settled->remark);
    pv_str names[PV_LINT_COUNT];
    *may = kind && pv_lint_may_be_settled(kind);
    if (*may)
        return true;
    if (kind)
        return pv_lint_add(lint, PV_LINT_SETTLED_UNKNOWN, PV_STR(""), manifest, settled->at, error,
                           "%.*s may mean wrong verdicts, and cannot be settled", PV_STR_ARG(kind->name));
    for (size_t id = 0; id < PV_LINT_COUNT; id++)
        names[id] = pv_lint_kind_of((pv_lint_id)id)->name;
    return pv_lint_add(lint, PV_LINT_SETTLED_UNKNOWN, PV_STR(""), manifest, settled->at, error,
                       "lint makes no remark '%s'%s", pv_message_quote(settled->remark).text,
                       pv_message_hint(settled->remark, names, PV_LINT_COUNT).text);
}

bool pv_lint_settle(pv_lint *lint, pv_error *error) {
    const pv_manifest *manifest = lint->pack->manifest;
    for (size_t i = 0; i < manifest->settled_count; i++) {
        const pv_settled *settled = &manifest->settled[i];
        bool may;
        size_t count = 0;
        if (!check_remark(lint, settled, &may, error))
            return false;
        if (!may)
            continue;
        if (!settle(lint, settled, &count, error))
            return false;
        if (count == 0 && !pv_lint_add(lint, PV_LINT_SETTLED_UNUSED, PV_STR(""), manifest->source, settled->at, error,
                                       "%.*s is settled at %s, where lint remarks nothing of that kind%s",
                                       PV_STR_ARG(settled->remark), pv_message_quote(settled->where).text,
                                       settled->words.size > 0 ? " of these words" : ""))
            return false;
    }
    return true;
}
