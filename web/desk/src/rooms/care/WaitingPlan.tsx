import { Alert, Button, Select } from 'antd'
import { useState } from 'react'
import { beds, type Proposal } from '../../api/beds'
import { newId } from '../../api/people'
import { AreaName } from '../../forms/AreaName'
import { useAct } from '../../forms/act'
import { LongGrid } from '../../forms/LongGrid'
import { Told } from '../../forms/Told'
import { useBeds } from './beds'
import { Who } from './Waiting'

type Line = Proposal['lines'][number]

/** A bed for each who waits, as the rules propose it: changed by hand where somebody knows better, then kept. */
export function WaitingPlan({ area, done }: { area: string; done: () => void }) {
  const w = useBeds()
  const { busy, error, run } = useAct()
  const [found, setFound] = useState<Proposal | null>(null)
  const [changed, setChanged] = useState<Record<string, string | null>>({})
  const [plan, setPlan] = useState(newId)
  const [kept, setKept] = useState<string | null>(null)
  const propose = () =>
    run(async () => {
      setKept(null)
      setChanged({})
      setPlan(newId())
      setFound(await beds.propose(area))
    })
  const confirm = (of: Proposal) =>
    run(async () => {
      const changes = Object.entries(changed).map(([id, hospital]) => ({ case: id, hospital }))
      const told = await beds.confirm({ plan, area, digest: of.digest, changes })
      setFound(null)
      setKept(w.t('wt.plan.done', { n: w.n(told.kept), changed: w.n(told.changed) }))
      done()
    })
  return (
    <section className="card" aria-labelledby="plan-title">
      <h2 id="plan-title">{w.t('wt.plan')}</h2>
      <p className="muted">{w.t('wt.plan.text')}</p>
      {!found && (
        <Button loading={busy} onClick={propose}>
          {w.t('wt.plan.go')}
        </Button>
      )}
      <div role="status">{kept && <Alert type="success" showIcon title={kept} />}</div>
      {found && (
        <>
          <p className="muted small">{w.lang === 'zh' ? found.source_zh : found.source}</p>
          <Lines of={found} changed={changed} change={(id, to) => setChanged({ ...changed, [id]: to })} />
          <div className="actions">
            <Button type="primary" loading={busy} onClick={() => confirm(found)}>
              {w.t('wt.plan.confirm', {
                n: w.n(found.lines.filter((one) => chosen(one, changed) !== null).length),
              })}
            </Button>
            <Button onClick={() => setFound(null)}>{w.t('bd.cancel')}</Button>
          </div>
        </>
      )}
      <Told error={error} />
    </section>
  )
}

const chosen = (one: Line, changed: Record<string, string | null>) =>
  one.case in changed ? (changed[one.case] ?? null) : one.hospital

function Lines({
  of,
  changed,
  change,
}: {
  of: Proposal
  changed: Record<string, string | null>
  change: (id: string, to: string | null) => void
}) {
  const w = useBeds()
  const options = [
    { value: '', label: w.t('wt.plan.nobody') },
    ...of.hospitals.map((one) => ({ value: one.id, label: w.name(one) })),
  ]
  return (
    <LongGrid
      label={w.t('wt.plan')}
      rows={of.lines}
      keyOf={(one) => one.case}
      total={of.lines.length}
      more={null}
      onward={false}
      busy={false}
      columns={[
        { key: 'case', title: w.t('bd.patient'), head: true, cell: (one) => <Who of={one} /> },
        { key: 'area', title: w.t('bd.area'), cell: (one) => <AreaName code={one.area} /> },
        {
          key: 'hours',
          title: w.t('wt.waited'),
          cell: (one) => w.t('wt.hours', { n: w.n(Math.round(one.hours)) }),
        },
        {
          key: 'to',
          title: w.t('bd.hospital'),
          cell: (one) => (
            <Select
              className="wide"
              aria-label={w.t('wt.plan.to', { id: one.number ?? one.case.slice(-6) })}
              value={chosen(one, changed) ?? ''}
              onChange={(to) => change(one.case, to || null)}
              options={options}
            />
          ),
        },
        {
          key: 'why',
          title: w.t('bd.why'),
          cell: (one) =>
            chosen(one, changed) === one.hospital
              ? w.lang === 'zh'
                ? one.why_zh
                : one.why_en
              : w.t('wt.plan.by_hand'),
        },
      ]}
    />
  )
}
