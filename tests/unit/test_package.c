/* ZIP archives: what is read of right ones, and what is said of broken ones. */
#include "package_fixture.h"

#include <string.h>

#include "load/package_p.h"

static pv_package *open_package(arena_fixture *fixture, pv_str bytes) {
    pv_limits limits = pv_limits_default();
    pv_package *package;
    if (!pv_package_open(&package, fixture->arena, bytes, &limits, &fixture->error))
        fail_msg("%s", fixture->error.message);
    return package;
}

/* Contents of the part, "-" where there is none, the error where it is refused. */
static const char *content_of(arena_fixture *fixture, pv_package *package, const char *name) {
    pv_limits limits = pv_limits_default();
    const pv_package_entry *entry;
    pv_str content = PV_STR("-");
    fixture->error = (pv_error){0};
    if (!pv_package_find(&entry, package, pv_str_from(name), &fixture->error) ||
        (entry && !pv_package_unpack(&content, fixture->arena, package, entry, &limits, &fixture->error)))
        return fixture->error.message;
    return pv_arena_copy(fixture->arena, content).data;
}

static void assert_refused(arena_fixture *fixture, pv_str bytes, const char *says) {
    pv_limits limits = pv_limits_default();
    pv_package *package;
    fixture->error = (pv_error){0};
    assert_false(pv_package_open(&package, fixture->arena, bytes, &limits, &fixture->error));
    assert_null(package);
    if (!strstr(fixture->error.message, says))
        fail_msg("\"%s\" does not hold \"%s\"", fixture->error.message, says);
}

static void test_entries_are_read(void **state) {
    arena_fixture *fixture = *state;
    archive made = archive_begin(&fixture->memory);
    archive_add(&made, "word/", PV_STR(""), (entry_form){0}); /* a folder */
    archive_add(&made, "word/stored.xml", PV_STR("<a/>"), (entry_form){0});
    archive_add(&made, "word/deflated.xml", PV_STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
                (entry_form){.deflated = true});
    archive_add(&made, "word/streamed.xml", PV_STR("bbbb"), (entry_form){.deflated = true, .has_descriptor = true});
    archive_add(&made, "word/large.xml", PV_STR("cc"), (entry_form){.is_large = true});
    archive_add(&made, "word\\back.xml", PV_STR("d"), (entry_form){0});
    archive_add(&made, "word/empty.xml", PV_STR(""), (entry_form){.deflated = true});
    archive_add(&made, "../../etc/passwd", PV_STR("e"), (entry_form){0}); /* a name like any other */
    pv_package *package = open_package(fixture, archive_end_as(&made, fixture->arena, PV_STR("PK\x05\x06 comment")));
    assert_int_equal(package->count, 8);
    assert_string_equal(content_of(fixture, package, "word/stored.xml"), "<a/>");
    assert_string_equal(content_of(fixture, package, "/Word/Stored.XML"), "<a/>");
    assert_string_equal(content_of(fixture, package, "word/deflated.xml"), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    assert_string_equal(content_of(fixture, package, "word/streamed.xml"), "bbbb");
    assert_string_equal(content_of(fixture, package, "word/large.xml"), "cc");
    assert_string_equal(content_of(fixture, package, "word/back.xml"), "d");
    assert_string_equal(content_of(fixture, package, "word/empty.xml"), "");
    assert_string_equal(content_of(fixture, package, "../../etc/passwd"), "e");
    assert_string_equal(content_of(fixture, package, "etc/passwd"), "-");
    assert_string_equal(content_of(fixture, package, "word/none.xml"), "-");
    assert_int_equal(package->unpacked, 4 + 4 + 38 + 4 + 2 + 1 + 1);
}

/* Each entry's bytes end where the next one's begin. */
static void test_entries_know_their_bytes(void **state) {
    arena_fixture *fixture = *state;
    archive made = archive_begin(&fixture->memory);
    archive_add(&made, "a", PV_STR("1"), (entry_form){.has_descriptor = true});
    archive_add(&made, "b", PV_STR("22"), (entry_form){0});
    pv_package *package = open_package(fixture, archive_end(&made, fixture->arena));
    assert_int_equal(package->entries[0].start, 0);
    assert_int_equal(package->entries[0].end, 30 + 1 + 1 + 16);
    assert_int_equal(package->entries[1].start, 48);
    assert_int_equal(package->entries[1].end, 48 + 30 + 1 + 2);
    assert_int_equal(package->directory, 81);
    assert_int_equal(package->entries[0].record, 81);
    assert_int_equal(package->entries[1].record, 81 + 47);
    assert_int_equal(package->directory_end, 81 + 2 * 47);
}

static void test_what_stands_before_and_after_an_archive_is_no_part_of_it(void **state) {
    arena_fixture *fixture = *state;
    archive made = archive_begin(&fixture->memory);
    archive_add(&made, "a", PV_STR("1"), (entry_form){0});
    pv_str bytes = archive_end(&made, fixture->arena);
    pv_str parted = pv_arena_format(fixture->arena, "%s", "");
    pv_buf around = pv_buf_on(&fixture->memory);
    pv_buf_append_text(&around, "#!/bin/sh\n");
    pv_buf_append(&around, bytes);
    pv_buf_append_text(&around, "\nand more");
    parted = pv_arena_copy(fixture->arena, pv_buf_str(&around));
    pv_buf_clear(&around);
    pv_package *package = open_package(fixture, parted);
    assert_int_equal(package->shift, 10);
    assert_int_equal(package->entries[0].start, 10);
    assert_string_equal(content_of(fixture, package, "a"), "1");
}

/* Word's own programs and others differ on which of two entries of a name counts. */
static void test_two_entries_of_one_name(void **state) {
    arena_fixture *fixture = *state;
    archive made = archive_begin(&fixture->memory);
    archive_add(&made, "same.xml", PV_STR("1"), (entry_form){0});
    archive_add(&made, "other.xml", PV_STR("1"), (entry_form){0});
    archive_add(&made, "same.xml", PV_STR("1"), (entry_form){.deflated = true});
    archive_add(&made, "Other.xml", PV_STR("2"), (entry_form){0});
    pv_package *package = open_package(fixture, archive_end(&made, fixture->arena));
    assert_string_equal(content_of(fixture, package, "same.xml"), "1");
    assert_non_null(strstr(content_of(fixture, package, "other.xml"), "holds the part other.xml twice"));
}

static void test_what_an_entry_holds_is_checked(void **state) {
    arena_fixture *fixture = *state;
    static const char damaged[] = "what one of its parts holds is not what was put into it";
    archive made = archive_begin(&fixture->memory);
    archive_add(&made, "crc", PV_STR("1"), (entry_form){.wrong_crc = 1});
    archive_add(&made, "less", PV_STR("1234"), (entry_form){.deflated = true, .wrong_size = -1});
    archive_add(&made, "more", PV_STR("1234"), (entry_form){.deflated = true, .wrong_size = 1});
    archive_add(&made, "stored", PV_STR("1234"), (entry_form){.wrong_size = 1});
    archive_add(&made, "huge", PV_STR("1234"), (entry_form){.deflated = true, .wrong_size = 100000000});
    archive_add(&made, "name", PV_STR("1"), (entry_form){.own_name = "nome"});
    archive_add(&made, "encrypted", PV_STR("1"), (entry_form){.flags = 1});
    archive_add(&made, "method", PV_STR("1"), (entry_form){.method = 12});
    pv_package *package = open_package(fixture, archive_end(&made, fixture->arena));
    size_t used = fixture->memory.used;
    assert_non_null(strstr(content_of(fixture, package, "crc"), damaged));
    assert_non_null(strstr(content_of(fixture, package, "less"), damaged));
    assert_non_null(strstr(content_of(fixture, package, "more"), damaged));
    assert_non_null(strstr(content_of(fixture, package, "stored"), damaged));
    assert_non_null(strstr(content_of(fixture, package, "huge"), damaged));
    assert_non_null(strstr(content_of(fixture, package, "name"), damaged));
    assert_non_null(strstr(content_of(fixture, package, "encrypted"), "is encrypted"));
    assert_non_null(strstr(content_of(fixture, package, "method"), "method 12"));
    assert_true(fixture->memory.used < used + 100000);
}

static void test_limits(void **state) {
    arena_fixture *fixture = *state;
    pv_limits limits = pv_limits_default();
    archive made = archive_begin(&fixture->memory);
    pv_str zeros = repeated(fixture->arena, "0", 100000);
    archive_add(&made, "a", zeros, (entry_form){.deflated = true});
    archive_add(&made, "b", zeros, (entry_form){0});
    pv_str bytes = archive_end(&made, fixture->arena);
    pv_package *package;
    pv_str content;

    limits.package_bytes = bytes.size - 1;
    assert_false(pv_package_open(&package, fixture->arena, bytes, &limits, &fixture->error));
    assert_int_equal(fixture->error.code, PV_ERROR_LIMIT);
    limits.package_bytes++;
    limits.package_entries = 1;
    fixture->error = (pv_error){0};
    assert_false(pv_package_open(&package, fixture->arena, bytes, &limits, &fixture->error));
    assert_int_equal(fixture->error.code, PV_ERROR_LIMIT);
    limits.package_entries++;
    fixture->error = (pv_error){0};
    assert_true(pv_package_open(&package, fixture->arena, bytes, &limits, &fixture->error));

    limits.part_bytes = 99999;
    assert_false(pv_package_unpack(&content, fixture->arena, package, &package->entries[1], &limits, &fixture->error));
    assert_int_equal(fixture->error.code, PV_ERROR_LIMIT);
    limits.part_bytes++;
    limits.part_ratio_bytes = 99999; /* the ratio is over 200 */
    fixture->error = (pv_error){0};
    assert_false(pv_package_unpack(&content, fixture->arena, package, &package->entries[0], &limits, &fixture->error));
    assert_int_equal(fixture->error.code, PV_ERROR_LIMIT);
    limits.part_ratio_bytes++;
    limits.unpacked_bytes = 199999;
    fixture->error = (pv_error){0};
    assert_true(pv_package_unpack(&content, fixture->arena, package, &package->entries[0], &limits, &fixture->error));
    assert_false(pv_package_unpack(&content, fixture->arena, package, &package->entries[1], &limits, &fixture->error));
    assert_int_equal(fixture->error.code, PV_ERROR_LIMIT);
    limits.unpacked_bytes++;
    fixture->error = (pv_error){0};
    assert_true(pv_package_unpack(&content, fixture->arena, package, &package->entries[1], &limits, &fixture->error));
}

static void test_what_is_no_package(void **state) {
    arena_fixture *fixture = *state;
    assert_refused(fixture, PV_STR(""), "the file is empty");
    assert_refused(fixture, PV_STR("Dear Sir"), "not the ZIP archive");
    assert_refused(fixture, PV_STR("%PDF-1.7"), "is a PDF");
    assert_refused(fixture, PV_STR("{\\rtf1\\ansi}"), "is RTF");
    assert_refused(fixture, PV_STR("\xEF\xBB\xBF<?xml version='1.0'?><w:wordDocument/>"), "is XML or HTML");
    assert_refused(fixture, PV_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
                   "with a password");
    assert_refused(fixture, PV_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"), "(.doc)");
    assert_refused(fixture, PV_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0k\0b\0o\0o\0k\0"), "(.xls)");
    assert_refused(fixture, PV_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "old office format");
}

static void test_truncated_at_every_byte(void **state) {
    arena_fixture *fixture = *state;
    archive made = archive_begin(&fixture->memory);
    archive_add(&made, "a", PV_STR("12345678901234567890"), (entry_form){.deflated = true});
    archive_add(&made, "b", PV_STR("1"), (entry_form){.is_large = true});
    pv_str bytes = archive_end(&made, fixture->arena);
    assert_refused(fixture, pv_str_slice(bytes, 0, bytes.size - 1), "breaks off before its end");
    pv_limits limits = pv_limits_default();
    for (size_t size = 0; size < bytes.size; size++) {
        pv_package *package;
        char *block = malloc(size + 1);
        memcpy(block, bytes.data, size);
        fixture->error = (pv_error){0};
        assert_false(pv_package_open(&package, fixture->arena, (pv_str){block, size}, &limits, &fixture->error));
        free(block);
    }
}

static void test_broken_directories(void **state) {
    arena_fixture *fixture = *state;
    archive made = archive_begin(&fixture->memory);
    archive_add(&made, "a", PV_STR("1"), (entry_form){0});
    archive_add(&made, "b", PV_STR("1"), (entry_form){.wrong_start = -32}); /* the bytes of a */
    assert_refused(fixture, archive_end(&made, fixture->arena), "where its parts begin");
    made = archive_begin(&fixture->memory);
    archive_add(&made, "a", PV_STR("1"), (entry_form){.wrong_start = 2});
    assert_refused(fixture, archive_end(&made, fixture->arena), "where its parts begin");
    made = archive_begin(&fixture->memory);
    archive_add(&made, "a", PV_STR("1"), (entry_form){0});
    made.count = 2;
    assert_refused(fixture, archive_end(&made, fixture->arena), "breaks off");
    made = archive_begin(&fixture->memory);
    archive_add(&made, "a", PV_STR("1"), (entry_form){0});
    made.directory.data[0] = 'Q';
    assert_refused(fixture, archive_end(&made, fixture->arena), "breaks off");
    made = archive_begin(&fixture->memory);
    archive_add(&made, "a", PV_STR("1"), (entry_form){0});
    pv_str bytes = archive_end(&made, fixture->arena);
    pv_str disks = pv_arena_copy(fixture->arena, bytes);
    char *changed = pv_arena_room(fixture->arena, bytes.size);
    memcpy(changed, disks.data, bytes.size);
    changed[bytes.size - 22 + 4] = 1;
    assert_refused(fixture, (pv_str){changed, bytes.size}, "split into several");
}

static void test_large_end_records(void **state) {
    arena_fixture *fixture = *state;
    archive made = archive_begin(&fixture->memory);
    archive_add(&made, "a", PV_STR("1"), (entry_form){.is_large = true});
    size_t directory = made.bytes.size;
    pv_buf_append(&made.bytes, pv_buf_str(&made.directory));
    size_t end = made.bytes.size;
    put_32(&made.bytes, 0x06064B50);
    put_64(&made.bytes, 44);
    put_32(&made.bytes, 0x002D002D);
    put_64(&made.bytes, 0); /* disks */
    put_64(&made.bytes, 1);
    put_64(&made.bytes, 1);
    put_64(&made.bytes, end - directory);
    put_64(&made.bytes, directory);
    put_32(&made.bytes, 0x07064B50);
    put_32(&made.bytes, 0);
    put_64(&made.bytes, end);
    put_32(&made.bytes, 1);
    archive_put_end(&made, UINT32_MAX, 0xFFFF, PV_STR(""));
    pv_package *package = open_package(fixture, pv_buf_str(&made.bytes));
    assert_true(package->has_large_records);
    assert_int_equal(package->count, 1);
    assert_string_equal(content_of(fixture, package, "a"), "1");
    made.bytes.data[end] = 'Q';
    assert_refused(fixture, pv_buf_str(&made.bytes), "the end of its list of parts");
    pv_buf_clear(&made.bytes);
    pv_buf_clear(&made.directory);
}

static bool unpack_all(pv_arena *arena, pv_error *error) {
    pv_limits limits = pv_limits_default();
    pv_memory elsewhere = pv_memory_with_limit(SIZE_MAX);
    pv_arena *own = pv_arena_new(&elsewhere);
    archive made = archive_begin(&elsewhere);
    archive_add(&made, "a", PV_STR("1111111111"), (entry_form){.deflated = true});
    archive_add(&made, "b", PV_STR("2"), (entry_form){0});
    pv_str bytes = archive_end(&made, own);
    pv_package *package;
    bool succeeded = pv_package_open(&package, arena, bytes, &limits, error);
    for (size_t i = 0; i < 2 && succeeded; i++) {
        pv_str content;
        succeeded = pv_package_unpack(&content, arena, package, &package->entries[i], &limits, error);
    }
    pv_arena_free(own);
    return succeeded;
}

static void test_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(unpack_all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_entries_are_read),
        arena_test(test_entries_know_their_bytes),
        arena_test(test_what_stands_before_and_after_an_archive_is_no_part_of_it),
        arena_test(test_two_entries_of_one_name),
        arena_test(test_what_an_entry_holds_is_checked),
        arena_test(test_limits),
        arena_test(test_what_is_no_package),
        arena_test(test_truncated_at_every_byte),
        arena_test(test_broken_directories),
        arena_test(test_large_end_records),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
