import { Button, Select } from 'antd'
import { useState } from 'react'
import { arrivals, type Flight, type Proposed, type Seating as Plan } from '../../api/arrivals'
import { newId } from '../../api/once'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

interface Props {
  area: string
  flights: Flight[]
  done: () => void
}

/** A proposal of seats, families together: changed by hand, and given only when somebody confirms it. */
export function Seating({ area, flights, done }: Props) {
  const w = useSpoken()
  const [open, setOpen] = useState(false)
  const plan = useResource(open ? `seating|${area}` : null, (signal) => arrivals.seating(area, signal))
  if (!open || !plan.data)
    return (
      <div className="actions">
        <Button loading={plan.loading} onClick={() => setOpen(true)}>
          {w.t('seating.open')}
        </Button>
        <Told error={plan.error} />
      </div>
    )
  const end = () => {
    setOpen(false)
    done()
  }
  return <Lines area={area} plan={plan.data} flights={flights} end={end} />
}

const keyOf = (line: Proposed) => line.people[0] ?? ''

interface LinesProps {
  area: string
  plan: Plan
  flights: Flight[]
  end: () => void
}

function Lines({ area, plan, flights, end }: LinesProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [id] = useState(newId)
  const [chosen, setChosen] = useState(() => new Map(plan.lines.map((line) => [keyOf(line), line.flight])))
  const options = [
    { value: '', label: w.t('seat.waiting') },
    ...flights.map((one) => ({ value: one.id, label: `${one.number || one.route.join(' → ')}` })),
  ]
  const confirm = () =>
    run(async () => {
      const changes = plan.lines
        .map((line) => ({ person: keyOf(line), flight: chosen.get(keyOf(line)) ?? null, proposed: line.flight }))
        .filter((one) => one.flight !== one.proposed)
        .map(({ person, flight }) => ({ person, flight }))
      await arrivals.confirmSeating({ id, area, digest: plan.digest, changes })
      end()
    })
  return (
    <section className="card" aria-label={w.t('seating.title')}>
      <h2>{w.t('seating.title')}</h2>
      <p className="muted small">{w.t('seating.text', { seated: w.n(plan.seated), waiting: w.n(plan.waiting) })}</p>
      <Grid
        label={w.t('seating.title')}
        rows={plan.lines}
        keyOf={keyOf}
        columns={[
          {
            key: 'who',
            title: w.t('seating.who'),
            head: true,
            cell: (one) => w.t('seating.people', { n: w.n(one.people.length), id: keyOf(one).slice(-6) }),
          },
          { key: 'place', title: w.t('stranded.place'), cell: (one) => one.place },
          {
            key: 'flight',
            title: w.t('stranded.flight'),
            cell: (one) => (
              <Select
                size="small"
                aria-label={w.t('stranded.flight')}
                popupMatchSelectWidth={false}
                value={chosen.get(keyOf(one)) ?? ''}
                onChange={(to: string) => setChosen((before) => new Map(before).set(keyOf(one), to || null))}
                options={options}
              />
            ),
          },
          { key: 'why', title: w.t('seating.why'), cell: (one) => w.name(one) },
        ]}
      />
      <Told error={error} />
      <div className="actions">
        <Button type="primary" loading={busy} onClick={confirm}>
          {w.t('seating.confirm')}
        </Button>
        <Button onClick={end}>{w.t('arr.cancel')}</Button>
      </div>
    </section>
  )
}
