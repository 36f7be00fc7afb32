#!/usr/bin/env python3
"""holidays.py FORM: the table `holiday` of a form against the statutes that name the days.

State (California Government Code 6700 and 19853): a holiday on a Sunday is kept on Monday; one on a Saturday is not
kept, but that of 11 November is, on the Friday before. Federal (5 U.S.C. 6103): on a Saturday, kept on Friday; on a
Sunday, on Monday.
"""
import datetime
import re
import sys

YEARS = range(2023, 2028)
DAY = datetime.timedelta(days=1)
MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6


def nth(year, month, weekday, number):
    """The number-th such weekday of a month; the last for -1."""
    days = [day for day in (datetime.date(year, month, 1) + DAY * i for i in range(31))
            if day.month == month and day.weekday() == weekday]
    return days[number - 1] if number > 0 else days[number]


def movable(year):
    """What both keep on a weekday of its own."""
    return {"Martin Luther King Jr. Day": nth(year, 1, MONDAY, 3), "Presidents' Day": nth(year, 2, MONDAY, 3),
            "Memorial Day": nth(year, 5, MONDAY, -1), "Labor Day": nth(year, 9, MONDAY, 1),
            "Thanksgiving Day": nth(year, 11, THURSDAY, 4)}


def fixed(year):
    return {"New Year's Day": datetime.date(year, 1, 1), "Independence Day": datetime.date(year, 7, 4),
            "Veterans Day": datetime.date(year, 11, 11), "Christmas Day": datetime.date(year, 12, 25)}


def state(year):
    for name, day in (fixed(year) | {"Cesar Chavez Day": datetime.date(year, 3, 31)}).items():
        if day.weekday() == SUNDAY:
            yield name, day + DAY
        elif day.weekday() != SATURDAY:
            yield name, day
        elif name == "Veterans Day":
            yield name, day - DAY
    yield from movable(year).items()
    yield "Day after Thanksgiving", nth(year, 11, THURSDAY, 4) + DAY


def federal(year):
    for name, day in (fixed(year) | {"Juneteenth": datetime.date(year, 6, 19)}).items():
        yield name, day + DAY * {SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0)
    yield from movable(year).items()
    yield "Columbus Day", nth(year, 10, MONDAY, 2)


def expected():
    days = {}
    # A New Year's Day may be kept in the year before.
    for year in (*YEARS, YEARS.stop):
        for of, rule in (("state", state), ("federal", federal)):
            for name, day in rule(year):
                if day.year in YEARS:
                    days.setdefault((day.isoformat(), name), []).append(of)
    return {(day, name, ", ".join(of)) for (day, name), of in days.items()}


def written(path):
    with open(path, encoding="utf-8") as file:
        return re.findall(r"- \{ date: (\S+), name: (.+?), of: \[(.+?)\] \}", file.read())


def main():
    rows = written(sys.argv[1])
    problems = [f"not a holiday: {row}" for row in rows if row not in expected()]
    problems += [f"not in the table: {row}" for row in sorted(expected() - set(rows))]
    if rows != sorted(set(rows)):
        problems.append("the table is not in the order of the days, or has one twice")
    for problem in problems:
        print(f"not ok {problem}")
    print(f"holidays: {len(rows)} rows")
    return 1 if problems or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
