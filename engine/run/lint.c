#include "run/lint_p.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const pv_lint_kind kinds[PV_LINT_COUNT] = {
    [PV_LINT_ALIAS_AMBIGUOUS] = {PV_STR("alias.ambiguous"), PV_LEVEL_ERROR,
                                 PV_STR("Leave the name with the one row that it always means; settle this where rows "
                                        "are only ever looked for one by one."),
                                 .may_stand = true},
    [PV_LINT_ATTRIBUTE_UNREAD] = {PV_STR("attribute.unread"), PV_LEVEL_WARNING,
                                  PV_STR("Write the rule that judges by it, or take it out of the form.")},
    [PV_LINT_CITATION_MALFORMED] = {PV_STR("citation.malformed"), PV_LEVEL_WARNING,
                                    PV_STR("Write the document, a comma, where in it, and its words in “ ”.")},
    [PV_LINT_CITATION_MISSING] = {PV_STR("citation.missing"), PV_LEVEL_ERROR,
                                  PV_STR("Say which words of the form or its instructions ask for this."),
                                  .may_stand = true},
    [PV_LINT_CITATION_NUMBER] =
        {PV_STR("citation.number"), PV_LEVEL_WARNING,
         PV_STR(
             "Quote what is printed now, or correct the form. Where the quotation stands for several, settle this.")},
    [PV_LINT_COMPARISON_NEVER_TRUE] =
        {PV_STR("comparison.never-true"), PV_LEVEL_ERROR,
         PV_STR("Use :equals(…), <=, >= or a helper, or compare tostring(…) with a string.")},
    [PV_LINT_CSV_MANDATORY] =
        {PV_STR("csv.mandatory"), PV_LEVEL_WARNING,
         PV_STR("Ask for what the measures ask for in fields or records, or take csv: out of the form.")},
    [PV_LINT_EXAMPLE_NONE_FAILS] = {PV_STR("example.none-fails"), PV_LEVEL_ERROR,
                                    PV_STR("Add an example with state = \"fail\" or \"review\".")},
    [PV_LINT_EXAMPLE_NONE_PASSES] = {PV_STR("example.none-passes"), PV_LEVEL_ERROR,
                                     PV_STR("Add an example with state = \"pass\".")},
    [PV_LINT_FILE_UNLISTED] = {PV_STR("file.unlisted"), PV_LEVEL_ERROR,
                               PV_STR("Name it under `rules` in pack.yaml, or take it out of the pack's folder.")},
    [PV_LINT_FORM_ROWS] = {PV_STR("form.rows"), PV_LEVEL_WARNING,
                           PV_STR("Say rows: { least: 1 } of the records where there always is one, or only_if: "
                                  "{ records: … } of the measure where there may be none.")},
    [PV_LINT_FORM_UNUSED] = {PV_STR("form.unused"), PV_LEVEL_NOTE,
                             PV_STR("Write the rule that needs it, or take it out of the form.")},
    [PV_LINT_FORMAT_NOT_LITERAL] =
        {PV_STR("format.not-literal"), PV_LEVEL_WARNING,
         PV_STR("Write the format out, and give the text as a value: fail(\"%s: %s\", text, x).")},
    [PV_LINT_FORMAT_VALUES] = {PV_STR("format.values"), PV_LEVEL_ERROR,
                               PV_STR("Give as many values as the message asks for; a percent sign is written %%.")},
    [PV_LINT_LANGUAGE_MISSING] = {PV_STR("language.missing"), PV_LEVEL_WARNING,
                                  PV_STR("Write it in that language too, as in label: { en: …, cy: … }.")},
    [PV_LINT_NUMBER_IN_RULE] =
        {PV_STR("number.in-rule"), PV_LEVEL_WARNING,
         PV_STR("Put the number into the form as an attribute, or make it a parameter of the rule.")},
    [PV_LINT_PARAMETER_UNUSED] = {PV_STR("parameter.unused"), PV_LEVEL_WARNING,
                                  PV_STR("Use it as parameters.NAME, or take it out.")},
    [PV_LINT_PATTERN_NEVER_MATCHES] = {PV_STR("pattern.never-matches"), PV_LEVEL_WARNING,
                                       PV_STR("Correct the pattern, or add an example that it matches in.")},
    [PV_LINT_PATTERN_SLOW] = {PV_STR("pattern.slow"), PV_LEVEL_ERROR,
                              PV_STR(
                                  "Avoid repeats inside repeats and repeats that can share characters; bound them.")},
    [PV_LINT_RULE_DUPLICATE] = {PV_STR("rule.duplicate"), PV_LEVEL_ERROR,
                                PV_STR("Give each rule an id and a title of its own, or take one of the two out."),
                                .may_stand = true},
    [PV_LINT_RULE_NEVER_APPLIES] = {PV_STR("rule.never-applies"), PV_LEVEL_ERROR,
                                    PV_STR("Correct `when`, or add an example to which the rule applies.")},
    [PV_LINT_RULE_REPLACED] = {PV_STR("rule.replaced"), PV_LEVEL_ERROR,
                               PV_STR("Take the old rule out, or its id out of `replaces`.")},
    [PV_LINT_SETTLED_UNKNOWN] = {PV_STR("settled.unknown"), PV_LEVEL_ERROR,
                                 PV_STR("Write the id of a remark as lint shows it, or mend what it is about.")},
    [PV_LINT_SETTLED_UNUSED] = {PV_STR("settled.unused"), PV_LEVEL_WARNING,
                                PV_STR("Take it out of `settled` in pack.yaml, or correct its `at` or `words`.")},
    [PV_LINT_SHARE_BY_HAND] = {PV_STR("share.by-hand"), PV_LEVEL_WARNING,
                               PV_STR("Use share_of(part, whole, minimum) or share_at_most(part, whole, maximum), "
                                      "whose limit is a percentage.")},
    [PV_LINT_TITLE_NO_STATEMENT] =
        {PV_STR("title.no-statement"), PV_LEVEL_WARNING,
         PV_STR("Say what holds when the rule passes: “Each response keeps to its word limit”.")},
};

const pv_lint_kind *pv_lint_kind_of(pv_lint_id id) {
    return &kinds[id];
}

/* ---- gathering ---- */

bool pv_lint_begin(pv_lint *out, pv_arena *arena, const pv_pack *pack, pv_error *error) {
    *out = (pv_lint){.arena = arena, .pack = pack, .applied = PV_NEW_ARRAY(arena, bool, pack->ruleset->rule_count)};
    return out->applied || pv_fail_memory(error);
}

bool pv_lint_add(pv_lint *lint, pv_lint_id id, pv_str rule, const pv_source *source, pv_span at, pv_error *error,
                 const char *format, ...) {
    char message[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    pv_lint_finding *added = PV_ARRAY_ADD(lint->arena, &lint->findings);
    pv_str kept = pv_arena_copy(lint->arena, pv_str_from(message));
    if (!added || !kept.data)
        return pv_fail_memory(error);
    *added = (pv_lint_finding){.id = id, .rule = rule, .source = source, .at = at, .message = kept};
    pv_str manifest = lint->pack->manifest->source ? lint->pack->manifest->source->path : PV_STR("");
    size_t folder = manifest.size - (pv_str_ends_with(manifest, PV_STR("pack.yaml")) ? strlen("pack.yaml") : 0);
    bool in_pack = pv_str_starts_with(source->path, pv_str_slice(manifest, 0, folder));
    added->about = rule.size > 0 ? rule : pv_str_slice(source->path, in_pack ? folder : 0, source->path.size);
    return true;
}

bool pv_lint_about(pv_lint *lint, const char *part, pv_str name, pv_error *error) {
    pv_str about = pv_arena_format(lint->arena, "%s.%.*s", part, PV_STR_ARG(name));
    lint->findings.items[lint->findings.count - 1].about = about;
    return about.data || pv_fail_memory(error);
}

bool pv_lint_may_be_settled(const pv_lint_kind *kind) {
    return kind->level != PV_LEVEL_ERROR || kind->may_stand;
}

static bool add_text(pv_lint *lint, pv_str text, pv_error *error) {
    if (text.size == 0)
        return true;
    pv_str *added = PV_ARRAY_ADD(lint->arena, &lint->texts);
    pv_str kept = pv_arena_copy(lint->arena, text);
    if (!added || !kept.data)
        return pv_fail_memory(error);
    *added = kept;
    return true;
}

bool pv_lint_add_case(pv_lint *lint, const pv_submission *submission, const pv_results *results, pv_error *error) {
    const pv_ruleset *ruleset = lint->pack->ruleset;
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_rule *rule = results->verdicts[i].rule;
        bool of_ruleset = rule >= ruleset->rules && rule < ruleset->rules + ruleset->rule_count;
        if (of_ruleset && results->verdicts[i].outcome.state != PV_STATE_NOT_APPLICABLE)
            lint->applied[rule - ruleset->rules] = true;
    }
    for (size_t i = 0; i < submission->response_count; i++)
        if (!add_text(lint, submission->responses[i].text.value, error))
            return false;
    for (size_t i = 0; i < submission->fields.count; i++)
        if (!add_text(lint, submission->fields.values[i].text.value, error))
            return false;
    return true;
}

/* ---- titles ---- */

static const char *const orders[] = {
    "add",     "answer",  "attach", "avoid",   "check",   "complete", "correct", "describe", "do",    "ensure",
    "enter",   "explain", "fill",   "give",    "include", "keep",     "list",    "make",     "name",  "never",
    "provide", "report",  "say",    "shorten", "state",   "submit",   "use",     "verify",   "write", NULL};

/* What follows an order, and seldom a noun that is written like one ("Report dates are given"). */
static const char *const determiners[] = {"a",   "all",  "an",   "any",     "at",    "each", "every",
                                          "how", "in",   "its",  "no",      "only",  "sure", "that",
                                          "the", "this", "what", "whether", "which", "your", NULL};

/* What can only be a verb, or seldom is anything else where a requirement is stated. */
static const char *const verbs[] = {
    /* with others, or instead of them */
    "are", "be", "can", "cannot", "could", "did", "do", "does", "had", "has", "have", "is", "may", "might", "must",
    "need", "ought", "shall", "should", "was", "were", "will", "would",
    /* of several, or of all: "All people agree" */
    "agree", "appear", "apply", "arrive", "become", "begin", "belong", "bring", "come", "comply", "concern", "consist",
    "contain", "correspond", "cover", "depend", "describe", "differ", "equal", "exceed", "exist", "explain", "follow",
    "get", "give", "go", "happen", "hold", "include", "keep", "know", "lie", "make", "meet", "occur", "pay", "precede",
    "provide", "reach", "receive", "refer", "remain", "require", "say", "send", "stay", "take", "tell", "understand",
    "write",
    /* past, and not said of something done */
    "ate", "became", "began", "blew", "bore", "broke", "brought", "built", "came", "caught", "chose", "cost", "dealt",
    "drew", "drove", "fell", "felt", "flew", "forbade", "forgot", "found", "froze", "gave", "got", "grew", "heard",
    "held", "hid", "hit", "hung", "kept", "knew", "laid", "lay", "led", "left", "lent", "lost", "made", "meant", "met",
    "overran", "paid", "put", "ran", "rang", "read", "rode", "rose", "said", "sat", "saw", "sent", "shook", "slept",
    "sold", "sought", "spent", "spoke", "stood", "stole", "struck", "swore", "taught", "thought", "threw", "told",
    "took", "underwent", "undertook", "understood", "upheld", "went", "withdrew", "woke", "won", "wore", "wrote", NULL};

static bool is_among(pv_str word, const char *const *words) {
    for (; *words; words++)
        if (pv_str_equal_ascii_folded(word, pv_str_from(*words)))
            return true;
    return false;
}

/* Takes the first word off text, without what is punctuation around it; empty at its end. */
static pv_str take_word(pv_str *text) {
    *text = pv_str_trim(*text);
    size_t end = 0;
    while (end < text->size && text->data[end] != ' ')
        end++;
    pv_str word = pv_str_slice(*text, 0, end);
    *text = pv_str_slice(*text, end, text->size);
    while (word.size > 0 && strchr(",;:()\"", word.data[word.size - 1]))
        word.size--;
    while (word.size > 0 && strchr("(\"", *word.data))
        word = pv_str_slice(word, 1, word.size);
    return word;
}

static bool is_order(pv_str title) {
    pv_str first = take_word(&title);
    pv_str second = take_word(&title);
    return is_among(first, orders) && is_among(second, determiners);
}

/* "keeps", "states", but also "limits": a plural lets a title pass, and so does what may be past or only said of
 * something done: "occurred", "entered". "isn't", "can’t". */
static bool can_be_verb(pv_str word) {
    if (is_among(word, verbs) || pv_str_ends_with(word, PV_STR("n't")) || pv_str_ends_with(word, PV_STR("n’t")) ||
        (word.size > 3 && pv_str_ends_with(word, PV_STR("ed"))))
        return true;
    return word.size > 2 && pv_str_ends_with(word, PV_STR("s")) && !pv_str_ends_with(word, PV_STR("ss")) &&
           !pv_str_ends_with(word, PV_STR("us"));
}

static bool has_verb(pv_str title) {
    while (pv_str_trim(title).size > 0)
        if (can_be_verb(take_word(&title)))
            return true;
    return false;
}

const char *pv_lint_title_fault(pv_str title) {
    title = pv_str_trim(title);
    if (title.size == 0)
        return "is empty";
    if (pv_str_ends_with(title, PV_STR("?")))
        return "is a question";
    if (pv_str_ends_with(title, PV_STR(".")) || pv_str_ends_with(title, PV_STR("!")))
        return "ends with a full stop or an exclamation mark";
    if (title.data[0] >= 'a' && title.data[0] <= 'z')
        return "starts with a small letter";
    if (is_order(title))
        return "is an order to the filer, not what holds of a good filing";
    return has_verb(title) ? NULL : "has no verb, so it states nothing";
}

/* ---- what can be seen without running a rule ---- */

/* Where the rule's declaration has these words; its first line where they are put together from several strings. */
static pv_span place_of(const pv_rule *rule, pv_str words) {
    size_t found = words.size > 0 ? pv_str_find(rule->source->bytes, words, rule->at.start) : SIZE_MAX;
    return found == SIZE_MAX ? rule->at : (pv_span){(uint32_t)found, (uint32_t)(found + words.size)};
}

static size_t count_of(pv_str text, pv_str part) {
    size_t count = 0;
    for (size_t at = pv_str_find(text, part, 0); at != SIZE_MAX; at = pv_str_find(text, part, at + part.size))
        count++;
    return count;
}

/* "Payment 1 template, under each prompt: “100 word limit”" names a document and a place in it. */
static bool names_a_place(pv_str citation) {
    return pv_str_find(citation, PV_STR(","), 0) != SIZE_MAX || pv_str_find(citation, PV_STR(":"), 0) != SIZE_MAX ||
           pv_str_find(citation, PV_STR("§"), 0) != SIZE_MAX || pv_str_find(citation, PV_STR("“"), 0) != SIZE_MAX;
}

static bool lint_citation(pv_lint *lint, const pv_rule *rule, pv_error *error) {
    pv_str citation = pv_str_trim(rule->citation);
    pv_span at = place_of(rule, citation);
    if (citation.size == 0)
        return pv_lint_add(lint, PV_LINT_CITATION_MISSING, rule->id, rule->source, rule->at, error,
                           "the citation is empty");
    if (count_of(citation, PV_STR("“")) != count_of(citation, PV_STR("”")))
        return pv_lint_add(lint, PV_LINT_CITATION_MALFORMED, rule->id, rule->source, at, error,
                           "the citation opens and closes quotes unequally often");
    if (!names_a_place(citation))
        return pv_lint_add(lint, PV_LINT_CITATION_MALFORMED, rule->id, rule->source, at, error,
                           "the citation names a document, but no place in it");
    return true;
}

static bool lint_title(pv_lint *lint, const pv_rule *rule, pv_error *error) {
    const char *fault = pv_lint_title_fault(rule->title);
    return !fault || pv_lint_add(lint, PV_LINT_TITLE_NO_STATEMENT, rule->id, rule->source, place_of(rule, rule->title),
                                 error, "the title %s", fault);
}

/* "ipp1.word-limit" and "ipp1.Word_Limit" are one id to whoever reads a report. */
static bool is_same_id(pv_str a, pv_str b) {
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++) {
        pv_str left = pv_str_slice(a, i, i + 1);
        pv_str right = pv_str_slice(b, i, i + 1);
        bool both_join = strchr("-_. ", *left.data) && strchr("-_. ", *right.data);
        if (!both_join && !pv_str_equal_ascii_folded(left, right))
            return false;
    }
    return true;
}

/* Equal ids are refused when the pack is loaded; this is about those that are hard to tell apart. */
static bool lint_duplicates(pv_lint *lint, size_t index, pv_error *error) {
    const pv_rule *rule = &lint->pack->ruleset->rules[index];
    for (size_t i = 0; i < index; i++) {
        const pv_rule *earlier = &lint->pack->ruleset->rules[i];
        if (is_same_id(earlier->id, rule->id))
            return pv_lint_add(lint, PV_LINT_RULE_DUPLICATE, rule->id, rule->source, rule->at, error,
                               "its id differs from %.*s only in case or punctuation", PV_STR_ARG(earlier->id));
        if (pv_str_equal_ascii_folded(earlier->title, rule->title))
            return pv_lint_add(lint, PV_LINT_RULE_DUPLICATE, rule->id, rule->source, place_of(rule, rule->title), error,
                               "its title is that of %.*s too", PV_STR_ARG(earlier->id));
    }
    return true;
}

static bool lint_replaced(pv_lint *lint, const pv_rule *rule, pv_error *error) {
    const pv_ruleset *ruleset = lint->pack->ruleset;
    for (size_t i = 0; i < rule->replaces_count; i++)
        for (size_t other = 0; other < ruleset->rule_count; other++)
            if (pv_str_equal(ruleset->rules[other].id, rule->replaces[i]) &&
                !pv_lint_add(lint, PV_LINT_RULE_REPLACED, ruleset->rules[other].id, ruleset->rules[other].source,
                             ruleset->rules[other].at, error, "%.*s replaces this rule, which is still in the pack",
                             PV_STR_ARG(rule->id)))
                return false;
    return true;
}

/* ---- the order of findings ---- */

static int compare_findings(const void *left, const void *right) {
    const pv_lint_finding *a = left;
    const pv_lint_finding *b = right;
    int order = pv_str_compare(a->source->path, b->source->path);
    if (order != 0)
        return order;
    if (a->at.start != b->at.start)
        return a->at.start < b->at.start ? -1 : 1;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return pv_str_compare(a->message, b->message);
}

/* Texts of the form that are not there in each of its languages. */
static bool lint_languages(pv_lint *lint, pv_error *error) {
    const pv_form *form = lint->pack->form;
    for (size_t i = 0; i < form->untold_count; i++) {
        const pv_untold *untold = &form->untold[i];
        if (!pv_lint_add(lint, PV_LINT_LANGUAGE_MISSING, PV_STR(""), form->source, untold->at, error,
                         "this %.*s is not there in the language %.*s", PV_STR_ARG(untold->key),
                         PV_STR_ARG(untold->language)))
            return false;
    }
    return true;
}

bool pv_lint_finish(pv_lint *lint, pv_error *error) {
    pv_ruleset *ruleset = lint->pack->ruleset;
    if (!lint_languages(lint, error) || !pv_lint_csv(lint, error))
        return false;
    for (size_t i = 0; i < ruleset->rule_count; i++) {
        const pv_rule *rule = &ruleset->rules[i];
        if (rule->source && (!lint_citation(lint, rule, error) || !lint_title(lint, rule, error) ||
                             !lint_duplicates(lint, i, error) || !lint_replaced(lint, rule, error)))
            return false;
    }
    if (ruleset->methods->lint && !ruleset->methods->lint(ruleset, lint, error))
        return false;
    if (!pv_lint_aliases(lint, error) || !pv_lint_repeats(lint, error) || !pv_lint_settle(lint, error))
        return false;
    if (lint->findings.count > 1)
        qsort(lint->findings.items, lint->findings.count, sizeof *lint->findings.items, compare_findings);
    if (lint->settled.count > 1)
        qsort(lint->settled.items, lint->settled.count, sizeof *lint->settled.items, compare_findings);
    return true;
}
