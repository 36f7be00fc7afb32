#include "report/write/sarif.h"

#include "base/utf8.h"
#include "report/write/markup.h"

/* GitHub's limit for descriptions, in characters. */
#define LONGEST_DESCRIPTION ((size_t)1024)

/* Consumers want a link to a page about the tool; its name serves until it has one. */
#define INFORMATION_URI PV_STR("urn:proviso:tool")

void pv_sarif_begin(pv_json *json) {
    pv_json_object_begin(json);
    pv_json_member(
        json, "$schema",
        PV_STR("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"));
    pv_json_member(json, "version", PV_STR("2.1.0"));
    pv_json_key(json, "runs");
    pv_json_array_begin(json);
    pv_json_object_begin(json);
    pv_json_member(json, "columnKind", PV_STR("unicodeCodePoints"));
    pv_json_line_break(json);
    pv_json_key(json, "results");
    pv_json_array_begin(json);
}

void pv_sarif_end(pv_json *json) {
    pv_json_object_end(json);
    pv_json_array_end(json);
    pv_json_object_end(json);
    pv_buf_append_char(json->out, '\n');
}

static void put_full_name(pv_json *json, pv_str version) {
    pv_buf name = pv_buf_on(json->out->memory);
    pv_buf_append_text(&name, "proviso ");
    pv_buf_append(&name, version);
    pv_json_member(json, "fullName", pv_buf_str(&name));
    json->out->failed |= name.failed;
    pv_buf_clear(&name);
}

void pv_sarif_driver(pv_json *json, pv_str version) {
    pv_json_member(json, "name", PV_STR("proviso"));
    put_full_name(json, version);
    pv_json_member(json, "version", version);
    pv_json_member(json, "semanticVersion", version);
    pv_json_member(json, "informationUri", INFORMATION_URI);
}

void pv_sarif_text(pv_json *json, const char *key, pv_buf *text) {
    pv_str whole = pv_buf_str(text);
    size_t characters = 0;
    size_t end = 0;
    for (size_t size; end < whole.size && characters + 1 < LONGEST_DESCRIPTION; end += size, characters++)
        pv_utf8_decode(whole, end, &size);
    if (end < whole.size) {
        pv_buf cut = pv_buf_on(text->memory);
        pv_buf_append(&cut, pv_str_slice(whole, 0, end));
        pv_buf_append_text(&cut, "…");
        pv_json_prose_member(json, key, pv_buf_str(&cut));
        json->out->failed |= cut.failed;
        pv_buf_clear(&cut);
    } else {
        pv_json_prose_member(json, key, whole);
    }
    json->out->failed |= text->failed;
    pv_buf_reset(text);
}

void pv_sarif_message(pv_json *json, const char *key, pv_buf *text) {
    pv_json_key(json, key);
    pv_json_object_begin(json);
    pv_sarif_text(json, "text", text);
    pv_json_object_end(json);
}

void pv_sarif_name(pv_json *json, pv_str id) {
    pv_buf text = pv_buf_on(json->out->memory);
    bool starts = true;
    for (size_t i = 0; i < id.size; i++) {
        char c = id.data[i];
        bool is_part = pv_ascii_is_letter_or_digit(c);
        if (is_part)
            pv_buf_append_char(&text, starts && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
        starts = !is_part;
    }
    pv_sarif_text(json, "name", &text);
    pv_buf_clear(&text);
}

void pv_sarif_artifact(pv_json *json, const char *key, pv_str path) {
    pv_buf uri = pv_buf_on(json->out->memory);
    pv_uri_append(&uri, path);
    pv_json_key(json, key);
    pv_json_object_begin(json);
    pv_json_member(json, "uri", pv_buf_str(&uri));
    pv_json_object_end(json);
    json->out->failed |= uri.failed;
    pv_buf_clear(&uri);
}

static void put_number(pv_json *json, const char *key, uint32_t number) {
    pv_json_key(json, key);
    pv_json_unsigned(json, number);
}

void pv_sarif_physical_location(pv_json *json, pv_str path, pv_sarif_region region, pv_str words) {
    pv_json_key(json, "physicalLocation");
    pv_json_object_begin(json);
    pv_sarif_artifact(json, "artifactLocation", path);
    if (region.start_line > 0) {
        pv_json_key(json, "region");
        pv_json_object_begin(json);
        put_number(json, "startLine", region.start_line);
        if (region.start_column > 0) {
            put_number(json, "startColumn", region.start_column);
            put_number(json, "endLine", region.end_line);
            put_number(json, "endColumn", region.end_column);
        }
        if (words.size > 0) {
            pv_json_key(json, "snippet");
            pv_json_object_begin(json);
            pv_json_prose_member(json, "text", words);
            pv_json_object_end(json);
        }
        pv_json_object_end(json);
    }
    pv_json_object_end(json);
}

void pv_sarif_suppression(pv_json *json, pv_str justification) {
    pv_json_key(json, "suppressions");
    pv_json_array_begin(json);
    pv_json_object_begin(json);
    pv_json_member(json, "kind", PV_STR("external"));
    pv_json_member(json, "status", PV_STR("accepted"));
    pv_json_prose_member(json, "justification", justification);
    pv_json_object_end(json);
    pv_json_array_end(json);
}

void pv_sarif_notification(pv_json *json, const char *level, pv_str text) {
    pv_json_object_begin(json);
    pv_json_member(json, "level", pv_str_from(level));
    pv_json_key(json, "message");
    pv_json_object_begin(json);
    pv_json_prose_member(json, "text", text);
    pv_json_object_end(json);
}
