"""Computes the expected occurrences of cases.jsonl, by two libraries of other ecosystems.

    python3 reference.py CLASSPATH [cases.jsonl]

python-dateutil follows the rule and zoneinfo gives the instants; ical4j follows it in Reference.java and java.time gives the instants
(CLASSPATH: the jars of ical4j 4). Both apply the product's own rule for edges, each by what its ecosystem knows of the zone. Where both
agree, that is what is expected. A case with a `reason` keeps what it expects: there the product differs from them, or they from each
other, and the reason says why.
"""

import json
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

UTC = timezone.utc
HERE = Path(__file__).parent


def instant(wall, zone):
    """Returns the instant of a wall-clock time: the first of two; after a gap where there is none."""
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall:
        return first
    # In a gap fold 0 counts by the offset before it, so that the change lies behind.
    low, high = first - timedelta(days=2), first
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high


def by_dateutil(case):
    zone = ZoneInfo(case["zone"])
    start, end = (datetime.fromisoformat(case[edge]) for edge in ("start", "end"))
    parts = case["rrule"].split(";")
    until = next((part[6:] for part in parts if part.startswith("UNTIL=")), None)
    rule = rrulestr(";".join(part for part in parts if not part.startswith("UNTIL=")), dtstart=start)
    found = []
    for wall in rule:
        at = instant(wall, zone)
        if until is not None and is_after(wall, at, until):
            break
        if wall.date().isoformat() in case["exdates"] or (at.strftime("%Y-%m-%dT%H:%M:%S.000Z") in case["exdates"]):
            continue
        if wall < datetime.fromisoformat(case["from"]):
            continue
        ends = max(at, min(instant(wall + (end - start), zone), at + (end - start)))
        found.append([at.strftime("%Y-%m-%dT%H:%M:%SZ"), ends.strftime("%Y-%m-%dT%H:%M:%SZ")])
        if len(found) == case["limit"]:
            break
    return found


def is_after(wall, at, until):
    if until.endswith("Z"):
        return at > datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    if "T" in until:
        return wall > datetime.strptime(until, "%Y%m%dT%H%M%S")
    return wall.date() > datetime.strptime(until, "%Y%m%d").date()


def main():
    classpath = sys.argv[1]
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else HERE / "cases.jsonl"
    cases = [json.loads(line) for line in path.read_text().splitlines()]
    rows = ["\t".join([c["zone"], c["start"], c["end"], c["rrule"], ",".join(c["exdates"]), c["from"], str(c["limit"])])
            for c in cases]
    answer = subprocess.run(["java", "-cp", classpath, str(HERE / "Reference.java")], input="\n".join(rows),
                            capture_output=True, text=True, check=True)
    differing = 0
    for case, line in zip(cases, answer.stdout.splitlines(), strict=True):
        python, java = by_dateutil(case), json.loads(line)
        if "reason" in case:
            continue
        if python == java:
            case["expected"] = python
            continue
        differing += 1
        print(f"{case['name']}: dateutil {python}, ical4j {java}", file=sys.stderr)
    path.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases))
    print(f"{len(cases)} cases, {differing} of them differ", file=sys.stderr)


main()
