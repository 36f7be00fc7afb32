/* Invariant: what a message quotes from a document fits on one line and in the message, whatever the document holds. */
#ifndef PV_MODEL_MESSAGE_H
#define PV_MODEL_MESSAGE_H

#include "model/node.h"

typedef struct pv_quote {
    char text[96];
} pv_quote;

typedef struct pv_hint {
    char text[160];
} pv_hint;

typedef struct pv_sentence {
    char text[360];
} pv_sentence;

/* text without control characters, cut with "…" where it is long. */
pv_quote pv_message_quote(pv_str text);
/* What to add to a message about an unknown name: "; did you mean fields?", else the names there are where they are
 * few, else nothing. */
pv_hint pv_message_hint(pv_str name, const pv_str *names, size_t count);
/* "the form has no measure 1.1.66; did you mean 1.1.6?": owner and owner_id ("the form", "measure " "1.1.6") have
 * none of this kind ("item") called name. */
pv_sentence pv_message_unknown(const char *owner, pv_str owner_id, const char *kind, pv_str name, const pv_str *names,
                               size_t count);
/* What stands at node: "empty", "a text", "a mapping", "a list". */
const char *pv_message_found(const pv_node *node);

#endif
