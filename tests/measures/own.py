"""Files that a practice might load: an instrument of its own, and words for one without them."""

OWN = """\
id: evenings
name: How the evenings were
short_name: Evenings
version: 1
as_of: "2026-03-02"
languages: [en]
constructs: [evenings]
direction: higher_better
range: [0, 6]
stem: In the last week
options:
  - {value: 0, label: Never}
  - {value: 1, label: Sometimes}
  - {value: 2, label: Often}
items:
  - {id: calm, number: 1, text: "I had a calm evening."}
  - {id: alone, number: 2, text: "I sat up alone."}
  - {id: slept, number: 3, text: "I went to bed in time."}
scoring: {method: sum, reversed: [alone]}
missing: {method: refuse, at_most: 0, rule: "All three.", source: our own, verified: true}
safety:
  - {item: alone, operator: ">=", value: 2, source: our own, verified: true}
licence:
  status: own
  statement: Written by the practice.
  source: the practice
  date: "2026-03-02"
  verified: true
  credit: Ours.
  credit_required: false
wording: {source: the practice, verified: true}
"""

WORDS = """\
words_for: core_10
version: 1
language: en
licence: "A licence that the practice has."
source: "the practice's own copy"
name: CORE-10
stem: In the last week
options: {low: 0, high: 4}
items:
""" + "".join(f'  q{number}: {{text: "A made-up question {number}."}}\n' for number in range(1, 11))
