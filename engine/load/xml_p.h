/* Invariant: what is handed out is well-formed XML with its namespaces resolved, and the bytes of the part that each
 * piece of it is written with. Prefixes do not matter, and the strict names of Office Open XML are its usual ones.
 * Nothing outside the part is read, and nothing in it stands for more than is written there. */
#ifndef PV_LOAD_XML_P_H
#define PV_LOAD_XML_P_H

#include "base/error.h"
#include "base/limits.h"

/* The namespaces that loaders tell apart. */
typedef enum pv_xml_space {
    PV_XML_NONE,  /* no namespace */
    PV_XML_OTHER, /* one of no meaning here */
    PV_XML_TYPES, /* [Content_Types].xml */
    PV_XML_LINKS, /* .rels: relationships of parts */
    PV_XML_R,     /* attributes that name a relationship */
    PV_XML_CORE,  /* docProps/core.xml */
    PV_XML_MC,    /* alternatives for programs of several ages */
    PV_XML_W,     /* Word */
    PV_XML_W14,
    PV_XML_W15,
    PV_XML_WP, /* where drawings stand in a text */
    PV_XML_WPS,
    PV_XML_A, /* drawings */
    PV_XML_M, /* formulas */
    PV_XML_S, /* spreadsheets */
    PV_XML_V, /* drawings as they were once */
    PV_XML_O,
    PV_XML_XML, /* xml:space */
} pv_xml_space;

typedef struct pv_xml_name {
    pv_xml_space space;
    pv_str local; /* until the handler returns */
} pv_xml_name;

typedef struct pv_xml_reader pv_xml_reader;

/* What is done with each piece; NULL: nothing. False, with error filled, ends the reading. */
typedef struct pv_xml_handlers {
    void *payload;
    bool (*start)(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error);
    bool (*end)(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error);
    /* Characters, in as many pieces as it takes; line ends are \n. */
    bool (*text)(void *payload, const pv_xml_reader *reader, pv_str text, pv_error *error);
    size_t *outside; /* counts what would have had to be read from outside, and was not; or NULL */
} pv_xml_handlers;

/* Reads the XML of a part, whose name is for messages. Its encoding may be UTF-8 or UTF-16. Refused: what is not
 * well-formed, entities that the part defines itself, elements deeper than the limit. */
bool pv_xml_read(pv_str bytes, pv_str part, const pv_xml_handlers *handlers, const pv_limits *limits,
                 pv_error *error) PV_MUST_CHECK;

/* ---- in a handler ---- */

/* The value of an attribute of the element that starts; the null string when it has none of this name. Until the
 * handler returns. */
pv_str pv_xml_attribute(const pv_xml_reader *reader, pv_xml_space space, const char *local);
/* Whether what a prefix stands for here is a namespace that office programs of today understand: those of Office Open
 * XML, and those that Microsoft's programs add to it. */
bool pv_xml_is_understood(const pv_xml_reader *reader, pv_str prefix);
/* The bytes of the tag or of the characters; empty, after the tag, for the end of <an/>. */
pv_span pv_xml_at(const pv_xml_reader *reader);

static inline bool pv_xml_is(pv_xml_name name, pv_xml_space space, pv_str local) {
    return name.space == space && pv_str_equal(name.local, local);
}

#endif
