/* Plain text, as a person writes it or as an extractor leaves a page: a block for each line that says something. */
#include "load/loader_p.h"

#include <stdlib.h>

#include "base/digits.h"
#include "base/hash.h"
#include "text/lines.h"

/* Lines that say something, from the end of a page: as far as a page's head and foot reach. */
#define NEAR_PAGE_END 2
#define FEWEST_REPEATS 3 /* of a line that pages print around their text, but for the numbers in it, */
#define PAGES_A_REPEAT 3 /* and one for so many pages */

typedef struct text_loader {
    pv_arena *arena;
    const pv_source *source;
    pv_str text; /* of the file, without a byte order mark */
    uint32_t base;
    pv_lines lines;
    bool has_pages; /* a form feed ends one of its lines */
    size_t page_count;
    uint64_t *heads; /* of the lines beside page ends, their wording without numbers, in order */
    size_t head_count;
    pv_block *blocks;
    size_t count;
} text_loader;

/* Whether a form feed ends the line. */
static bool ends_page(const text_loader *loader, size_t line) {
    size_t end = line + 1 < loader->lines.count ? loader->lines.lines[line + 1].at.start : loader->text.size;
    for (size_t i = loader->lines.lines[line].at.end; i < end; i++)
        if (loader->text.data[i] == '\f')
            return true;
    return false;
}

/* Whether a page ends within a few lines that say something, before or after. */
static bool is_near_page_end(const text_loader *loader, size_t line) {
    const pv_line *lines = loader->lines.lines;
    size_t near = 0;
    for (size_t i = line; i < loader->lines.count && near <= NEAR_PAGE_END; i++) {
        near += i > line && !lines[i].blank;
        if (near <= NEAR_PAGE_END && ends_page(loader, i))
            return true;
    }
    near = 0;
    for (size_t i = line; i > 0 && near <= NEAR_PAGE_END; i--) {
        if (ends_page(loader, i - 1))
            return true;
        near += !lines[i - 1].blank;
    }
    return line < NEAR_PAGE_END;
}

/* ---- running heads and feet ---- */

/* Of a line without its numbers: "Submission, page 3" and "Submission, page 12" are one. */
static uint64_t wording_of(const text_loader *loader, size_t line) {
    const pv_span at = loader->lines.lines[line].at;
    uint64_t hash = PV_HASH_SEED;
    for (size_t i = at.start; i < at.end; i++)
        if (!pv_digit_at(loader->text, i))
            hash = pv_hash_byte(hash, loader->text.data[i]);
    return hash;
}

static int compare_hashes(const void *left, const void *right) {
    const uint64_t a = *(const uint64_t *)left;
    const uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static bool find_heads(text_loader *loader, pv_error *error) {
    loader->heads = PV_NEW_ARRAY(loader->arena, uint64_t, loader->lines.count);
    if (!loader->heads)
        return pv_fail_memory(error);
    for (size_t i = 0; i < loader->lines.count && loader->has_pages; i++)
        if (!loader->lines.lines[i].blank && is_near_page_end(loader, i))
            loader->heads[loader->head_count++] = wording_of(loader, i);
    if (loader->head_count > 1)
        qsort(loader->heads, loader->head_count, sizeof *loader->heads, compare_hashes);
    return true;
}

static size_t first_head(const text_loader *loader, uint64_t hash) {
    size_t low = 0;
    size_t high = loader->head_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (loader->heads[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether a line beside a page's end comes back beside many. */
static bool comes_back(const text_loader *loader, size_t line) {
    if (!loader->has_pages || !is_near_page_end(loader, line))
        return false;
    const uint64_t hash = wording_of(loader, line);
    size_t count = 0;
    for (size_t i = first_head(loader, hash); i < loader->head_count && loader->heads[i] == hash; i++)
        count++;
    return count >= FEWEST_REPEATS && count * PAGES_A_REPEAT >= loader->page_count;
}

/* A number alone on its line may be what is answered: it is a page's where the page ends beside it. */
static bool is_furniture(const text_loader *loader, size_t line) {
    const pv_line *at = &loader->lines.lines[line];
    if (comes_back(loader, line))
        return true;
    return at->furniture &&
           (!pv_digit_at(loader->text, at->at.start) || (loader->has_pages && is_near_page_end(loader, line)));
}

/* A page that begins, as extractors leave it where the form feed itself is gone: one space before its first line. */
static bool begins_page(const text_loader *loader, size_t line) {
    size_t start = loader->lines.lines[line].at.start;
    return start > 0 && loader->text.data[start - 1] == ' ' &&
           (start == 1 || loader->text.data[start - 2] == '\n' || loader->text.data[start - 2] == '\f');
}

static bool add_line(text_loader *loader, size_t line, uint32_t page, bool is_parted, pv_error *error) {
    const pv_line *at = &loader->lines.lines[line];
    pv_block *block = &loader->blocks[loader->count++];
    const bool furniture = is_furniture(loader, line);
    *block = (pv_block){
        .kind = furniture ? PV_BLOCK_FURNITURE : PV_BLOCK_LINE,
        .is_parted = is_parted || begins_page(loader, line),
        .may_go_on = !furniture,
        .page = loader->has_pages ? page : 0,
        .label = {.exact = true},
    };
    pv_str value = pv_str_slice(loader->text, at->at.start, at->at.end);
    return pv_text_verbatim(&block->text, loader->arena, value, loader->base + at->at.start, error);
}

static bool add_lines(text_loader *loader, pv_error *error) {
    bool is_parted = false;
    uint32_t page = 1;
    for (size_t i = 0; i < loader->lines.count; i++)
        loader->page_count += ends_page(loader, i);
    loader->has_pages = loader->page_count > 0;
    if (!find_heads(loader, error))
        return false;
    for (size_t i = 0; i < loader->lines.count; i++) {
        const pv_line *line = &loader->lines.lines[i];
        if (!line->blank && !add_line(loader, i, page, is_parted, error))
            return false;
        const bool page_ends = ends_page(loader, i);
        is_parted = line->blank || page_ends;
        page += page_ends;
    }
    return true;
}

static bool load(pv_loaded *out, pv_arena *arena, const pv_source *source, const pv_form *form, const pv_limits *limits,
                 pv_error *error) {
    (void)form;
    (void)limits;
    const size_t start = pv_source_text_start(source);
    text_loader loader = {.arena = arena, .source = source, .base = (uint32_t)start};
    loader.text = pv_str_slice(source->bytes, start, source->bytes.size);
    if (!pv_lines_find(arena, loader.text, &loader.lines, error))
        return false;
    loader.blocks = PV_NEW_ARRAY(arena, pv_block, loader.lines.count);
    pv_blocks *blocks = PV_NEW(arena, pv_blocks);
    if (!loader.blocks || !blocks)
        return pv_fail_memory(error);
    if (!add_lines(&loader, error))
        return false;
    *blocks = (pv_blocks){
        .source = source,
        .format = pv_plain_text_loader.format,
        .list = loader.blocks,
        .count = loader.count,
    };
    out->blocks = blocks;
    return true;
}

/* Keys are of other formats. */
static bool glimpse(pv_str bytes, pv_arena *scratch, pv_key_judge judge, void *payload) {
    (void)bytes, (void)scratch, (void)judge, (void)payload;
    return false;
}

static const pv_str endings[] = {PV_STR(".txt"), PV_STR(".text")};

const pv_loader pv_plain_text_loader = {
    .format = PV_STR("text"),
    .title = PV_STR("plain text"),
    .endings = endings,
    .ending_count = sizeof endings / sizeof *endings,
    .is_document = true,
    .is_prose = true,
    .open = pv_source_new,
    .load = load,
    .glimpse = glimpse,
};
