"""An answer into checkable claims with exact offsets, English and Chinese."""

from core.verify.claims.kinds import ClaimKind
from core.verify.claims.split import ClaimDraft, split

__all__ = ["ClaimDraft", "ClaimKind", "split"]
