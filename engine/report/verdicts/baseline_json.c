#include "report/verdicts/baseline_json.h"

#include "base/digits.h"

void pv_verdict_entry_json(pv_json *json, const pv_verdict_entry *entry) {
    char digits[PV_HEX_SIZE];
    pv_hex_write(entry->fingerprint, digits);
    pv_json_object_begin(json);
    pv_json_member(json, "path", entry->path);
    pv_json_member(json, "rule", entry->rule);
    pv_json_member(json, "subject", entry->subject);
    pv_json_member(json, "fingerprint", pv_str_from(digits));
    pv_json_key(json, "ordinal");
    pv_json_unsigned(json, entry->ordinal);
    pv_json_object_end(json);
}

void pv_baseline_json(pv_buf *out, pv_str version, const pv_baseline_pack *packs, size_t pack_count,
                      const pv_verdict_entry *const *entries, size_t entry_count) {
    pv_json json = pv_json_on(out);
    pv_json_object_begin(&json);
    pv_json_key(&json, "schema");
    pv_json_unsigned(&json, PV_BASELINE_SCHEMA);
    pv_json_member(&json, "proviso", version);
    pv_json_line_break(&json);
    pv_json_key(&json, "packs");
    pv_json_array_begin(&json);
    for (size_t i = 0; i < pack_count; i++) {
        pv_json_line_break(&json);
        pv_json_object_begin(&json);
        pv_json_member(&json, "id", packs[i].id);
        pv_json_member(&json, "version", packs[i].version);
        pv_json_object_end(&json);
    }
    pv_json_line_break(&json);
    pv_json_array_end(&json);
    pv_json_line_break(&json);
    pv_json_key(&json, "findings");
    pv_json_array_begin(&json);
    for (size_t i = 0; i < entry_count; i++) {
        pv_json_line_break(&json);
        pv_verdict_entry_json(&json, entries[i]);
    }
    pv_json_line_break(&json);
    pv_json_array_end(&json);
    pv_json_object_end(&json);
    pv_buf_append_char(out, '\n');
}
