"""What pages, documents and files of outcomes show: numbers in, words, tables and drawings out.

Outcomes added up: `summary` (the whole page, in the order it is read) of `change` (and attendance),
`doses`, `endings` and `therapists` (the funnel); `choosing` reads what is asked for from an
address; `england` sets it beside the NHS's published figures. One therapy's course: `course`, on
paper `course_on_paper`; what its signals say: `sentences`. The workbench: `results`, and `saying`
for what the statistics refuse and cite. What all are made of: `parts` (sections with rows),
`drawings` (for paper) and `paper` (files to keep).
"""
