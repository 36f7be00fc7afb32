/* Invariant: what a message quotes from a document fits on one line and in the message, whatever the document holds. */
#ifndef PV_MODEL_MESSAGE_H
#define PV_MODEL_MESSAGE_H

#include "model/node.h"

/* So many names are listed at most: as many as there are types of values. */
#define PV_NAMES_LISTED_MOST 18

typedef struct pv_quote {
    char text[96];
} pv_quote;

typedef struct pv_hint {
    char text[288];
} pv_hint;

typedef struct pv_sentence {
    char text[488];
} pv_sentence;

/* text without control characters, cut with "…" where it is long. */
pv_quote pv_message_quote(pv_str text);
/* What a value with this label is called: “Label”, or its name where it has no label but that. */
pv_hint pv_message_label(pv_str label, pv_str name);
/* What a reader does not see in name, or takes for something else, though it makes it another than the one meant:
 * "; it holds U+0430, which looks like a". Empty where nothing of the kind does. */
pv_hint pv_message_difference(pv_str name, pv_str meant);
/* What to add to a message about an unknown name when the one meant is known: "; did you mean fields?", after what the
 * reader does not see. */
pv_hint pv_message_meant(pv_str name, pv_str meant);
/* The same where it is to be found among names; else the names there are where they are few, else nothing. */
pv_hint pv_message_hint(pv_str name, const pv_str *names, size_t count);
/* As many choices as a message lists. */
#define PV_CHOICES_LISTED ((size_t)8)
/* What may be chosen instead of text: the `listed` ones where they are few, and the nearest of all that are `known`;
 * where several are as near, those ("; did you mean UoA 1 or UoA 11?"); else how many there are, and what lists
 * them by this name. */
pv_hint pv_message_choices(pv_str text, pv_str name, const pv_str *known, size_t known_count, const pv_str *listed,
                           size_t listed_count, size_t all);
/* "the form has no measure 1.1.66; did you mean 1.1.6?": owner and owner_id ("the form", "measure " "1.1.6") have
 * none of this kind ("item") called name. */
pv_sentence pv_message_unknown(const char *owner, pv_str owner_id, const char *kind, pv_str name, const pv_str *names,
                               size_t count);
/* What stands at node: "empty", "a text", "a mapping", "a list". */
const char *pv_message_found(const pv_node *node);

#endif
