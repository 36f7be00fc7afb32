/* Invariant: each loader of the room is a constant, and is in the table of loader.c. */
#ifndef PV_LOAD_LOADER_P_H
#define PV_LOAD_LOADER_P_H

#include "load/loader.h"

extern const pv_loader pv_yaml_loader;
/* What comes out is the document that the same submission in YAML would give, so that nothing after it knows what a
 * table is. Fails for what leaves nothing to read: the cells themselves (load/csv_p.h), no row of headings,
 * no column that tells the record kinds apart, a form that is not kept as a table. */
extern const pv_loader pv_csv_loader;
/* A workbook: on a form that is kept as a table its rows are one; on another form its cells are blocks. */
extern const pv_loader pv_xlsx_loader;
/* The blocks of a Word document. */
extern const pv_loader pv_docx_loader;
/* The same of documents that an office program must save as Word documents first. */
extern const pv_loader pv_office_loader;
/* What it opens is what "pdftotext -bbox-layout" says of a PDF. */
extern const pv_loader pv_pdf_loader;
/* A block for each line that says something; of a text in pages, what these print around it is furniture. */
extern const pv_loader pv_plain_text_loader;

#endif
