"""The expected course: a linear mixed growth model from sums, as pure functions of arrays.

`moments.sums(rows)` gives the sums, `fitting.fit(sums)` the model, `prediction` what it expects.
"""
