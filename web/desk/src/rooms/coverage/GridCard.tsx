import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useResource } from '../../api/resource'
import { type GridCard as Card, screening } from '../../api/screening'
import { tasks } from '../../api/tasks'
import { ActBar } from '../../forms/ActBar'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Assign, HandOver } from './GridActs'
import { Holder } from './Holder'
import { HouseholdForm } from './HouseholdForm'
import { Attach, Teams } from './Team'
import { useSpoken } from './words'

const ACTS = [
  ['over', 'screening.manage'],
  ['assign', 'screening.manage'],
  ['team', 'screening.manage'],
  ['home', 'screening.visit'],
] as const

interface Props {
  id: string
  narrow: (part: Record<string, string | null>) => void
}

/** One grid: who has it and had it, what is open in it, and what can be done about it. */
export function GridCard({ id, narrow }: Props) {
  const w = useSpoken()
  const { may } = useSession()
  const [said, setSaid] = useState('')
  const found = useResource(`grid|${id}`, (signal) => screening.grid(id, signal), 'keep')
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const grid = found.data
  const acts = ACTS.filter(([act, action]) => may(action) && (act !== 'over' || grid.holder)).map(([act]) => act)
  return (
    <>
      <section className="card" aria-labelledby="grid-title">
        <header>
          <h2 id="grid-title">{nameOf(grid)}</h2>
          <Button onClick={() => narrow({ grid: null })}>{w.t('miss.back')}</Button>
        </header>
        <Particulars grid={grid} done={found.retry} narrow={narrow} />
        {grid.faults.map((one) => (
          <p key={one.fact} className="late" role="alert">
            {w.name(one)}
          </p>
        ))}
      </section>
      <ActBar
        title={w.t('grids.acts')}
        acts={acts}
        label={(act) => w.t(`grids.act.${act}`)}
        said={() => said}
        form={(act, finish, close) => {
          const done = (told: string) => {
            setSaid(told)
            finish()
            found.retry()
          }
          const of = { grid, close, done: () => done(w.t('ref.said')) }
          if (act === 'over')
            return <HandOver area={grid.area} giver={grid.holder} grid={grid.id} done={done} close={close} />
          if (act === 'assign') return <Assign {...of} />
          if (act === 'team') return <Attach {...of} />
          return <HouseholdForm grid={grid} done={(home) => narrow({ household: home })} close={close} />
        }}
      />
      <Tenures of={grid} />
    </>
  )
}

function Particulars({ grid, done, narrow }: { grid: Card; done: () => void } & Pick<Props, 'narrow'>) {
  const w = useSpoken()
  const told: [string, ReactNode][] = [
    [w.t('daily.unit'), <AreaName key="area" code={grid.area} />],
    [w.t('cov.holder'), <Holder key="holder" code={grid.holder} names={grid.names} />],
    [w.t('cov.registered'), w.n(grid.households)],
    [w.t('cov.members'), w.n(grid.members)],
    [w.t('grids.open'), <Open key="open" grid={grid} narrow={narrow} />],
    [w.t('team.title'), grid.teams.length ? <Teams key="teams" of={grid} done={done} /> : null],
  ]
  return (
    <dl className="facts">
      {told
        .filter(([, value]) => value !== null)
        .map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** What goes with the grid when it is given on. */
function Open({ grid, narrow }: { grid: Card } & Pick<Props, 'narrow'>) {
  const w = useSpoken()
  const { may } = useSession()
  const homes = useResource(`open-homes|${grid.id}`, (signal) =>
    screening.households({ area: grid.area, grid: grid.id, state: 'missing', limit: 1 }, signal),
  )
  const held = may('tasks.read') && grid.holder
  const list = useResource(held ? `open-tasks|${grid.area}|${grid.holder}` : null, (signal) =>
    tasks.list({ area: grid.area, assignee: grid.holder, state: ['ahead', 'open', 'late'] }, signal),
  )
  if (!homes.data) return null
  const { total, round } = homes.data
  return (
    <>
      {round && total > 0 && (
        <Button
          type="link"
          size="small"
          onClick={() => narrow({ show: null, state: 'missing', round: round.id, area: grid.area, grid: grid.id })}
        >
          {w.t('grids.open.homes', { n: w.n(total), round: round.number })}
        </Button>
      )}
      {(!round || total === 0) && w.t('grids.open.none')}
      {list.data && list.data.total > 0 && (
        <span className="muted block small">{w.t('grids.open.tasks', { n: w.n(list.data.total) })}</span>
      )}
    </>
  )
}

/** Who had the grid, and its parts, the last first. */
function Tenures({ of }: { of: Card }) {
  const w = useSpoken()
  const where = (one: Card['tenures'][number]) => [one.building, one.unit].filter(Boolean).join(' ')
  return (
    <section className="card" aria-labelledby="grid-tenures">
      <h2 id="grid-tenures">{w.t('tenure.title')}</h2>
      {of.tenures.length === 0 && <p className="muted">{w.t('tenure.none')}</p>}
      {of.tenures.length > 0 && (
        <Grid
          label={w.t('tenure.title')}
          rows={[...of.tenures].reverse()}
          keyOf={(one) => `${one.to}${one.duty}${where(one)}${one.begins}`}
          columns={[
            {
              key: 'to',
              title: w.t('cov.holder'),
              head: true,
              cell: (one) => <Holder code={one.to} names={of.names} />,
            },
            {
              key: 'duty',
              title: w.t('duty'),
              cell: (one) => [w.t(`duty.${one.duty as 'grid_worker'}`), where(one)].filter(Boolean).join(' · '),
            },
            { key: 'begins', title: w.t('tenure.begins'), cell: (one) => w.stamp(one.begins) },
            {
              key: 'ends',
              title: w.t('tenure.ends'),
              cell: (one) => (one.ends ? w.stamp(one.ends) : w.t('tenure.still')),
            },
            { key: 'by', title: w.t('home.by'), cell: (one) => <Holder code={one.by} names={of.names} /> },
          ]}
        />
      )}
    </section>
  )
}

/** A grid as it is called; where it has no name, the end of its id. */
export function nameOf(grid: { name: string; id: string }): string {
  return grid.name || grid.id.slice(-6)
}
