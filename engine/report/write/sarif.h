/* Invariant: what is written are objects of SARIF 2.1.0 that are whole, and within GitHub's limits of length. */
#ifndef PV_REPORT_SARIF_H
#define PV_REPORT_SARIF_H

#include "report/write/json.h"

/* Where something begins and ends; a start_line of 0: in the file as a whole. Columns count code points; a start_column
 * of 0: the line is all that is said. */
typedef struct pv_sarif_region {
    uint32_t start_line, start_column, end_line, end_column;
} pv_sarif_region;

/* The log and its only run, up to its `results`, which is then open. */
void pv_sarif_begin(pv_json *json);
/* The end of the run and of the log, after the run's last member. */
void pv_sarif_end(pv_json *json);
/* The members of `driver` that name proviso; the object stays open for its rules. */
void pv_sarif_driver(pv_json *json, pv_str version);
/* text, which is spent, as a member; cut where it is too long. */
void pv_sarif_text(pv_json *json, const char *key, pv_buf *text);
/* The same as the text of a message. */
void pv_sarif_message(pv_json *json, const char *key, pv_buf *text);
/* "ipp1.word-limit" as consumers want names, in one word: "Ipp1WordLimit". */
void pv_sarif_name(pv_json *json, pv_str id);
/* A relative path, or an absolute one. */
void pv_sarif_artifact(pv_json *json, const char *key, pv_str path);
/* words: those of the region, where they are shown; or empty. */
void pv_sarif_physical_location(pv_json *json, pv_str path, pv_sarif_region region, pv_str words);
/* The member that says why a result is to stand. */
void pv_sarif_suppression(pv_json *json, pv_str justification);
/* A notification up to its message; the object stays open. */
void pv_sarif_notification(pv_json *json, const char *level, pv_str text);

#endif
