#include "report/verdicts/json_fault.h"

void pv_json_fault(pv_json *json, const pv_fault *fault) {
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_optional_member(json, "rule", fault->rule);
    pv_json_member(json, "kind", pv_str_from(pv_fault_kind_name(fault->kind)));
    pv_json_member(json, "message", fault->message);
    pv_json_key(json, "at");
    if (fault->path.size == 0) {
        pv_json_null(json);
    } else {
        pv_json_object_begin(json);
        pv_json_member(json, "path", fault->path);
        if (fault->at.line > 0) {
            pv_json_key(json, "line");
            pv_json_unsigned(json, fault->at.line);
            pv_json_key(json, "column");
            pv_json_unsigned(json, fault->at.column);
        }
        pv_json_object_end(json);
    }
    pv_json_object_end(json);
}
