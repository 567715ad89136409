import { Button, Input, Select } from 'antd'
import { useId, useMemo, useState } from 'react'
import { ApiError } from '../../api/client'
import { type Asked, type CasePage, type CaseRow, cases } from '../../api/cases'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import type { Column } from '../../forms/Grid'
import { LongGrid } from '../../forms/LongGrid'
import { NEXT_ROWS, usePages } from '../../forms/pages'
import { save } from '../../forms/save'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Purpose } from '../people/Purpose'
import { CellOf, headOf } from './cells'
import { Columns } from './Columns'
import { Filters } from './Filters'
import { askedOf, type Filter, shownColumns } from './filter'
import { useTerms } from './terms'
import { Views } from './Views'
import { Waiting } from './Waiting'
import { useSpoken } from './words'

interface Naming {
  purpose: string | null
  setPurpose: (purpose: string | null) => void
}

/** The line list: narrowed, sorted, page by page. */
export function List({ purpose, setPurpose }: Naming) {
  const w = useSpoken()
  const { columns } = useTerms()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const [text, setText] = useState('')
  const asked = askedOf(filter, columns, text)
  const named = purpose ? { names: true, purpose } : {}
  const key = JSON.stringify([asked, purpose])
  // With names each asking is a look at people: nobody looks by itself.
  const first = useResource(
    `cases|${key}`,
    (signal) => cases.list({ ...needed(asked), ...named }, signal),
    'keep',
    named.names ? undefined : ['cases'],
  )
  const id = useId()
  const top = session?.area ?? ''
  if (first.error instanceof ApiError && first.error.status === 403)
    return <Failure error={first.error} retry={first.retry} told />
  return (
    <>
      {filter.only !== 'waiting' && <Waiting area={filter.area ?? ''} />}
      <section className="card" aria-label={w.t('filter.title')}>
        <div className="case-search">
          <Input.Search
            allowClear
            aria-label={w.t('filter.number')}
            placeholder={w.t('filter.number')}
            maxLength={64}
            onSearch={(typed) => setText(typed.trim())}
          />
          <div className="pick inline">
            <span aria-hidden>{w.t('filter.area')}</span>
            <AreaField
              top={top}
              value={filter.area ?? top}
              onChange={(area) => narrow({ area: area === top ? null : area })}
              label={w.t('filter.area')}
            />
          </div>
          <Sort filter={filter} narrow={narrow} />
        </div>
        <Filters filter={filter} narrow={narrow} />
        <Columns shown={shownColumns(filter, columns)} choose={(list) => narrow({ columns: list.join(',') })} />
        <Views filter={filter} narrow={narrow} />
      </section>
      <Names purpose={purpose} setPurpose={setPurpose} />
      <section className="card" aria-labelledby={id}>
        <h2 id={id} className="sr">
          {w.t('cases.tab.list')}
        </h2>
        {first.error && <Failure error={first.error} retry={first.retry} told />}
        {first.loading && !first.data && <Loading />}
        {first.data && !first.error && (
          <Pages
            key={first.loading ? 'before' : key}
            first={first.data}
            asked={asked}
            named={first.loading ? {} : named}
          />
        )}
      </section>
    </>
  )
}

/** Who is behind a row is asked with every page. */
function needed(asked: Asked): Asked {
  return { ...asked, columns: [...new Set([...(asked.columns ?? []), 'person', 'number', 'onset_latest'])] }
}

function Sort({ filter, narrow }: { filter: Filter; narrow: (part: Record<string, string | null>) => void }) {
  const w = useSpoken()
  const { columns } = useTerms()
  const id = useId()
  const up = filter.order === 'up'
  return (
    <div className="pick inline">
      <label htmlFor={id}>{w.t('sort.by')}</label>
      <Select
        id={id}
        value={filter.sort ?? 'reported_at'}
        popupMatchSelectWidth={false}
        onChange={(sort) => narrow({ sort })}
        options={Object.entries(columns)
          .filter(([, c]) => c.sorts)
          .map(([value, c]) => ({ value, label: headOf(c, w) }))}
      />
      <Button onClick={() => narrow({ order: up ? null : 'up' })}>{w.t(up ? 'sort.up' : 'sort.down')}</Button>
    </div>
  )
}

/** Names stand in the list only once a purpose was chosen. */
function Names({ purpose, setPurpose }: Naming) {
  const w = useSpoken()
  const { session, may } = useSession()
  const table = useResource('permissions', permissions)
  const [open, setOpen] = useState(Boolean(purpose))
  if (!may('people.see') || !session?.purposes.length || !table.data) return null
  if (!open)
    return (
      <div className="actions names-door">
        <Button onClick={() => setOpen(true)}>{w.t('names.show')}</Button>
      </div>
    )
  const close = () => {
    setPurpose(null)
    setOpen(false)
  }
  return (
    <div className="names-open">
      <Purpose purposes={session.purposes} titles={table.data.purposes} value={purpose} choose={setPurpose} />
      <Button onClick={close}>{w.t('names.hide')}</Button>
    </div>
  )
}

interface PagesProps {
  first: CasePage
  asked: Asked
  named: { names?: boolean; purpose?: string }
}

function Pages({ first, asked, named }: PagesProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const { pages, ...further } = usePages(
    first,
    (page) => page.after,
    (after) => cases.list({ ...needed(asked), ...named, after, limit: NEXT_ROWS }),
  )
  const rows = useMemo(() => pages.flatMap((p) => p.cases), [pages])
  const people = useMemo(() => Object.assign({}, ...pages.map((p) => p.people)) as CasePage['people'], [pages])
  if (!rows.length) return <Empty title={w.t('list.empty.title')} text={w.t('list.empty.text')} />
  const file = () => run(async () => save(w.t('list.file'), await cases.exported(asked)))
  return (
    <>
      <div className="list-head">
        <p role="status" className="muted">
          {w.t(first.more ? 'list.total.more' : 'list.total', { n: w.n(first.total), shown: w.n(rows.length) })}
        </p>
        <Button onClick={file} loading={busy}>
          {w.t('list.export')}
        </Button>
      </div>
      <CaseGrid
        rows={rows}
        shown={asked.columns ?? []}
        people={named.names ? people : null}
        total={first.more ? null : first.total}
        more={further.more}
        busy={further.busy}
      />
      <Told error={error ?? further.error} />
    </>
  )
}

interface GridProps {
  rows: readonly CaseRow[]
  shown: string[]
  people: CasePage['people'] | null
  total: number | null
  more: (() => void) | null
  busy: boolean
}

function CaseGrid({ rows, shown, people, ...length }: GridProps) {
  const w = useSpoken()
  const { columns } = useTerms()
  const chosen = shown.filter((name) => name !== 'number').join()
  const listed = useMemo(() => {
    const made: Column<CaseRow>[] = [
      {
        key: 'number',
        title: headOf(columns.number, w),
        head: true,
        cell: (row) => <CellOf row={row} name="number" />,
      },
    ]
    if (people)
      made.push({
        key: 'name',
        title: w.t('list.name'),
        cell: (row) => (row.person && people[row.person]?.fields.name) || <Hidden />,
      })
    for (const name of chosen.split(',').filter(Boolean))
      made.push({
        key: name,
        title: name === 'onset_earliest' ? w.t('field.onset') : headOf(columns[name], w),
        cell: (row) => <CellOf row={row} name={name} />,
      })
    return made
  }, [chosen, columns, people, w])
  return (
    <LongGrid
      label={w.t('cases.tab.list')}
      rows={rows}
      keyOf={(row) => row.subject as string}
      columns={listed}
      // With names every page is a look at people: it is asked for by hand.
      onward={!people}
      {...length}
    />
  )
}

function Hidden() {
  const w = useSpoken()
  return <span className="null">{w.t('list.hidden')}</span>
}
