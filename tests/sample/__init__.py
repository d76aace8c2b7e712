"""Tests of the sample practice and of what it is made from."""
