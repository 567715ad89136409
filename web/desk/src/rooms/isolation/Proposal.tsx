import { Alert, Button } from 'antd'
import type { Plan, Station } from '../../api/isolation'
import { Grid } from '../../forms/Grid'
import { useSpoken } from './words'

interface Props {
  plan: Plan
  people: number
  stations: Station[]
  batch: string
  busy: boolean
  confirm: () => void
  again: () => void
}

/** So many to each place, and that the sums hold; orders are given once this is confirmed. */
export function Proposal({ plan, people, stations, batch, busy, confirm, again }: Props) {
  const w = useSpoken()
  const rows = Object.entries(plan.by_station).map(([id, n]) => ({ key: id, of: stations.find((s) => s.id === id), n }))
  const placed = rows.reduce((sum, one) => sum + one.n, 0)
  const sum = placed + plan.already.length + plan.left.length
  const holds = sum === people
  const lines = [
    ...rows.map(({ key, of, n }) => ({ key, title: of?.name ?? key.slice(-6), mode: of?.mode, n })),
    { key: 'already', title: w.t('alloc.already'), mode: undefined, n: plan.already.length },
    { key: 'left', title: w.t('alloc.left'), mode: undefined, n: plan.left.length },
    { key: 'sum', title: w.t('alloc.sum'), mode: undefined, n: sum },
  ]
  return (
    <div className="plan" role="status">
      <h2>{w.t('alloc.total', { n: w.n(people) })}</h2>
      <Grid
        label={w.t('alloc.total', { n: w.n(people) })}
        rows={lines}
        keyOf={(one) => one.key}
        columns={[
          { key: 'place', title: w.t('alloc.place'), head: true, cell: (one) => one.title },
          { key: 'mode', title: w.t('iso.mode'), cell: (one) => (one.mode ? w.t(`mode.${one.mode}`) : null) },
          { key: 'n', title: w.t('alloc.people'), cell: (one) => w.n(one.n), className: 'number' },
        ]}
      />
      <p className={holds ? 'muted' : 'late'}>
        {holds ? w.t('alloc.sum.holds') : w.t('alloc.sum.broken', { sum: w.n(sum), n: w.n(people) })}
      </p>
      {plan.left.length > 0 && (
        <Alert type="warning" showIcon title={w.t('alloc.left.text', { n: w.n(plan.left.length) })} />
      )}
      {plan.done ? (
        <>
          <Alert type="success" showIcon title={w.t('alloc.done', { n: w.n(placed) })} />
          <div className="actions">
            <a href={`#isolation?show=board&batch=${batch}`}>{w.t('alloc.see')}</a>
            <Button onClick={again}>{w.t('alloc.again')}</Button>
          </div>
        </>
      ) : (
        placed > 0 && (
          <div className="actions">
            <Button type="primary" loading={busy} disabled={!holds || plan.left.length > 0} onClick={confirm}>
              {w.t('alloc.confirm', { n: w.n(placed) })}
            </Button>
            <span className="muted">{w.t('alloc.sure')}</span>
          </div>
        )
      )}
    </div>
  )
}
