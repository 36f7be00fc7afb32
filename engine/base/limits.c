#include "base/limits.h"

pv_limits pv_limits_default(void) {
    return (pv_limits){
        .source_bytes = (size_t)4 << 20,
        .attached_files = 1000,
        .attached_bytes = (size_t)64 << 20,
        .yaml_depth = 64,
        .yaml_events = 1000000,
        .csv_rows = 100000,
        .csv_columns = 1000,
        .csv_cells = 500000,
        .rule_file_bytes = (size_t)1 << 20,
        .pattern_bytes = 4096,
        .pattern_steps = 100000,
        .pattern_subject = (size_t)64 << 10,
        .fuel = 5000000,
        .lua_bytes = (size_t)64 << 20,
        .lua_string_bytes = (size_t)1 << 20,
        .cpu_milliseconds = 2000,
    };
}
