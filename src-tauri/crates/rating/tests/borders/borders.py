#!/usr/bin/env python3
"""Writes borders.txt anew: `python3 borders.py > borders.txt`. A difference is looked at, not taken.

Every price model at the borders of its tiers, with nothing used, with corrections and with the
largest quantity that fits, in fractions and by formulas of its own.
"""

import json
import math
from decimal import Decimal, getcontext
from fractions import Fraction as F

getcontext().prec = 60
USED = ["0", "0.000001", "99.5", "100", "100.5", "10000000", "10000001"]
# What was rated before, and what is corrected now.
CORRECTED = [("100.5", "-1"), ("100", "-100"), ("10000001", "-1"), ("5", "-7")]
LARGEST = F(2**127 - 1, 10**24)
TIERS = [("100", "0.25", "1.005"), ("10000000", "0.015", "0.5"), (None, "0.0125", "7")]


def tiers(price):
    return [{"up_to": up_to, price: unit, "flat_fee": fee} for up_to, unit, fee in TIERS]


def graduated(q, scale=1):
    total, above = F(0), F(0)
    for index, (up_to, unit, fee) in enumerate(TIERS):
        end = F(up_to) if up_to else None
        inside = max((min(q, end) if end is not None else q) - above, F(0))
        total += inside * F(unit) / scale
        if inside > 0 or index == 0:
            total += F(fee)
        above = end
    return total


def volume(q):
    for up_to, unit, fee in TIERS:
        if up_to is None or q <= F(up_to):
            return q * F(unit) + F(fee)


def blocks(q, top):
    sizes = [(F(10), 10, F("0.7")), (F("25.5"), 40, F("1.5")), (F(1000), None, F(30))]
    total, left = F(0), q
    for size, most, price in sizes:
        count = math.ceil(left / size)
        count = count if most is None else min(count, most)
        left = max(left - count * size, F(0))
        total += count * price
        if left == 0:
            return math.ceil(q / size) * price if top and q > 0 else total
    return total


BLOCKS = [{"block_size": "10", "max_blocks": 10, "price_per_block": "0.7"},
          {"block_size": "25.5", "max_blocks": 40, "price_per_block": "1.5"},
          {"block_size": "1000", "price_per_block": "30"}]
PRICES = [
    ({"model": "flat", "amount": "12.3455"}, lambda q: F("12.3455")),
    ({"model": "per_unit", "unit_price": "0.0105"}, lambda q: q * F("0.0105")),
    ({"model": "overage", "included": "100", "overage_price": "0.3"},
     lambda q: max(q - 100, F(0)) * F("0.3")),
    ({"model": "graduated", "tiers": tiers("unit_price")}, graduated),
    ({"model": "graduated_percentage", "tiers": tiers("rate_percent")},
     lambda q: graduated(q, 100)),
    ({"model": "volume", "tiers": tiers("unit_price")}, volume),
    ({"model": "package", "package_size": "100", "package_price": "0.335"},
     lambda q: math.ceil(q / 100) * F("0.335")),
    ({"model": "package", "package_size": "0.5", "package_price": "0.335", "round": "down",
      "free_units": "99.5"}, lambda q: math.floor(max(q - F("99.5"), F(0)) / F("0.5")) * F("0.335")),
    ({"model": "percentage", "rate_percent": "2.9", "fixed_fee_per_event": "0.305",
      "min_per_event": "1", "max_per_event": "1000"},
     lambda q: min(max(q * F("0.029") + F("0.305"), F(1)), F(1000)) if q > 0 else F(0)),
    ({"model": "dynamic"}, lambda q: q),
    ({"model": "cost_plus", "markup": {"percent": "33.3333"}}, lambda q: q * F("1.333333")),
    ({"model": "blocks", "blocks": BLOCKS}, lambda q: blocks(q, False)),
    ({"model": "blocks", "mode": "top_tier", "blocks": BLOCKS}, lambda q: blocks(q, True)),
    ({"model": "per_unit", "unit_price": "0.5", "convert": {"divide_by": "100", "round": "nearest",
      "places": 1}, "included": "0.5", "discount": {"percent": "12.5", "amount": "0.0105"},
      "minimum": "0.25", "maximum": "30000"},
     lambda q: max(max(min(max(F(math.floor(q / 10 + F(1, 2)), 10) - F(1, 2), F(0)) / 2 * F(7, 8),
                           F(30000)), F(1, 4)) - F("0.0105"), F(0))),
]


def decimal(value):
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value, digits):
    minor = math.floor(abs(value) * 10**digits + F(1, 2))
    sign = "-" if value < 0 and minor else ""
    whole, rest = divmod(minor, 10**digits)
    return f"{sign}{whole}.{rest:0{digits}}" if digits else f"{sign}{whole}"


def row(usage, exact):
    print(f"{usage} | {decimal(exact)} | "
          f"{rounded(exact, 0)} | {rounded(exact, 2)} | {rounded(exact, 3)}")


def main():
    print("# Made by borders.py beside it, which knows nothing of Ratebook.")
    print("#")
    print("# Below each price: what was used (or rated before, and corrected now) | exact | JPY |")
    print("# USD | KWD. The last row of a price that grows is the most that fits, in whole thousands;")
    print("# a thousandth more is refused.")
    for price, amount in PRICES:
        print(f"\nprice {json.dumps(price)}")
        for used in USED:
            row(used, amount(F(used)))
        # Events are not corrected but taken back by events of their own.
        for before, now in [] if price["model"] == "percentage" else CORRECTED:
            total = max(F(before) + F(now), F(0))
            row(f"{before} {now}", amount(total) - amount(F(before)))
        if amount(F(10) ** 12) <= amount(F(10) ** 9):
            continue
        # The most that fits: amounts hold 2^127 units of 10^-24, quantities 10^24.
        low, high = 0, 10**21
        while low < high:
            middle = (low + high + 1) // 2
            fits = amount(F(middle * 1000)) <= LARGEST
            low, high = (middle, high) if fits else (low, middle - 1)
        row(f"{low * 1000} most", amount(F(low * 1000)))


if __name__ == "__main__":
    main()
