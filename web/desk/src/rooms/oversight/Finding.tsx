import { Button } from 'antd'
import { type FindingFact, type OpenedFinding, oversight } from '../../api/oversight'
import { useResource } from '../../api/resource'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { Figures, When } from './Findings'
import { Place } from './Overdue'
import { Steps } from './Steps'
import { useSpoken } from './words'

/** A finding, what was done about it, and the records that it names. */
export function Finding({ id, back }: { id: string; back: () => void }) {
  const w = useSpoken()
  const found = useResource(`finding|${id}`, (signal) => oversight.finding(id, signal), 'keep', ['oversight'])
  return (
    <>
      <div className="actions">
        <Button onClick={back}>{w.t('ov.back')}</Button>
      </div>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && !found.error && <Loading />}
      {found.data && !found.error && <Opened of={found.data} done={found.retry} />}
    </>
  )
}

function Opened({ of, done }: { of: OpenedFinding; done: () => void }) {
  const w = useSpoken()
  return (
    <>
      <section className="card" aria-labelledby="finding-title">
        <h2 id="finding-title">{w.name(of)}</h2>
        <p>{w.lang === 'zh' ? of.text_zh : of.text_en}</p>
        <dl className="facts">
          <div>
            <dt>{w.t('ov.where')}</dt>
            <dd>
              <Place of={of} />
            </dd>
          </div>
          <div>
            <dt>{w.t('ov.when')}</dt>
            <dd>
              <When of={of} />
            </dd>
          </div>
          <div>
            <dt>{w.t('ov.figures')}</dt>
            <dd>
              <Figures of={of} />
            </dd>
          </div>
          <div>
            <dt>{w.t('ov.why')}</dt>
            <dd className="muted small">{w.name({ zh: of.source_zh, en: of.source })}</dd>
          </div>
        </dl>
        {of.mine && <p>{w.t('ov.mine')}</p>}
      </section>
      <Steps of={of} done={done} />
      <section className="card" aria-labelledby="facts-title">
        <h2 id="facts-title">{w.t('ov.facts')}</h2>
        {of.facts.length ? <Facts facts={of.facts} of={of.evidence} /> : <p>{w.t('ov.facts.none')}</p>}
      </section>
    </>
  )
}

function Facts({ facts, of }: { facts: FindingFact[]; of: number }) {
  const w = useSpoken()
  const visits = facts.some((one) => one.proof !== null)
  return (
    <>
      {of > facts.length && <p className="muted">{w.t('ov.facts.some', { n: w.n(of), shown: w.n(facts.length) })}</p>}
      <Grid
        label={w.t('ov.facts')}
        rows={facts}
        keyOf={(one) => one.id}
        columns={[
          { key: 'kind', title: w.t('ov.fact.kind'), head: true, cell: (one) => w.name(one) },
          { key: 'door', title: w.t('ov.fact.door'), cell: (one) => one.door },
          { key: 'at', title: w.t('ov.fact.at'), cell: (one) => w.stamp(one.at) },
          { key: 'came', title: w.t('ov.fact.came'), cell: (one) => w.stamp(one.received_at) },
          ...(visits
            ? [
                {
                  key: 'minutes',
                  title: w.t('ov.fact.minutes'),
                  cell: (one: FindingFact) => (one.minutes === null ? '' : w.n(one.minutes)),
                },
                { key: 'proof', title: w.t('ov.fact.proof'), cell: (one: FindingFact) => <Proof of={one} /> },
                {
                  key: 'measured',
                  title: w.t('ov.fact.measured'),
                  cell: (one: FindingFact) => (one.measured === null ? '' : w.n(one.measured)),
                },
              ]
            : []),
        ]}
      />
    </>
  )
}

const PROOFS = ['none', 'qr', 'signature', 'photo'] as const

function Proof({ of }: { of: FindingFact }) {
  const w = useSpoken()
  const known = PROOFS.find((one) => one === of.proof)
  return known ? w.t(`ov.proof.${known}`) : of.proof
}
