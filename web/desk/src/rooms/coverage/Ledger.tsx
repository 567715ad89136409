import { Button, Select } from 'antd'
import { useId } from 'react'
import { useResource } from '../../api/resource'
import { type Coverage, type Ledger, type Part, screening } from '../../api/screening'
import { place } from '../../forms/place'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { CoverageMap } from './CoverageMap'
import { Figures, share } from './Figures'
import { Holder } from './Holder'
import { Reference } from './Reference'
import { useSpoken } from './words'
import { AreaName, townOf } from '../../forms/AreaName'

type Narrow = (part: Record<string, string | null>) => void

/** The ledger of an area: its figures, the map, and each part of it with a way down to whoever is missing. */
export function LedgerPage({ area, round, narrow }: { area: string; round: string; narrow: Narrow }) {
  const w = useSpoken()
  const found = useResource(
    `coverage|${area}|${round}`,
    (signal) => screening.coverage({ area, round }, signal),
    'keep',
    ['screening'],
  )
  const here = useResource(`place|${townOf(area)}`, () => place(townOf(area)))
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const told = found.data
  const open = (code: string) => narrow({ area: code })
  const name = here.data && townOf(area) === area ? w.name(here.data) : area
  return (
    <>
      <RoundPick area={area} told={told} choose={(to) => narrow({ round: to })} />
      <Figures of={told.whole} />
      <p className="muted">{w.t('cov.apart')}</p>
      <Amiss told={told} narrow={narrow} />
      {told.whole.registered === 0 && <p className="muted pad">{w.t('cov.none')}</p>}
      {told.grids.length === 0 && told.whole.registered > 0 && <CoverageMap told={told} name={name} open={open} />}
      <Parts told={told} narrow={narrow} />
      <Reference key={area} area={area} name={name} done={found.retry} />
      {told.grids.length > 0 && (
        <PartTable
          title={w.t('cov.grids')}
          parts={told.grids}
          narrow={narrow}
          round={told.round?.id}
          of={told.area}
          names={told.names}
        />
      )}
    </>
  )
}

function RoundPick({ area, told, choose }: { area: string; told: Coverage; choose: (id: string) => void }) {
  const w = useSpoken()
  const id = useId()
  const rounds = useResource(`rounds|${area}`, (signal) => screening.rounds(area, signal), 'keep')
  const all = rounds.data?.rounds ?? []
  const state = told.round
    ? told.round.closed_at
      ? w.t('cov.round.closed', { at: w.stamp(told.round.closed_at) })
      : w.t('cov.round.open', { due: w.stamp(told.round.due) })
    : w.t('cov.round.none')
  if (all.length === 0) return <p className="muted round-pick">{state}</p>
  return (
    <div className="pick inline round-pick">
      <label htmlFor={id}>{w.t('cov.round')}</label>
      <Select
        id={id}
        value={told.round?.id}
        popupMatchSelectWidth={false}
        onChange={choose}
        options={all.map((one) => ({
          value: one.id,
          label: (
            <>
              {w.t('cov.round.n', { n: one.number })} · <AreaName code={one.area} />
            </>
          ),
        }))}
      />
      <span className="muted">{state}</span>
    </div>
  )
}

/** What must be put right before the round can end. */
function Amiss({ told, narrow }: { told: Coverage; narrow: Narrow }) {
  const w = useSpoken()
  if (!told.faults && !told.unplaced && !told.whole.missing) return null
  return (
    <p className="alarms">
      {told.faults > 0 && <span className="tag warns">{w.t('cov.faults', { n: w.n(told.faults) })}</span>}
      {told.unplaced > 0 && (
        <Button type="link" onClick={() => narrow({ state: 'unplaced' })}>
          {w.t('cov.unplaced', { n: w.n(told.unplaced) })}
        </Button>
      )}
      {told.round && told.whole.missing > 0 && (
        <Button type="link" onClick={() => narrow({ state: 'missing', round: told.round?.id ?? null })}>
          {w.t('cov.missing')} {w.n(told.whole.missing)} · {w.t('cov.to_missing')}
        </Button>
      )}
    </p>
  )
}

function Parts({ told, narrow }: { told: Coverage; narrow: Narrow }) {
  const w = useSpoken()
  return (
    <PartTable
      title={w.t('cov.table')}
      parts={told.parts}
      narrow={narrow}
      round={told.round?.id}
      of={told.area}
      names={told.names}
    />
  )
}

interface PartsProps {
  title: string
  parts: Part[]
  names: Record<string, string>
  narrow: Narrow
  round: string | undefined
  of: string
}

function PartTable({ title, parts, narrow, round, of, names }: PartsProps) {
  const w = useSpoken()
  const number = (pick: (ledger: Ledger) => number | null) => (part: Part) => {
    const n = pick(part.ledger)
    return n === null ? w.t('cov.null') : w.n(n)
  }
  const listed = (part: Part) =>
    narrow({ state: 'missing', round: round ?? null, area: part.code, grid: part.grid ?? null })
  return (
    <section className="card" aria-label={title}>
      <header>
        <h2>{title}</h2>
      </header>
      <Grid
        label={title}
        rows={parts}
        keyOf={(part) => `${part.code}|${part.grid ?? ''}`}
        columns={[
          {
            key: 'place',
            title: w.t('cov.place'),
            head: true,
            cell: (part) => <Place part={part} of={of} names={names} narrow={narrow} />,
          },
          {
            key: 'registered',
            title: w.t('cov.registered'),
            cell: number((one) => one.registered),
            className: 'number',
          },
          { key: 'done', title: w.t('cov.done.n'), cell: number((one) => one.done), className: 'number' },
          {
            key: 'covered',
            title: w.t('cov.covered'),
            cell: (part) => share(part.ledger.covered, w),
            className: 'number',
          },
          {
            key: 'missing',
            title: w.t('cov.missing'),
            className: 'number',
            cell: (part) =>
              part.ledger.missing > 0 && round ? (
                <Button type="link" size="small" onClick={() => listed(part)}>
                  {w.n(part.ledger.missing)}
                </Button>
              ) : (
                w.n(part.ledger.missing)
              ),
          },
          { key: 'unseen', title: w.t('cov.unseen'), cell: number((one) => one.unseen), className: 'number' },
          { key: 'found', title: w.t('cov.found'), cell: number((one) => one.found), className: 'number' },
          {
            key: 'reference',
            title: w.t('cov.reference'),
            className: 'number',
            cell: ({ ledger: { reference, registered } }) =>
              reference === null ? (
                w.t('cov.null')
              ) : (
                <>
                  {w.n(reference)}
                  {reference > 0 && (
                    <span className="muted block small">{`${w.t('ref.share')} ${share(registered / reference, w)}`}</span>
                  )}
                </>
              ),
          },
        ]}
      />
    </section>
  )
}

function Place({ part, of, names, narrow }: Pick<PartsProps, 'of' | 'names' | 'narrow'> & { part: Part }) {
  const w = useSpoken()
  if (part.grid)
    return (
      <>
        {part.name || part.grid.slice(-6)}{' '}
        <span className="muted">
          <Holder code={part.holder} names={names} />
        </span>
      </>
    )
  if (part.code === of)
    return (
      <>
        <AreaName code={part.code} /> <span className="muted">{w.t('cov.nowhere')}</span>
      </>
    )
  return (
    <Button type="link" size="small" onClick={() => narrow({ area: part.code })}>
      <AreaName code={part.code} />
    </Button>
  )
}
