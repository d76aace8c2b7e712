"""Settings: `common` is shared, `house` is the real thing, `demo` serves the sample practice."""
