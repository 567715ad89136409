import { Button, Select } from 'antd'
import { useId } from 'react'
import { useResource } from '../../api/resource'
import { type Household, type HouseholdState, screening } from '../../api/screening'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { doorOf } from './residents'
import { useSpoken } from './words'
import { AreaName } from '../../forms/AreaName'

const STATES: HouseholdState[] = [
  'missing',
  'unvisited',
  'open',
  'done',
  'not_met',
  'refused',
  'vacant',
  'unwell',
  'found',
  'unplaced',
  'twice',
]
const PAGE = 100

interface Props {
  area: string
  filter: Record<string, string>
  narrow: (part: Record<string, string | null>) => void
}

/** Households of a round by where they stand: by default those that nobody has an outcome of. */
export function Missing({ area, filter, narrow }: Props) {
  const w = useSpoken()
  const id = useId()
  const { round, grid, after } = filter
  const state = STATES.find((one) => one === filter.state) ?? 'missing'
  const found = useResource(
    `households|${area}|${round}|${grid}|${state}|${after}`,
    (signal) =>
      screening.households(
        { area, state, limit: PAGE, after: after ?? '', ...(round && { round }), ...(grid && { grid }) },
        signal,
      ),
    'keep',
  )
  return (
    <section className="card" aria-labelledby="missing-title">
      <header>
        <h2 id="missing-title">{w.t('miss.title')}</h2>
        <div className="pick inline">
          <label htmlFor={id}>{w.t('miss.state')}</label>
          <Select
            id={id}
            value={state}
            popupMatchSelectWidth={false}
            onChange={(to) => narrow({ state: to, after: null })}
            options={STATES.map((one) => ({ value: one, label: w.t(`miss.state.${one}`) }))}
          />
        </div>
        <Button onClick={() => narrow({ state: null, grid: null, after: null })}>{w.t('miss.back')}</Button>
      </header>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && !found.error && <Loading />}
      {found.data && (
        <>
          <p className="muted" aria-live="polite">
            {found.data.total ? w.t('miss.total', { n: w.n(found.data.total) }) : w.t('miss.none')}
          </p>
          {found.data.households.length > 0 && (
            <Homes rows={found.data.households} open={(household) => narrow({ household })} />
          )}
          <div className="actions">
            {after && <Button onClick={() => narrow({ after: null })}>{w.t('miss.first')}</Button>}
            {found.data.after && (
              <Button onClick={() => narrow({ after: found.data?.after ?? null })}>{w.t('miss.more')}</Button>
            )}
          </div>
        </>
      )}
    </section>
  )
}

function Homes({ rows, open }: { rows: Household[]; open: (id: string) => void }) {
  const w = useSpoken()
  const status = (code: string | null) => {
    const one = STATES.find((known) => known === code)
    return one ? w.t(`miss.state.${one}`) : w.t('miss.never')
  }
  return (
    <Grid
      label={w.t('miss.title')}
      rows={rows}
      keyOf={(row) => row.id}
      columns={[
        {
          key: 'door',
          title: w.t('miss.door'),
          head: true,
          cell: (row) => (
            <>
              <Button type="link" size="small" onClick={() => open(row.id)}>
                {doorOf(row)}
              </Button>{' '}
              <span className="muted">
                <AreaName code={row.area} />
              </span>
            </>
          ),
        },
        {
          key: 'status',
          title: w.t('miss.status'),
          cell: (row) =>
            row.outcome ? (
              <>
                {status(row.outcome.status)}{' '}
                <span className="muted">
                  {w.t('miss.tried', { n: w.n(row.outcome.visits), at: w.stamp(row.outcome.last_at) })}
                </span>
              </>
            ) : (
              w.t('miss.never')
            ),
        },
        { key: 'before', title: w.t('miss.before'), cell: (row) => status(row.before) },
        {
          key: 'members',
          title: w.t('miss.members'),
          cell: (row) => w.t('miss.of', { n: w.n(row.members), m: w.n(row.missing.length) }),
        },
      ]}
    />
  )
}
