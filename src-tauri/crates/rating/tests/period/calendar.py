#!/usr/bin/env python3
"""Writes calendar.txt anew: `python3 calendar.py > calendar.txt`. A difference is looked at, not taken.

Shares nothing with Ratebook: dates are Python's, clocks those of the IANA tables that the system's
`zoneinfo` has. The first instant of a day is looked for minute by minute; shares are fractions.
"""

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

MONTHS = {"month": 1, "quarter": 3, "year": 12}
DAYS = {"day": 1, "week": 7}


def clamped(months, day):
    """The day of a month, counted from year 0, or the month's last."""
    year, month = divmod(months, 12)
    while True:
        try:
            return date(year, month + 1, day)
        except ValueError:
            day -= 1


def starts(unit, n, anchor, around, count):
    """First days of periods, from the one that holds `around`."""
    if unit in DAYS:
        origin, step = anchor or date(2001, 1, 1), DAYS[unit] * n
        first = (around - origin).days // step * step
        return [origin + timedelta(first + step * k) for k in range(count)]
    step = MONTHS[unit] * n
    origin, day = (anchor.year * 12 + anchor.month - 1, anchor.day) if anchor else (0, 1)
    number = (around.year * 12 + around.month - 1 - origin) // step
    if clamped(origin + number * step, day) > around:
        number -= 1
    return [clamped(origin + (number + k) * step, day) for k in range(count)]


def instant(day, zone):
    """The first minute that is on this day or after it."""
    at = datetime(day.year, day.month, day.day, tzinfo=timezone.utc) - timedelta(hours=16)
    while at.astimezone(zone).date() < day:
        at += timedelta(minutes=1)
    return at


def length(first, last, by, zone):
    after = last + timedelta(1)
    if by == "days":
        return (after - first).days
    return int((instant(after, zone) - instant(first, zone)).total_seconds())


def section(name):
    print(f"\n## {name}")


def row(zone, n, unit, anchor, around=None, count=4):
    since = date.fromisoformat(anchor) if anchor != "calendar" else None
    around = date.fromisoformat(around) if around else since
    clock = ZoneInfo(zone)
    days = starts(unit, n, since, around, count)
    shown = [f"{instant(day, clock):%Y-%m-%dT%H:%MZ}" for day in days]
    print(f"{zone} | {n} {unit} | {anchor} | {days[0]} | {' '.join(shown)}")


def share(zone, n, unit, anchor, first, last, by, fee):
    since = date.fromisoformat(anchor) if anchor != "calendar" else None
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    begin, after = starts(unit, n, since, first, 2)
    clock = ZoneInfo(zone)
    taken = length(first, last, by, clock)
    of = length(begin, after - timedelta(1), by, clock)
    cents = Fraction(fee) * 100 * taken / of
    rounded = int(cents + Fraction(1, 2))
    amount = f"{rounded // 100}.{rounded % 100:02}"
    print(f"{zone} | {n} {unit} | {anchor} | {first} {last} | {by} | {taken}/{of} | {fee} | {amount}")


def main():
    print("# Made by calendar.py beside it, which knows nothing of Ratebook.")
    print("#")
    print("# Periods: zone | every | counted from | first day | starts of periods in a row, in UTC.")
    print("# Shares: zone | every | counted from | days | by | part | fee | amount.")
    section("The same month from -12 to +14")
    for zone in ["Etc/GMT+12", "Pacific/Pago_Pago", "Pacific/Honolulu", "Pacific/Marquesas",
                 "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Chicago",
                 "America/New_York", "America/Halifax", "America/St_Johns", "America/Sao_Paulo",
                 "Atlantic/South_Georgia", "Atlantic/Azores", "UTC", "Europe/Berlin",
                 "Europe/Athens", "Asia/Riyadh", "Asia/Tehran", "Asia/Dubai", "Asia/Kabul",
                 "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon",
                 "Asia/Bangkok", "Asia/Shanghai", "Australia/Eucla", "Asia/Tokyo",
                 "Australia/Darwin", "Australia/Brisbane", "Australia/Lord_Howe",
                 "Pacific/Noumea", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia",
                 "Pacific/Kiritimati"]:
        row(zone, 1, "month", "calendar", "2026-02-01", 3)
    section("Clocks go forward, clocks go back: days and weeks around it")
    for zone, spring, autumn in [
        ("Europe/Berlin", "2026-03-28", "2026-10-24"),
        ("Europe/London", "2026-03-28", "2026-10-24"),
        ("America/New_York", "2026-03-07", "2026-10-31"),
        ("America/St_Johns", "2026-03-07", "2026-10-31"),
        ("America/St_Johns", "2010-03-13", "2010-11-06"),
        ("America/Santiago", "2026-09-05", "2026-04-04"),
        ("America/Sao_Paulo", "2018-11-03", "2019-02-16"),
        ("America/Havana", "2026-03-07", "2026-10-31"),
        ("Africa/Cairo", "2026-04-23", "2026-10-29"),
        ("Asia/Beirut", "2026-03-28", "2026-10-24"),
        ("Asia/Tehran", "2021-03-21", "2021-09-21"),
        ("Australia/Adelaide", "2026-10-03", "2026-04-04"),
        ("Australia/Lord_Howe", "2026-10-03", "2026-04-04"),
        ("Pacific/Chatham", "2026-09-26", "2026-04-04"),
        ("Antarctica/Troll", "2026-03-28", "2026-10-24"),
    ]:
        row(zone, 1, "day", "calendar", spring)
        row(zone, 1, "day", "calendar", autumn)
        row(zone, 1, "week", "calendar", spring, 3)
        row(zone, 1, "week", spring, None, 3)
    row("Africa/Casablanca", 1, "week", "2026-02-12", None, 7)
    section("Days that a zone leaves out, or has twice")
    row("Pacific/Apia", 1, "day", "calendar", "2011-12-28", 5)
    row("Pacific/Apia", 1, "month", "2011-11-30", None, 4)
    row("Pacific/Apia", 1, "week", "2011-12-23", None, 3)
    row("Pacific/Fakaofo", 1, "day", "calendar", "2011-12-28", 5)
    row("Pacific/Kiritimati", 1, "day", "calendar", "1994-12-29", 5)
    row("Pacific/Kwajalein", 1, "day", "calendar", "1993-08-19", 5)
    section("Anchors on the 29th, 30th and 31st: the month's last day, and back")
    for zone in ["Europe/Berlin", "Etc/GMT+12", "Pacific/Kiritimati", "Australia/Lord_Howe"]:
        for anchor in ["2026-01-29", "2026-01-30", "2026-01-31"]:
            row(zone, 1, "month", anchor, None, 6)
        row(zone, 1, "month", "2028-01-31", None, 4)
        row(zone, 1, "month", "2027-08-31", None, 8)
        row(zone, 1, "quarter", "2026-08-31", None, 5)
        row(zone, 1, "quarter", "2027-11-29", None, 5)
    section("Leap days")
    row("UTC", 1, "year", "2024-02-29", None, 6)
    row("Asia/Kolkata", 4, "year", "2092-02-29", None, 4)
    row("America/New_York", 1, "month", "2028-02-29", None, 4)
    row("Europe/Berlin", 1, "day", "calendar", "2028-02-27")
    row("Pacific/Auckland", 12, "month", "2024-02-29", None, 6)
    section("Every length, by the calendar and from an anniversary")
    for n, unit in [(1, "day"), (10, "day"), (30, "day"), (1, "week"), (2, "week"), (6, "week"),
                    (1, "month"), (2, "month"), (5, "month"), (18, "month"), (1, "quarter"),
                    (2, "quarter"), (3, "quarter"), (1, "year"), (2, "year"), (3, "year")]:
        row("America/New_York", n, unit, "calendar", "2026-10-31")
        row("America/New_York", n, unit, "2025-12-31")
        row("Asia/Kathmandu", n, unit, "2024-01-31", "2027-05-17")
        row("Pacific/Auckland", n, unit, "2031-03-30", "2026-04-04")
    section("Shares across a change of clocks")
    for zone, month, first, last in [
        ("Europe/Berlin", "calendar", "2026-03-29", "2026-03-29"),
        ("Europe/Berlin", "calendar", "2026-10-25", "2026-10-31"),
        ("America/New_York", "calendar", "2026-03-01", "2026-03-08"),
        ("America/New_York", "calendar", "2026-11-01", "2026-11-01"),
        ("Australia/Lord_Howe", "calendar", "2026-04-05", "2026-04-20"),
        ("Australia/Lord_Howe", "2026-09-30", "2026-10-04", "2026-10-29"),
        ("America/St_Johns", "2026-10-31", "2026-10-31", "2026-11-15"),
        ("Antarctica/Troll", "calendar", "2026-03-29", "2026-03-31"),
        ("Pacific/Apia", "calendar", "2011-12-30", "2011-12-31"),
        ("Pacific/Apia", "2011-11-30", "2011-11-30", "2011-12-29"),
        ("Asia/Kolkata", "2027-01-31", "2027-02-10", "2027-02-27"),
        ("Etc/GMT+12", "calendar", "2028-02-29", "2028-02-29"),
        ("Pacific/Kiritimati", "calendar", "2028-02-01", "2028-02-28"),
    ]:
        for by in ["days", "seconds"]:
            share(zone, 1, "month", month, first, last, by, "99.00")
    for by in ["days", "seconds"]:
        share("Europe/Berlin", 1, "quarter", "calendar", "2026-03-29", "2026-03-31", by, "1000.00")
        share("Europe/Berlin", 1, "year", "2024-02-29", "2025-02-28", "2025-10-26", by, "1200.00")
        share("America/New_York", 2, "week", "2026-10-26", "2026-10-26", "2026-11-01", by, "70.00")
        share("Pacific/Chatham", 1, "day", "calendar", "2026-04-05", "2026-04-05", by, "24.00")


if __name__ == "__main__":
    main()
