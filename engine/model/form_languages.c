/* The texts of a form that is printed in several languages: one of them is chosen before anything else is read. */
#include "model/form_p.h"

#include "model/message.h"

/* Whose value a filer reads. */
static const pv_str text_keys[] = {PV_STR("label"), PV_STR("title"), PV_STR("prompt"),
                                   PV_STR("note"),  PV_STR("says"),  PV_STR("description")};
/* What holds names that the form gives, among which one may be called like a key above. */
static const pv_str name_keys[] = {PV_STR("fields"), PV_STR("columns"), PV_STR("records"), PV_STR("tables"),
                                   PV_STR("matrices")};

typedef struct chooser {
    pv_arena *arena;
    pv_error *error;
    const pv_str *languages;
    size_t count;
    size_t chosen;
    bool has_headings; /* it is kept as a table too: then its labels in all languages are headings */
    PV_ARRAY(pv_untold) untold;
} chooser;

static bool is_one_of(pv_str text, const pv_str *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (pv_str_equal(text, list[i]))
            return true;
    return false;
}

/* Whether node names its children itself: they are what the form declares, not parts of it. */
static bool holds_names(const pv_node *node) {
    bool named = node->key && is_one_of(pv_node_value(node->key), name_keys, sizeof name_keys / sizeof *name_keys);
    bool attributes =
        node->parent && node->parent->key && pv_str_equal(pv_node_value(node->parent->key), PV_STR("attributes"));
    return named || attributes;
}

static bool is_text(const pv_node *node) {
    return node->key && !holds_names(node->parent) &&
           is_one_of(pv_node_value(node->key), text_keys, sizeof text_keys / sizeof *text_keys);
}

static bool note_untold(chooser *all, const pv_node *node, size_t language) {
    pv_untold *added = PV_ARRAY_ADD(all->arena, &all->untold);
    if (!added)
        return pv_fail_memory(all->error);
    *added = (pv_untold){.key = pv_node_value(node->key), .language = all->languages[language], .at = node->key->span};
    return true;
}

/* A text that stands there alone is in the first language. */
static bool note_single(chooser *all, const pv_node *node) {
    for (size_t i = 1; i < all->count; i++)
        if (!note_untold(all, node, i))
            return false;
    return true;
}

/* Whether node gives a text by languages. */
static bool is_by_language(const chooser *all, const pv_node *node) {
    bool any = false;
    for (const pv_node *each = node->kind == PV_NODE_MAPPING ? node->first : NULL; each && !any; each = each->next)
        any = is_one_of(pv_node_value(each->key), all->languages, all->count);
    return any;
}

/* The text in the language chosen, else in the first of the form's that it is in. */
static bool choose(chooser *all, const pv_node *node, const pv_node **out) {
    *out = pv_node_get(node, all->languages[all->chosen]);
    for (const pv_node *each = node->first; each; each = each->next) {
        if (!is_one_of(pv_node_value(each->key), all->languages, all->count))
            return pv_fail_at(all->error, PV_ERROR_SHAPE, each->key->span, "%s",
                              pv_message_unknown("the form", PV_STR(""), "language", pv_node_value(each->key),
                                                 all->languages, all->count)
                                  .text);
        if (!pv_shape_expect(each, PV_NODE_SCALAR, "a text in one language", all->error))
            return false;
    }
    for (size_t i = 0; i < all->count; i++) {
        const pv_node *told = pv_node_get(node, all->languages[i]);
        if (!told && !note_untold(all, node, i))
            return false;
        if (!*out)
            *out = told;
    }
    return true;
}

/* Of a node and all below it; NULL is reported already. */
static pv_node *copy(chooser *all, const pv_node *node, const pv_node *parent);

static void append(pv_node *parent, pv_node **last, pv_node *child) {
    child->parent = parent;
    child->index = parent->count++;
    child->next = NULL;
    if (*last)
        (*last)->next = child;
    else
        parent->first = child;
    *last = child;
}

/* Adds a copy of a text to a list. */
static bool add_text(chooser *all, const pv_node *text, pv_node *list, pv_node **last) {
    pv_node *added = copy(all, text, list);
    if (!added)
        return false;
    added->key = NULL;
    append(list, last, added);
    return true;
}

/* Adds what a field, a column or a kind of rows is called in a table besides: its aliases (NULL: none are given), and
 * its label in the languages other than told. */
static bool add_aliases(chooser *all, const pv_node *aliases, const pv_node *label, const pv_node *told, pv_node *owner,
                        pv_node **last_of_owner) {
    pv_node *key = PV_NEW(all->arena, pv_node);
    pv_node *list = PV_NEW(all->arena, pv_node);
    pv_node *last = NULL;
    if (!key || !list || !pv_text_made_from(&key->text, all->arena, PV_STR("aliases"), label->key->span, all->error))
        return pv_fail_memory(all->error);
    key->kind = PV_NODE_SCALAR;
    key->span = label->key->span;
    *list = (pv_node){.kind = PV_NODE_SEQUENCE, .span = label->span, .key = key};
    append(owner, last_of_owner, list);
    for (const pv_node *each = aliases ? aliases->first : NULL; each; each = each->next)
        if (!add_text(all, each, list, &last))
            return false;
    for (const pv_node *each = label->first; each; each = each->next)
        if (each != told && !add_text(all, each, list, &last))
            return false;
    return true;
}

static bool has_aliases(const pv_node *owner) {
    static const pv_str holders[] = {PV_STR("fields"), PV_STR("columns"), PV_STR("records")};
    return owner->parent && owner->parent->key && is_one_of(pv_node_value(owner->parent->key), holders, 3);
}

/* The label of node where its other languages are to be aliases; else NULL. */
static const pv_node *label_with_aliases(const chooser *all, const pv_node *node) {
    bool may_have = all->has_headings && node->kind == PV_NODE_MAPPING && has_aliases(node);
    const pv_node *label = may_have ? pv_node_get(node, PV_STR("label")) : NULL;
    const pv_node *aliases = label ? pv_node_get(node, PV_STR("aliases")) : NULL;
    bool listed = !aliases || aliases->kind == PV_NODE_SEQUENCE; /* what is no list is told when it is read */
    return label && listed && label->count > 1 && is_by_language(all, label) ? label : NULL;
}

/* The children of node, into its copy. */
static bool copy_children(chooser *all, const pv_node *node, pv_node *into) {
    const pv_node *label = label_with_aliases(all, node);
    const pv_node *aliases = label ? pv_node_get(node, PV_STR("aliases")) : NULL;
    const pv_node *label_told = NULL;
    pv_node *last = NULL;
    into->first = NULL;
    into->count = 0;
    for (const pv_node *child = node->first; child; child = child->next) {
        const pv_node *told = child;
        bool text = node->kind == PV_NODE_MAPPING && is_text(child);
        if (child == aliases)
            continue;
        if (text && child->kind == PV_NODE_SCALAR && !note_single(all, child))
            return false;
        if (text && is_by_language(all, child) && !choose(all, child, &told))
            return false;
        if (child == label)
            label_told = told;
        pv_node *copied = copy(all, told, into);
        if (!copied)
            return false;
        copied->key = child->key;
        append(into, &last, copied);
    }
    return !label || add_aliases(all, aliases, label, label_told, into, &last);
}

/* The rows of tables are the form's data: nothing in them is a text of the form. */
static pv_node *copy(chooser *all, const pv_node *node, const pv_node *parent) {
    pv_node *copied = PV_NEW(all->arena, pv_node);
    bool rows = node->key && node->kind == PV_NODE_SEQUENCE && pv_str_equal(pv_node_value(node->key), PV_STR("rows"));
    if (!copied) {
        pv_fail_memory(all->error);
        return NULL;
    }
    *copied = *node;
    copied->parent = parent;
    return rows || copy_children(all, node, copied) ? copied : NULL;
}

static bool find_language(chooser *all, const pv_node *node, pv_str language) {
    if (!pv_shape_texts(all->arena, node, "languages", &all->languages, &all->count, all->error))
        return false;
    for (size_t i = 0; i < all->count; i++) {
        if (is_one_of(all->languages[i], all->languages, i))
            return pv_fail_at(all->error, PV_ERROR_SHAPE, pv_shape_element(node, i)->span, "%s is there twice",
                              pv_message_quote(all->languages[i]).text);
        if (pv_str_equal(all->languages[i], language))
            all->chosen = i;
    }
    return language.size == 0 || is_one_of(language, all->languages, all->count) ||
           pv_fail_at(
               all->error, PV_ERROR_NOT_FOUND, node->span, "%s",
               pv_message_unknown("the form", PV_STR(""), "language", language, all->languages, all->count).text);
}

bool pv_form_choose_language(const pv_node **out, pv_form *form, pv_arena *arena, const pv_node *root, pv_str language,
                             pv_error *error) {
    const pv_node *languages = pv_node_get(root, PV_STR("languages"));
    chooser all = {.arena = arena, .error = error, .has_headings = pv_node_get(root, PV_STR("csv")) != NULL};
    *out = root;
    if (!languages)
        return true;
    if (!find_language(&all, languages, language) || !(*out = copy(&all, root, NULL)))
        return false;
    form->languages = all.languages;
    form->language_count = all.count;
    form->untold = all.untold.items;
    form->untold_count = all.untold.count;
    return true;
}
