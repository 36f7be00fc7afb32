/* Whether two readers gave the same document of one source: every member of every node. */
#ifndef PV_TESTS_SAME_DOCUMENT_H
#define PV_TESTS_SAME_DOCUMENT_H

#include "model/node.h"

/* NULL where they are the same; else what differs, of the node that begins at *at. */
const char *document_difference(const pv_document *a, const pv_document *b, size_t *at);

#endif
