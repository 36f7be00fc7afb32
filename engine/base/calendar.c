#include "base/calendar.h"

#include "base/digits.h"

#include <string.h>

#define FIRST_YEAR 1
#define LAST_YEAR 9999
#define DAYS_IN_400_YEARS 146097
#define DAYS 3652059 /* that exist: 0001-01-01 to 9999-12-31 */

/* For printf, as PV_STR_ARG. */
#define DATE_FORMAT "%04d-%02d-%02d"
#define DATE_ARG(date) (date).year, (date).month, (date).day

static bool is_leap_year(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int pv_date_days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

bool pv_date_make(int year, int month, int day, pv_date *out) {
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12)
        return false;
    if (day < 1 || day > pv_date_days_in_month(year, month))
        return false;
    *out = (pv_date){.year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day};
    return true;
}

/* The number that the ASCII digits [start, end) of text spell, or -1. */
static int digits(pv_str text, size_t start, size_t end) {
    int number = 0;
    for (size_t i = start; i < end; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return -1;
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

bool pv_date_parse(pv_str text, pv_date *out) {
    if (text.size != 10 || text.data[4] != '-' || text.data[7] != '-')
        return false;
    return pv_date_make(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10), out);
}

bool pv_date_is_written(pv_str text) {
    static const char shape[] = "0000-00-00";
    bool is_written = text.size == sizeof shape - 1;
    for (size_t i = 0; is_written && i < text.size; i++)
        is_written = shape[i] == '-' ? text.data[i] == '-' : pv_is_digit(text.data[i]);
    return is_written;
}

const char *pv_date_fault(pv_str text) {
    return pv_date_is_written(text) ? "there is no such day in the calendar" : "a day is written like 2022-07-01";
}

void pv_date_write(pv_date date, char out[PV_DATE_SIZE]) {
    static const char shape[PV_DATE_SIZE] = "0000-00-00";
    memcpy(out, shape, sizeof shape);
    for (int i = 3, year = date.year; i >= 0; i--, year /= 10)
        out[i] = (char)('0' + year % 10);
    out[5] = (char)('0' + date.month / 10);
    out[6] = (char)('0' + date.month % 10);
    out[8] = (char)('0' + date.day / 10);
    out[9] = (char)('0' + date.day % 10);
}

int pv_date_compare(pv_date a, pv_date b) {
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

/* Days from 1 January of the year 1 to 1 January of this one. */
static int64_t days_before_year(int64_t year) {
    int64_t years = year - 1;
    return years * 365 + years / 4 - years / 100 + years / 400;
}

/* Days from 1 January of the year 1, a Monday, to date. */
static int64_t day_number(pv_date date) {
    int64_t days = days_before_year(date.year);
    for (int month = 1; month < date.month; month++)
        days += pv_date_days_in_month(date.year, month);
    return days + date.day - 1;
}

/* The day with this number, which is one of DAYS. */
static pv_date date_of(int64_t number) {
    int year = (int)(number * 400 / DAYS_IN_400_YEARS) + 1;
    while (days_before_year(year) > number)
        year--;
    while (days_before_year(year + 1) <= number)
        year++;
    int day = (int)(number - days_before_year(year));
    int month = 1;
    for (; day >= pv_date_days_in_month(year, month); month++)
        day -= pv_date_days_in_month(year, month);
    return (pv_date){.year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)(day + 1)};
}

static bool fail_range(pv_date date, pv_error *error) {
    return pv_fail(error, PV_ERROR_RANGE, "the day counted from " DATE_FORMAT " is not in the years 1 to 9999",
                   DATE_ARG(date));
}

int64_t pv_date_days_between(pv_date a, pv_date b) {
    return day_number(b) - day_number(a);
}

pv_weekday pv_date_weekday(pv_date date) {
    return (pv_weekday)(day_number(date) % 7 + PV_MONDAY);
}

bool pv_date_add_days(pv_date date, int64_t days, pv_date *out, pv_error *error) {
    int64_t start = day_number(date);
    if (days < -start || days >= DAYS - start)
        return fail_range(date, error);
    *out = date_of(start + days);
    return true;
}

bool pv_date_add_months(pv_date date, int64_t months, pv_date *out, pv_error *error) {
    int64_t start = INT64_C(12) * (date.year - FIRST_YEAR) + date.month - 1;
    if (months < -start || months >= INT64_C(12) * LAST_YEAR - start)
        return fail_range(date, error);
    int year = (int)((start + months) / 12) + FIRST_YEAR;
    int month = (int)((start + months) % 12) + 1;
    int longest = pv_date_days_in_month(year, month);
    return pv_date_make(year, month, date.day < longest ? date.day : longest, out);
}

static bool is_weekday(pv_date date) {
    return pv_date_weekday(date) <= PV_FRIDAY;
}

/* How many days of this kind have a lower number: also the index, among those days, of the first that has not. */
static int64_t counting_before(const pv_calendar *calendar, pv_day_kind kind, int64_t number) {
    if (kind == PV_DAY_CALENDAR)
        return number;
    int64_t in_week = number % 7;
    int64_t count = number / 7 * 5 + (in_week < 5 ? in_week : 5);
    for (size_t i = 0; kind == PV_DAY_WORKING && i < calendar->holiday_count; i++)
        count -= day_number(calendar->holidays[i]) < number && is_weekday(calendar->holidays[i]);
    return count;
}

/* The number of the day with this index among the days of this kind, which has such a day. */
static int64_t day_with_index(const pv_calendar *calendar, pv_day_kind kind, int64_t index) {
    int64_t low = 0;
    int64_t high = DAYS - 1;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (counting_before(calendar, kind, middle + 1) > index)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Whether it is known which days of this kind there are around date. */
static bool covers(const pv_calendar *calendar, pv_day_kind kind, pv_date date, pv_error *error) {
    if (kind != PV_DAY_WORKING ||
        (pv_date_compare(calendar->first, date) <= 0 && pv_date_compare(date, calendar->last) <= 0))
        return true;
    return pv_fail(error, PV_ERROR_RANGE,
                   "the holiday table covers " DATE_FORMAT " to " DATE_FORMAT ", and " DATE_FORMAT " lies outside",
                   DATE_ARG(calendar->first), DATE_ARG(calendar->last), DATE_ARG(date));
}

bool pv_calendar_check(const pv_calendar *calendar, pv_error *error) {
    for (size_t i = 0; i < calendar->holiday_count; i++) {
        pv_date holiday = calendar->holidays[i];
        if (i > 0 && pv_date_compare(calendar->holidays[i - 1], holiday) >= 0)
            return pv_fail(error, PV_ERROR_SHAPE, "the holiday " DATE_FORMAT " does not come after the one before it",
                           DATE_ARG(holiday));
        if (pv_date_compare(holiday, calendar->first) < 0 || pv_date_compare(calendar->last, holiday) < 0)
            return pv_fail(error, PV_ERROR_SHAPE,
                           "the holiday " DATE_FORMAT " is not within " DATE_FORMAT " to " DATE_FORMAT,
                           DATE_ARG(holiday), DATE_ARG(calendar->first), DATE_ARG(calendar->last));
    }
    return true;
}

bool pv_calendar_counts(const pv_calendar *calendar, pv_date date, bool *out, pv_error *error) {
    if (!covers(calendar, calendar->kind, date, error))
        return false;
    int64_t number = day_number(date);
    *out = counting_before(calendar, calendar->kind, number + 1) > counting_before(calendar, calendar->kind, number);
    return true;
}

/* Moves date to the day with this index among the days of this kind. */
static bool move_to_index(const pv_calendar *calendar, pv_day_kind kind, int64_t index, pv_date *date,
                          pv_error *error) {
    if (index < 0 || index >= counting_before(calendar, kind, DAYS))
        return fail_range(*date, error);
    *date = date_of(day_with_index(calendar, kind, index));
    return covers(calendar, kind, *date, error);
}

bool pv_calendar_add(const pv_calendar *calendar, pv_date event, int64_t days, pv_day_kind ends_on, pv_date *out,
                     pv_error *error) {
    pv_day_kind kind = calendar->kind;
    if (days < -DAYS || days > DAYS)
        return fail_range(event, error);
    pv_date last = event;
    if (days != 0) {
        int64_t first_to_count = days > 0 ? day_number(event) + 1 : day_number(event);
        int64_t index = counting_before(calendar, kind, first_to_count) + (days > 0 ? days - 1 : days);
        if (!covers(calendar, kind, event, error) || !move_to_index(calendar, kind, index, &last, error))
            return false;
    }
    if (!covers(calendar, ends_on, last, error) ||
        !move_to_index(calendar, ends_on, counting_before(calendar, ends_on, day_number(last)), &last, error))
        return false;
    *out = last;
    return true;
}

bool pv_calendar_days_between(const pv_calendar *calendar, pv_date event, pv_date date, int64_t *out, pv_error *error) {
    pv_day_kind kind = calendar->kind;
    if (!covers(calendar, kind, event, error) || !covers(calendar, kind, date, error))
        return false;
    int64_t after = pv_date_compare(date, event) >= 0; /* where the event's own day is left out */
    *out = counting_before(calendar, kind, day_number(date) + after) -
           counting_before(calendar, kind, day_number(event) + after);
    return true;
}
