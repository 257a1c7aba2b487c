#!/usr/bin/env bash
# rrule-temporal follows recurrence rules on wall-clock times of a zone. Where the first of them falls into the hour that a clock
# skips in spring, it moves to the first time after the gap, as RFC 5545, section 3.3.5, has it, and stays there: a weekly 02:30 that
# begins on that Sunday is at 03:30 in every week from then on, though 02:30 exists in all of them. python-dateutil gives 02:30 again from
# the second week on. In the midst of a rule it is otherwise: the day of the gap is left out, and COUNT goes on to a day more, where
# python-dateutil counts it. A window of planned work moves by an hour for good, or one more takes place, depending on
# which day of the year somebody entered. Needs npm, python3 with venv and pip; reads rules with the libraries alone.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" rrule-temporal@2.2.8 >/dev/null 2>&1
python3 -m venv python >/dev/null
python/bin/pip install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0 tzdata==2026.1 >/dev/null

cat >rules.mjs <<'JS'
import { RRuleTemporal } from 'rrule-temporal';

for (const [begin, rule] of [
  ['20270328T023000', 'FREQ=WEEKLY;COUNT=3'],
  ['20270327T023000', 'FREQ=DAILY;COUNT=3'],
]) {
  const rruleString = `DTSTART;TZID=Europe/Berlin:${begin}\nRRULE:${rule}`;
  const times = new RRuleTemporal({ rruleString }).all();
  console.log(rule, times.map((time) => time.toString().slice(5, 16)).join(' '));
}
JS
cat >rules.py <<'PY'
from datetime import datetime
from zoneinfo import ZoneInfo
from dateutil.rrule import rrulestr

for day, rule in ((28, "FREQ=WEEKLY;COUNT=3"), (27, "FREQ=DAILY;COUNT=3")):
    begin = datetime(2027, 3, day, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    print(rule, *(time.strftime("%m-%dT%H:%M") for time in rrulestr(rule, dtstart=begin)))
PY
seen="rrule-temporal $(node -p "JSON.parse(fs.readFileSync('node_modules/rrule-temporal/package.json')).version")
$(node rules.mjs)
python-dateutil
$(python/bin/python rules.py)"
printf '%s\n' "$seen"
expected='rrule-temporal 2.2.8
FREQ=WEEKLY;COUNT=3 03-28T03:30 04-04T03:30 04-11T03:30
FREQ=DAILY;COUNT=3 03-27T02:30 03-29T02:30 03-30T02:30
python-dateutil
FREQ=WEEKLY;COUNT=3 03-28T02:30 04-04T02:30 04-11T02:30
FREQ=DAILY;COUNT=3 03-27T02:30 03-28T02:30 03-29T02:30'
[ "$seen" = "$expected" ] || { echo 'The behaviour has changed.'; exit 1; }
echo 'As found: a first time in a gap moves all later ones, and one in the midst of a rule is left out.'
