"""What the document on privacy says of terms is what the policy says."""

from __future__ import annotations

from pathlib import Path

from lianfang.identity import glass, terms

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "privacy.md").read_text("utf-8")


def test_the_document_has_every_term() -> None:
    for name, one in terms.classes().items():
        counted = "after it began" if one.counts_from == "since" else "after it ended"
        row = f"| `{name}` {one.en} | {one.zh} | {one.days} days {counted} | `{one.basis}` |"
        assert row in DOCUMENT, row
    for name, one in terms.bases().items():
        assert f"| `{name}` | {one.zh} | {one.en} |" in DOCUMENT, name


def test_the_document_has_the_numbers_of_the_program() -> None:
    policy = terms.policy()
    assert f"for {terms.days('set_aside')} days" in DOCUMENT
    assert f"more than {policy.brake.clock_days} days" in DOCUMENT
    assert policy.brake.share == 0.5 and f"more than {policy.brake.holdings:,} holdings" in DOCUMENT
    assert f"at most {policy.review.ends_within_days} days" in DOCUMENT
    assert f"lasted {policy.review.open_days} days without" in DOCUMENT
    assert f"at most {glass.MOST_PEOPLE} people" in DOCUMENT
