#include "lua/class.h"

const pv_class *const pv_classes[] = {
    &pv_collection_class, &pv_submission_class, &pv_fields_class,       &pv_records_class,     &pv_form_class,       &pv_tables_class,
    &pv_section_class,    &pv_group_class,        &pv_measure_class,     &pv_response_class,   &pv_item_class,
    &pv_field_class,      &pv_record_class,       &pv_record_list_class, &pv_pair_class,       &pv_row_class,
    &pv_text_class,       &pv_words_class,        &pv_characters_class,  &pv_trick_class,      &pv_quantity_class,
    &pv_list_item_class,  &pv_list_items_class,   &pv_part_class,        &pv_alignment_class,  &pv_clause_class,
    &pv_match_class,      &pv_mention_class,      &pv_similarity_class,  &pv_decimal_class,    &pv_date_class,
    &pv_calendar_class,   &pv_date_mention_class, &pv_duration_class,    &pv_frequency_class,  &pv_pattern_class,
    &pv_phrases_class,    &pv_verdict_class,      &pv_related_class,     &pv_parameters_class, NULL,
};
