"""Samples and results of a case: each result belongs to its sample, whatever the order in which they were told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from lianfang.capabilities.cases.facts import Sampled, SampleReceived, Sequenced, Tested
from lianfang.capabilities.cases.state.parts import Result, Sample
from lianfang.capabilities.cases.state.table import Fault, fault
from lianfang.facts.fact import Fact, folding_order

POSITIVE_RESULT: Final = "positive"


class Laboratory:
    """The samples of a case, by time, and the results of which no sample is recorded."""

    def __init__(self, facts: Sequence[Fact], roots: Mapping[UUID, UUID]) -> None:
        self.faults: list[Fault] = []
        self._roots = roots
        self._samples: dict[UUID, Sample] = {}
        self._loose: list[Result] = []
        for fact in facts:
            if isinstance(fact.data, Sampled):
                self._sampled(fact, fact.data)
        for fact in facts:
            if isinstance(fact.data, SampleReceived):
                self._received(fact, fact.data)
        for fact in facts:
            if isinstance(fact.data, Tested):
                self._tested(fact, fact.data)
            elif isinstance(fact.data, Sequenced):
                self._sequenced(fact, fact.data)

    @property
    def samples(self) -> tuple[Sample, ...]:
        return tuple(sorted(self._samples.values(), key=lambda sample: (sample.at, sample.id)))

    @property
    def results(self) -> tuple[Result, ...]:
        return tuple(self._loose)

    def require_positive(self, sample: UUID, at: datetime, wrong: Callable[[str, str], Exception]) -> None:
        """Raises ``wrong`` with a field and a code unless the sample had a positive result by then."""
        found = self._samples.get(self._roots.get(sample, sample))
        if found is None:
            raise wrong("sample", "no_sample")
        if not any(one.result == POSITIVE_RESULT and one.at <= at for one in found.results):
            raise wrong("sample", "no_positive")

    def _sampled(self, fact: Fact, data: Sampled) -> None:
        id = self._roots[fact.id]
        self._samples[id] = Sample(id, folding_order(fact)[0], fact.area, data.material, data.number, data.laboratory)

    def _received(self, fact: Fact, data: SampleReceived) -> None:
        at = folding_order(fact)[0]
        if sample := self._of(fact, data.sample, at):
            received = sample._replace(received=at, fit=data.fit, laboratory=data.laboratory)
            self._samples[sample.id] = received

    def _tested(self, fact: Fact, data: Tested) -> None:
        at = folding_order(fact)[0]
        result = Result(at, data.test, data.result, data.ct, fact.id)
        if data.sample is None:
            self._loose.append(result)
        elif sample := self._of(fact, data.sample, at):
            if sample.fit is False:
                self.faults.append(fault(fact.id, "sample", "unfit"))
                return
            self._samples[sample.id] = sample._replace(results=(*sample.results, result))

    def _sequenced(self, fact: Fact, data: Sequenced) -> None:
        if data.sample is None:
            return
        if sample := self._of(fact, data.sample, folding_order(fact)[0]):
            read = sample._replace(accession=data.accession, archive=data.archive, lineage=data.lineage)
            self._samples[sample.id] = read

    def _of(self, fact: Fact, id: UUID, at: datetime) -> Sample | None:
        """The sample that a fact is about, or None with a fault."""
        sample = self._samples.get(self._roots.get(id, id))
        if sample is None:
            self.faults.append(fault(fact.id, "sample", "no_sample"))
        elif at < sample.at:
            self.faults.append(fault(fact.id, "observed_at", "before_sampled"))
        else:
            return sample
        return None
