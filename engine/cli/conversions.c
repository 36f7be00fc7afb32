#include "cli/conversions.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/child.h"
#include "cli/console.h"

#define MAX_PROGRAM_BYTES 4096
/* What each program may take. */
#define WORDS_SECONDS 60
#define PAGES_SECONDS 300
#define RECOGNITION_SECONDS 1800
#define OFFICE_SECONDS 180

static bool recognises_pages;

void pv_conversions_recognise(bool wanted) {
    recognises_pages = wanted;
}

/* One run of one program. */
typedef struct conversion_step {
    const char *program;
    const char *package; /* in which it comes */
    const char *instead; /* what else can be done, as "…; X" goes on */
    const char *const *arguments;
    unsigned seconds;
    size_t limit; /* of what it says */
    bool alone;
} conversion_step;

/* Runs it. *status is that of the program, whose complaints are then looked at by the caller. */
static bool run_step(pv_workplace *place, const conversion_step *step, pv_buf *said, pv_buf *complaints, int *status,
                     pv_error *error) {
    char path[MAX_PROGRAM_BYTES];
    if (!pv_child_find(step->program, path, sizeof path))
        return pv_fail(error, PV_ERROR_NOT_FOUND,
                       "it is read by way of the program %s, which is not installed (%s); %s", step->program,
                       step->package, step->instead);
    const pv_child child = {path, step->arguments, step->limit, step->seconds, step->alone};
    pv_buf_reset(complaints);
    switch (pv_child_run(place, &child, said, complaints, status)) {
    case PV_CHILD_EXITED:
        return true;
    case PV_CHILD_CRASHED:
        return pv_fail(error, PV_ERROR_IO, "%s broke down over it, so it is damaged or too much for that program; %s",
                       step->program, step->instead);
    case PV_CHILD_LATE:
        return pv_fail(error, PV_ERROR_LIMIT, "%s had not finished with it after %u seconds, and was ended; %s",
                       step->program, step->seconds, step->instead);
    case PV_CHILD_TOO_MUCH:
        return pv_fail(error, PV_ERROR_LIMIT, "what %s makes of it is larger than the limit of %zu bytes",
                       step->program, step->limit);
    case PV_CHILD_FAILED:
        break;
    }
    return pv_fail(error, PV_ERROR_IO, "%s could not be run; %s", step->program, step->instead);
}

/* ---- the words of a PDF ---- */

#define SAVE_AS_DOCX "install it, or save the document as .docx"

static bool has(const pv_buf *complaints, const char *words) {
    return pv_str_find(pv_buf_str(complaints), pv_str_from(words), 0) != SIZE_MAX;
}

/* How many complaints there are, and the first of them. */
static size_t count_errors(const pv_buf *complaints, pv_str *first) {
    pv_str all = pv_buf_str(complaints);
    size_t count = 0;
    *first = (pv_str){0};
    for (size_t at = 0; at < all.size;) {
        size_t end = pv_str_find(all, PV_STR("\n"), at);
        pv_str line = pv_str_slice(all, at, end == SIZE_MAX ? all.size : end);
        if (pv_str_find(line, PV_STR("Error"), 0) != SIZE_MAX && count++ == 0)
            *first = line;
        at = end == SIZE_MAX ? all.size : end + 1;
    }
    return count;
}

/* Tells the reader of the words that the program met errors: pages may lack some. It ends with 0 all the same. */
static void note_errors(pv_buf *out, const pv_buf *complaints) {
    pv_str first;
    size_t count = count_errors(complaints, &first);
    if (count == 0)
        return;
    pv_buf_append(out, PV_PAGES_WITH_ERRORS);
    for (size_t i = 0; i < first.size && i < 120; i++) {
        char c = first.data[i];
        pv_buf_append_char(out, c < ' ' || c > '~' || c == '<' || c == '>' || c == '-' ? ' ' : c);
    }
    pv_buf_append_text(out, " -->\n");
}

static bool words_of(pv_workplace *place, const char *file, size_t limit, pv_buf *out, pv_error *error) {
    const char *const arguments[] = {"-bbox-layout", "-enc", "UTF-8", file, "-", NULL};
    const conversion_step step = {.program = "pdftotext",
                                  .package = "in the package poppler-utils",
                                  .instead = SAVE_AS_DOCX,
                                  .arguments = arguments,
                                  .seconds = WORDS_SECONDS,
                                  .limit = limit};
    pv_buf complaints = pv_buf_on(out->memory);
    pv_buf said = pv_buf_on(out->memory);
    int status = 0;
    bool done = run_step(place, &step, &said, &complaints, &status, error);
    if (done && status != 0) {
        done = has(&complaints, "Incorrect password")
                   ? pv_fail(error, PV_ERROR_REFUSED,
                             "it is protected by a password; save it without one, or save the document as .docx")
               : status == 3
                   ? pv_fail(error, PV_ERROR_REFUSED, "who made it does not allow its text to be taken out")
                   : pv_fail(error, PV_ERROR_SYNTAX,
                             "pdftotext cannot open it: it is damaged, or it is no PDF; print or save it anew");
    }
    if (done) {
        note_errors(out, &complaints);
        pv_buf_append(out, pv_buf_str(&said));
        done = !out->failed || pv_fail_memory(error);
    }
    pv_buf_clear(&said);
    pv_buf_clear(&complaints);
    return done;
}

/* ---- pages that are pictures ---- */

static void say_it_takes_long(const char *what) {
    if (isatty(STDERR_FILENO))
        pv_console_complain("%s", what);
}

/* The pages of file as pictures page-*.pgm, and these as a PDF in which what was recognised stands. */
static bool recognise(pv_workplace *place, const char *file, pv_memory *memory, pv_error *error) {
    const char *const drawing[] = {"-r", "200", "-gray", file, "page", NULL};
    const char *const reading[] = {"pages.txt", "recognised", "--psm", "1", "pdf", NULL};
    const conversion_step draw = {.program = "pdftoppm",
                                  .package = "in the package poppler-utils",
                                  .instead = SAVE_AS_DOCX,
                                  .arguments = drawing,
                                  .seconds = PAGES_SECONDS,
                                  .limit = 1 << 16};
    const conversion_step read = {.program = "tesseract",
                                  .package = "in the package tesseract-ocr",
                                  .instead = SAVE_AS_DOCX,
                                  .arguments = reading,
                                  .seconds = RECOGNITION_SECONDS,
                                  .limit = 1 << 20};
    pv_buf complaints = pv_buf_on(memory);
    pv_buf said = pv_buf_on(memory);
    char path[MAX_PROGRAM_BYTES];
    int status = 0;
    /* Before pages are drawn for nothing. */
    bool done = pv_child_find(read.program, path, sizeof path) ||
                pv_fail(error, PV_ERROR_NOT_FOUND,
                        "its pages hold no text, and what recognises it, tesseract, is not installed (in the package "
                        "tesseract-ocr); " SAVE_AS_DOCX);
    if (done)
        say_it_takes_long("its pages are pictures; recognising their text takes some seconds a page");
    done = done && run_step(place, &draw, &said, &complaints, &status, error);
    pv_buf_reset(&said);
    if (done && (status != 0 || !pv_workplace_list(place, "page-", &said)))
        done = pv_fail(error, PV_ERROR_IO, "pdftoppm cannot draw its pages, so their text cannot be recognised");
    done = done && pv_workplace_write(place, "pages.txt", pv_buf_str(&said), error);
    pv_buf_reset(&said);
    done = done && run_step(place, &read, &said, &complaints, &status, error);
    if (done && status != 0)
        done = pv_fail(error, PV_ERROR_IO, "tesseract cannot read the pictures of its pages");
    pv_buf_clear(&said);
    pv_buf_clear(&complaints);
    return done;
}

static bool convert_pdf(pv_workplace *place, const pv_conversion_request *request, pv_buf *out, pv_error *error) {
    if (!pv_workplace_write(place, "document.pdf", request->bytes, error) ||
        !words_of(place, "document.pdf", request->limit, out, error))
        return false;
    if (!recognises_pages || pv_str_find(pv_buf_str(out), PV_STR("<word "), 0) != SIZE_MAX)
        return true;
    pv_buf_reset(out);
    pv_buf_append(out, PV_PAGES_RECOGNISED);
    return recognise(place, "document.pdf", out->memory, error) &&
           words_of(place, "recognised.pdf", request->limit, out, error);
}

/* ---- documents of other office programs ---- */

/* The ending of a path with its dot, in small letters; ".odt" when it has none that is known. */
static const char *ending_of(pv_str path) {
    static const char *const endings[] = {".odt", ".rtf", ".doc", ".ott", ".fodt"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        pv_str ending = pv_str_from(endings[i]);
        if (path.size > ending.size &&
            pv_str_equal_ascii_folded(pv_str_slice(path, path.size - ending.size, path.size), ending))
            return endings[i];
    }
    return ".odt";
}

static bool convert_office(pv_workplace *place, const pv_conversion_request *request, pv_buf *out, pv_error *error) {
    char name[32];
    char profile[128];
    snprintf(name, sizeof name, "document%s", ending_of(request->path));
    snprintf(profile, sizeof profile, "-env:UserInstallation=file://%s/profile", place->folder);
    const char *const arguments[] = {profile,        "--headless", "--norestore", "--nolockcheck",
                                     "--convert-to", "docx",       "--outdir",    "converted",
                                     name,           NULL};
    const conversion_step step = {.program = "soffice",
                                  .package = "LibreOffice",
                                  .instead = "save it as .docx",
                                  .arguments = arguments,
                                  .seconds = OFFICE_SECONDS,
                                  .limit = 1 << 20,
                                  .alone = true};
    pv_buf complaints = pv_buf_on(out->memory);
    pv_buf said = pv_buf_on(out->memory);
    char path[MAX_PROGRAM_BYTES];
    int status = 0;
    if (pv_child_find(step.program, path, sizeof path))
        say_it_takes_long("LibreOffice converts it, which takes some seconds; a .docx needs no conversion");
    bool done = pv_workplace_write(place, name, request->bytes, error) &&
                run_step(place, &step, &said, &complaints, &status, error);
    if (done && !pv_workplace_read(place, "converted/document.docx", request->limit, out))
        done = pv_fail(error, PV_ERROR_SYNTAX,
                       "LibreOffice cannot open it: it is damaged, protected by a password, or not what its name says; "
                       "save it as .docx");
    if (done && out->size > request->limit)
        done = pv_fail(error, PV_ERROR_LIMIT, "what LibreOffice makes of it is larger than the limit of %zu bytes",
                       request->limit);
    done = done && (!out->failed || pv_fail_memory(error));
    pv_buf_clear(&said);
    pv_buf_clear(&complaints);
    return done;
}

bool pv_conversions_run(void *payload, const pv_conversion_request *request, pv_buf *out, pv_error *error) {
    pv_workplace place;
    (void)payload;
    if (!pv_workplace_open(&place, error))
        return false;
    bool done = request->conversion == PV_CONVERSION_DOCX ? convert_office(&place, request, out, error)
                                                          : convert_pdf(&place, request, out, error);
    pv_workplace_close(&place);
    return done;
}
