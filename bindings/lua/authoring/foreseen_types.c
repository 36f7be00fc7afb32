/* What is known of values without running a rule: types, as the registration records and the form write them. */
#include "lua/authoring/foreseen_types_p.h"

#include <string.h>

#include "lua/rules/rules.h"
#include "lua/sandbox/sandbox.h"
#include "lua/values/values.h"
#include "lua/vocabulary/vocabulary.h"

/* ---- types as they are written ---- */

static const pv_seen *keep(pv_seen_language *all, pv_seen type) {
    pv_seen *kept = PV_NEW(all->arena, pv_seen);
    if (kept)
        *kept = type;
    all->refused |= !kept;
    return kept;
}

static pv_seen list_of(pv_seen_language *all, pv_seen element) {
    return (pv_seen){.kind = PV_SEEN_LIST, .element = keep(all, element)};
}

static const pv_class *class_named(pv_str name) {
    for (const pv_class *const *each = pv_classes; *each; each++)
        if (pv_str_equal(pv_str_from((*each)->name), name))
            return *each;
    return NULL;
}

/* One type, without alternatives. */
static pv_seen written_one(pv_seen_language *all, pv_str written, const void *of, const pv_seen *element) {
    static const struct {
        const char *name;
        pv_seen_kind kind;
    } plain[] = {
        {"string", PV_SEEN_STRING}, {"integer", PV_SEEN_NUMBER}, {"boolean", PV_SEEN_BOOLEAN}, {"nil", PV_SEEN_NIL}};
    const pv_str list = PV_STR("list of ");
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (pv_str_equal(written, pv_str_from(plain[i].name)))
            return (pv_seen){.kind = plain[i].kind};
    if (pv_str_equal(written, PV_STR("element")))
        return element ? *element : PV_SEEN_NOTHING;
    if (pv_str_equal(written, PV_STR("list")))
        return list_of(all, PV_SEEN_NOTHING);
    if (pv_str_starts_with(written, PV_STR("\"")))
        return (pv_seen){.kind = PV_SEEN_STRING};
    const pv_class *class = class_named(written);
    if (class)
        return (pv_seen){.kind = PV_SEEN_OBJECT, .class = class, .of = of};
    if (pv_str_starts_with(written, list))
        return list_of(all, written_one(all, pv_str_slice(written, list.size, written.size), of, element));
    return PV_SEEN_NOTHING;
}

static pv_seen read_written(pv_seen_language *all, pv_str written, const void *of, const pv_seen *element) {
    const pv_str bar = PV_STR(" | ");
    pv_seen joined = {.kind = PV_SEEN_NIL};
    if (written.size == 0)
        return PV_SEEN_NOTHING;
    for (size_t start = 0; start <= written.size;) {
        size_t end = pv_str_find(written, bar, start);
        if (end == SIZE_MAX)
            end = written.size;
        pv_str one = pv_str_trim(pv_str_slice(written, start, end));
        if (pv_str_ends_with(one, PV_STR("?")))
            one.size--;
        joined = pv_seen_join(joined, written_one(all, one, of, element));
        start = end + bar.size;
    }
    if (joined.kind == PV_SEEN_STRING && pv_str_starts_with(written, PV_STR("\"")))
        joined.choices = written;
    return joined;
}

pv_seen pv_seen_written(pv_seen_language *all, pv_str written, const void *of, const pv_seen *element) {
    if (of || element)
        return read_written(all, written, of, element);
    pv_seen_memo *memo = &all->memos[((uintptr_t)written.data / 4 + written.size) % PV_SEEN_MEMOS];
    if (memo->written.data != written.data || memo->written.size != written.size)
        *memo = (pv_seen_memo){written, read_written(all, written, NULL, NULL)};
    return memo->type;
}

pv_str pv_seen_result(pv_str written, size_t number) {
    const pv_str comma = PV_STR(", ");
    size_t start = 0;
    for (; number > 0; number--) {
        size_t end = pv_str_find(written, comma, start);
        if (end == SIZE_MAX)
            return PV_STR("");
        start = end + comma.size;
    }
    size_t end = pv_str_find(written, comma, start);
    return pv_str_slice(written, start, end == SIZE_MAX ? written.size : end);
}

/* ---- two types as one ---- */

bool pv_seen_is_same(pv_seen a, pv_seen b) {
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case PV_SEEN_OBJECT:
        return a.class == b.class && a.of == b.of;
    case PV_SEEN_LIST:
        return a.element == b.element || (a.element && b.element && pv_seen_is_same(*a.element, *b.element));
    case PV_SEEN_CLOSURE:
        return a.closure == b.closure;
    case PV_SEEN_FUNCTION:
        return a.signature == b.signature && pv_str_equal(a.name, b.name);
    case PV_SEEN_LIBRARY:
        return a.library == b.library;
    case PV_SEEN_TABLE:
        return false;
    case PV_SEEN_STRING:
        return pv_str_equal(a.choices, b.choices);
    case PV_SEEN_UNKNOWN:
    case PV_SEEN_NIL:
    case PV_SEEN_BOOLEAN:
    case PV_SEEN_NUMBER:
        break;
    }
    return true;
}

pv_seen pv_seen_join(pv_seen a, pv_seen b) {
    if (a.kind == PV_SEEN_NIL)
        return b;
    if (b.kind == PV_SEEN_NIL || pv_seen_is_same(a, b))
        return a;
    if (a.kind == PV_SEEN_STRING && b.kind == PV_SEEN_STRING)
        return (pv_seen){.kind = PV_SEEN_STRING};
    if (a.kind == PV_SEEN_OBJECT && b.kind == PV_SEEN_OBJECT && a.class == b.class && a.class != &pv_parameters_class)
        return (pv_seen){.kind = PV_SEEN_OBJECT, .class = a.class};
    return PV_SEEN_NOTHING;
}

/* ---- members ---- */

static const pv_language_class *described(const pv_seen_language *all, const pv_class *class) {
    for (size_t i = 0; pv_classes[i]; i++)
        if (pv_classes[i] == class)
            return &all->language->classes[i];
    return NULL;
}

static const pv_language_name *find_name(const pv_language_name *names, size_t count, pv_str name) {
    for (size_t i = 0; i < count; i++)
        if (pv_str_equal(names[i].name, name))
            return &names[i];
    return NULL;
}

static void add_described(const pv_language_name *names, size_t count, pv_seen_language *all, pv_name_list *out) {
    for (size_t i = 0; i < count; i++)
        all->refused |= !pv_name_list_add(out, names[i].name);
}

pv_seen pv_seen_element(pv_seen_language *all, pv_seen owner) {
    pv_foreseen foreseen;
    if (owner.kind == PV_SEEN_LIST)
        return owner.element ? *owner.element : PV_SEEN_NOTHING;
    if (owner.kind != PV_SEEN_OBJECT || !owner.class->element)
        return PV_SEEN_NOTHING;
    if (owner.class->foresee && owner.class->foresee(all->form, owner.of, PV_STR(""), PV_STR(""), &foreseen))
        return pv_seen_written(all, pv_str_from(foreseen.type), foreseen.of, NULL);
    return pv_seen_written(all, pv_str_from(owner.class->element), NULL, NULL);
}

/* The member of an object or a list. A list method of an object gives elements of its class. */
static const pv_language_name *find_member(const pv_seen_language *all, pv_seen owner, pv_str name, bool *of_list) {
    const pv_language *language = all->language;
    const pv_language_class *class = owner.kind == PV_SEEN_OBJECT ? described(all, owner.class) : NULL;
    const pv_language_name *found = class ? find_name(class->names, class->name_count, name) : NULL;
    *of_list = !found && (owner.kind == PV_SEEN_LIST || (class && class->is_list));
    return *of_list ? find_name(language->list_methods, language->list_method_count, name) : found;
}

static pv_seen type_of_member(pv_seen_language *all, pv_seen owner, const pv_language_name *member, bool of_list) {
    const pv_seen element = of_list ? pv_seen_element(all, owner) : PV_SEEN_NOTHING;
    if (member->is_called)
        return (pv_seen){.kind = PV_SEEN_FUNCTION, .signature = member, .element = of_list ? keep(all, element) : NULL};
    return pv_seen_written(all, pv_seen_result(member->result, 0), NULL, NULL);
}

/* What the form tells of the name; false: nothing. */
static bool foresee(pv_seen_language *all, pv_seen owner, pv_str name, pv_str argument, pv_seen *out) {
    pv_foreseen foreseen;
    if (owner.kind != PV_SEEN_OBJECT || !owner.class->foresee ||
        !owner.class->foresee(all->form, owner.of, name, argument, &foreseen))
        return false;
    *out = pv_seen_written(all, pv_str_from(foreseen.type), foreseen.of, NULL);
    return true;
}

static bool lacks_member(pv_seen_language *all, pv_seen owner, pv_str name, pv_str argument, pv_seen *out,
                         pv_name_list *names) {
    bool of_list;
    const pv_language_name *member = find_member(all, owner, name, &of_list);
    if (member) {
        *out = type_of_member(all, owner, member, of_list);
        pv_seen given;
        if (foresee(all, owner, name, argument, &given)) {
            if (member->is_called)
                out->gives = keep(all, given);
            else
                *out = given;
        }
        return false;
    }
    if (foresee(all, owner, name, PV_STR(""), out))
        return false;
    if (owner.kind == PV_SEEN_OBJECT) {
        const pv_class *class = owner.class;
        const pv_language_class *written = described(all, class);
        if (class->get_declared && !class->add_names)
            return false;
        add_described(written->names, written->name_count, all, names);
        if (class->add_names)
            all->refused |= !class->add_names(all->form, owner.of, PV_STR(""), names);
        for (size_t i = written->name_count; i < names->names.count; i++)
            if (pv_str_equal(names->names.items[i], name))
                return false;
        if (!written->is_list)
            return true;
    }
    add_described(all->language->list_methods, all->language->list_method_count, all, names);
    return true;
}

static bool lacks_function(pv_seen_language *all, const luaL_Reg *library, pv_str name, pv_seen *out,
                           pv_name_list *names) {
    for (; library->name; library++) {
        pv_str each = pv_str_from(library->name);
        all->refused |= !pv_name_list_add(names, each);
        if (pv_str_equal(each, name)) {
            *out = (pv_seen){.kind = PV_SEEN_FUNCTION, .name = each};
            return false;
        }
    }
    return true;
}

/* "a response", "the list of fields": as messages of a rule that runs call it. */
static pv_str name_of_class(pv_seen_language *all, const pv_class *class) {
    pv_str name = pv_str_from(class->name);
    bool plural = pv_str_ends_with(name, PV_STR("s")) && pv_str_find(name, PV_STR(" "), 0) == SIZE_MAX;
    const char *article = plural ? "the list of" : strchr("aeiou", name.data[0]) ? "an" : "a";
    if (class == &pv_parameters_class)
        return PV_STR("the list of the rule's parameters");
    pv_str shown = pv_arena_format(all->arena, "%s %.*s", article, PV_STR_ARG(name));
    all->refused |= !shown.data;
    return shown;
}

bool pv_seen_lacks(pv_seen_language *all, pv_seen owner, pv_str name, pv_str argument, pv_seen *out,
                   pv_name_list *names, pv_str *owner_name) {
    *out = PV_SEEN_NOTHING;
    switch (owner.kind) {
    case PV_SEEN_OBJECT:
        *owner_name = name_of_class(all, owner.class);
        return lacks_member(all, owner, name, argument, out, names);
    case PV_SEEN_LIST:
        *owner_name = PV_STR("a list");
        return lacks_member(all, owner, name, argument, out, names);
    case PV_SEEN_STRING:
        *owner_name = PV_STR("a string");
        return lacks_function(all, pv_sandbox_string_functions, name, out, names);
    case PV_SEEN_LIBRARY:
        *owner_name = owner.name;
        return lacks_function(all, owner.library, name, out, names);
    case PV_SEEN_NUMBER:
        *owner_name = PV_STR("a number");
        return true;
    case PV_SEEN_BOOLEAN:
        *owner_name = PV_STR("true or false");
        return true;
    case PV_SEEN_UNKNOWN:
    case PV_SEEN_NIL:
    case PV_SEEN_TABLE:
    case PV_SEEN_FUNCTION:
    case PV_SEEN_CLOSURE:
        break;
    }
    return false;
}

void pv_seen_choices(pv_seen_language *all, pv_seen owner, pv_str method, pv_name_list *out) {
    if (owner.kind == PV_SEEN_OBJECT && owner.class->add_names)
        all->refused |= !owner.class->add_names(all->form, owner.of, method, out);
}

/* ---- globals ---- */

static const struct {
    const char *name;
    const luaL_Reg *functions;
} libraries[] = {{"string", pv_sandbox_string_functions},
                 {"table", pv_sandbox_table_functions},
                 {"math", pv_sandbox_math_functions},
                 {"utf8", pv_sandbox_utf8_functions}};

pv_seen pv_seen_global(pv_seen_language *all, pv_str name) {
    if (pv_str_equal(name, PV_STR("form")))
        return pv_seen_written(all, name, NULL, NULL);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
        if (pv_str_equal(name, pv_str_from(libraries[i].name)))
            return (pv_seen){.kind = PV_SEEN_LIBRARY, .library = libraries[i].functions, .name = name};
    for (size_t i = 0; i < all->language->group_count; i++) {
        const pv_language_group *group = &all->language->groups[i];
        const pv_language_name *found = find_name(group->functions, group->function_count, name);
        if (found)
            return (pv_seen){.kind = PV_SEEN_FUNCTION, .signature = found, .name = found->name};
    }
    for (const luaL_Reg *each = pv_sandbox_base_functions; each->name; each++)
        if (pv_str_equal(name, pv_str_from(each->name)))
            return (pv_seen){.kind = PV_SEEN_FUNCTION, .name = pv_str_from(each->name)};
    return PV_SEEN_NOTHING;
}
