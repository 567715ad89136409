import { Checkbox, Select } from 'antd'
import { gates, type Post, type PostPage } from '../../api/gates'
import { useResource } from '../../api/resource'
import { AreaField } from '../../forms/AreaField'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Empty, Failure, Loading } from '../../parts/States'
import { pathOf, useFilter } from '../../route'
import { useSession } from '../../session'
import { PostMap } from './PostMap'
import { stateOf } from './state'
import { clockTime, useTerms } from './terms'
import { useSpoken } from './words'

/** The posts of an area with their day: who is on duty, what nobody covers, what is overdue, how many were met. */
export function Board() {
  const w = useSpoken()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const terms = useTerms()
  const top = session?.area ?? ''
  const asked = {
    area: filter.area ?? top,
    kind_of: filter.kind,
    department: filter.department,
    closed: filter.closed,
  }
  const found = useResource(`posts|${Object.values(asked).join('|')}`, (signal) => gates.list(asked, signal), 'keep', [
    'gates',
  ])
  return (
    <>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('gt.area')}</span>
          <AreaField top={top} value={asked.area} onChange={(area) => narrow({ area })} label={w.t('gt.area')} />
        </div>
        <Select
          aria-label={w.t('gt.kind')}
          value={filter.kind ?? ''}
          onChange={(kind) => narrow({ kind: kind || null })}
          options={[
            { value: '', label: w.t('gt.kind.all') },
            ...(['point', 'station', 'clinic'] as const).map((value) => ({ value, label: w.t(`gt.kind.${value}`) })),
          ]}
        />
        <Select
          aria-label={w.t('gt.department')}
          value={filter.department ?? ''}
          onChange={(department) => narrow({ department: department || null })}
          options={[{ value: '', label: w.t('gt.department.all') }, ...terms.options('departments')]}
        />
        <Checkbox
          checked={filter.closed === 'true'}
          onChange={(e) => narrow({ closed: e.target.checked ? 'true' : null })}
        >
          {w.t('gt.closed')}
        </Checkbox>
      </search>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && !found.error && (
        <>
          {found.data.posts.length > 0 && <PostMap area={asked.area} posts={found.data.posts} />}
          <Listed page={found.data} />
        </>
      )}
    </>
  )
}

function Listed({ page }: { page: PostPage }) {
  const w = useSpoken()
  const terms = useTerms()
  if (!page.posts.length) return <Empty title={w.t('gt.none.title')} text={w.t('gt.none.text')} />
  // A fever clinic stands in a fever clinic: the one word says both.
  const kindsOf = (one: PostPage['posts'][number]) => {
    const kinds = [w.t(`gt.kind.${one.kind_of}`), terms.name('place_types', one.place_type)]
    return kinds[0]?.toLowerCase() === kinds[1]?.toLowerCase() ? kinds.slice(0, 1) : kinds
  }
  return (
    <section className="card" aria-label={w.t('gt.title')}>
      <p role="status" className="muted">
        {w.t('gt.total', { n: w.n(page.total), unstaffed: w.n(page.unstaffed) })} · {w.t('gt.today')}{' '}
        <Sums of={page.tally} />
      </p>
      <Grid
        label={w.t('gt.title')}
        rows={page.posts}
        keyOf={(one) => one.id}
        columns={[
          {
            key: 'name',
            title: w.t('gt.name'),
            head: true,
            cell: (one) => (
              <>
                <a href={pathOf({ room: 'gate', id: one.id })}>{one.name}</a>
                <span className="muted block small">
                  {[one.number, ...kindsOf(one)].filter(Boolean).join(' · ')}
                  {one.closed && ` · ${w.t('gt.is_closed')}`}
                </span>
              </>
            ),
          },
          { key: 'town', title: w.t('gt.town'), cell: (one) => <AreaName code={one.area} /> },
          {
            key: 'department',
            title: w.t('gt.department'),
            cell: (one) => (one.department ? terms.name('departments', one.department) : w.t('gt.department.none')),
          },
          { key: 'staff', title: w.t('gt.staff'), cell: (one) => <Staffed of={one} /> },
          { key: 'gaps', title: w.t('gt.gaps'), cell: (one) => <Gaps of={one.gaps} /> },
          { key: 'overdue', title: w.t('gt.overdue'), cell: (one) => <Overdue of={one} /> },
          { key: 'today', title: w.t('gt.today'), cell: (one) => <Sums of={one.tally} /> },
        ]}
      />
    </section>
  )
}

/** Encounters, by what came of them. They are counts of meetings, not of people. */
export function Sums({ of }: { of: Post['tally'] }) {
  const w = useSpoken()
  const { met, measured, refused, held, told } = of
  return (
    <span className="small">
      {w.t('gt.tally', {
        met: w.n(met),
        measured: w.n(measured),
        refused: w.n(refused),
        held: w.n(held),
        told: w.n(told),
      })}
    </span>
  )
}

export function Staffed({ of }: { of: Post }) {
  const w = useSpoken()
  const state = stateOf(of)
  if (state === 'unstaffed') return <span className="tag warns">{w.t('gt.unstaffed')}</span>
  return state === 'staffed' ? w.t('gt.on_duty', { n: w.n(of.on_duty) }) : w.t(`map.state.${state}`)
}

export function Gaps({ of }: { of: Post['gaps'] }) {
  const w = useSpoken()
  if (!of.length) return <span className="muted">{w.t('gt.gaps.none')}</span>
  return (
    <ul className="spans">
      {of.map((one) => (
        <li key={one.begins}>{`${clockTime(one.begins)}–${clockTime(one.ends, true)}`}</li>
      ))}
    </ul>
  )
}

export function Overdue({ of }: { of: Post }) {
  const w = useSpoken()
  if (of.overdue_h === null) return <span className="muted">{w.t('gt.overdue.none')}</span>
  return (
    <span className={of.red ? 'tag fails' : 'tag warns'}>
      {w.t('gt.overdue.by', { h: w.n(Math.max(1, Math.floor(of.overdue_h))) })}
    </span>
  )
}
