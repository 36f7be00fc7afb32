/* E-mail addresses, telephone numbers, postcodes and addresses of pages: what is one, and what only looks so. */
#include "torture.h"

#include "text/contacts.h"

typedef struct contact_case {
    const char *text;
    bool is_one;
} contact_case;

static void each(const contact_case *cases, size_t count, bool (*is_one)(pv_str)) {
    for (size_t i = 0; i < count; i++)
        if (is_one(pv_str_from(cases[i].text)) != cases[i].is_one)
            fail_msg("%s", cases[i].text);
}
#define EACH(cases, is_one) each(cases, sizeof(cases) / sizeof *(cases), is_one)

static void test_emails(void **state) {
    (void)state;
    static const contact_case cases[] = {
        {"ann@example.org", true},
        {"  ann@example.org ", true},
        {"Ann.O'Hara+grants@mail.example.co.uk", true},
        {"zoë@bücher.example", true},
        {"a@xn--bcher-kva.example", true},
        {"a@b", false},
        {"ann@example.org.", false},
        {"ann@.example.org", false},
        {"ann@-example.org", false},
        {".ann@example.org", false},
        {"ann..b@example.org", false},
        {"ann@example.123", false},
        {"ann@example.o", false},
        {"Ann <ann@example.org>", false},
        {"ann@example.org, bob@example.org", false},
        {"ann @example.org", false},
        {"ann at example.org", false},
        {"ann@@example.org", false},
        {"@example.org", false},
        {"N/A", false},
        {"", false},
    };
    EACH(cases, pv_contact_is_email);
}

static void test_telephones(void **state) {
    (void)state;
    static const contact_case cases[] = {
        {"+44 (0)20 7946 0958 ext. 3", true},
        {"+44 20 7946 0958", true},
        {"(213) 555-0142", true},
        {"213.555.0142 x12", true},
        {"020 7946 0958 extension 1234", true},
        {"+49/30/901820", true},
        {"555-0142", true},
        {"+1\xC2\xA0"
         "213\xE2\x80\x91"
         "555\xE2\x80\x91"
         "0142",
         true}, /* blanks and hyphens that do not break */
        {"12-34", false},
        {"123456", false},
        {"+44 20 7946 0958 1234 567", false}, /* more than 15 figures */
        {"44+20 7946 0958", false},
        {"(213 555-0142", false},
        {"213) 555-0142", false},
        {"213--555-0142", false},
        {"213-555-0142-", false},
        {"213-555-0142 ext.", false},
        {"0800 FLOWERS", false},
        {"020 7946 0958 or 020 7946 0959", false},
        {"N/A", false},
        {"", false},
    };
    EACH(cases, pv_contact_is_telephone);
}

static void test_pages(void **state) {
    (void)state;
    static const contact_case cases[] = {
        {"https://example.org", true},
        {"HTTP://www.example.org:8080/a/b?c=d#e", true},
        {"https://bücher.example/ä", true},
        {"www.example.org/a", true},
        {"example.org", false},
        {"https://", false},
        {"https://example", false},
        {"https://example.org:port/", false},
        {"https://example.org/a b", false},
        {"ftp://example.org", false},
        {"see https://example.org", false},
        {"https://ann@example.org", false},
        {"javascript:alert(1)", false},
        {"", false},
    };
    EACH(cases, pv_contact_is_url);
}

static void test_postcodes(void **state) {
    (void)state;
    static const struct {
        const char *country;
        const char *text;
        bool is_one;
    } cases[] = {
        {"GB", "SW1A 2AA", true}, {"GB", "sw1a2aa", true},  {"GB", "M1 1AE", true},     {"GB", "DN55 1PT", true},
        {"GB", "W1A 0AX", true},  {"GB", "SW1A", false},    {"GB", "SW1A 2A", false},   {"GB", "SW1A  2AA", false},
        {"GB", "90012", false},   {"US", "90012", true},    {"US", "90012-1234", true}, {"US", "9001", false},
        {"US", "90012-", false},  {"US", "K1A 0B1", false}, {"CA", "K1A 0B1", true},    {"DE", "01067", true},
        {"DE", "1067", false},    {"IE", "D02 X285", true}, {"IE", "D6W XY00", true},   {"NL", "2511EX", true},
        {"JP", "100-8111", true}, {"", "SW1A 2AA", true},   {"", "100-8111", true},     {"", "A1", false},
        {"", "none", false},      {"", "-1234", false},     {"", "12345678901", false}, {"", "", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (pv_contact_is_postcode(pv_str_from(cases[i].text), pv_str_from(cases[i].country)) != cases[i].is_one)
            fail_msg("%s %s", cases[i].country, cases[i].text);
    /* Each country that is known has an example, which is one. */
    for (size_t i = 0; pv_contact_postcode_country(i).size > 0; i++) {
        pv_str country = pv_contact_postcode_country(i);
        assert_true(pv_contact_is_postcode(pv_contact_postcode_example(country), country));
    }
    assert_int_equal(pv_contact_postcode_example(PV_STR("XX")).size, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_emails),
        cmocka_unit_test(test_telephones),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_postcodes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
