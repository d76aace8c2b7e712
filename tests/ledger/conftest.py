"""What the ledger's tests share."""

from tests.ledger.guards import flush_past_the_guards

__all__ = ["flush_past_the_guards"]
