import { Button, Select } from 'antd'
import { useId, useMemo, useState } from 'react'
import { type Contact, type ContactPage, contacts, type Wanted } from '../../api/contacts'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import type { Column } from '../../forms/Grid'
import { LongGrid } from '../../forms/LongGrid'
import { NEXT_ROWS, usePages } from '../../forms/pages'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { pathOf, useFilter } from '../../route'
import { useSession } from '../../session'
import { useTerms } from '../cases/terms'
import { Purpose } from '../people/Purpose'
import { useSpoken } from './words'

const STATES = ['observing', 'to_trace', 'released', 'converted', 'transferred', 'lost', 'died'] as const

/** Contacts, page by page; of those still to be traced the longest waiting first. */
export function Listed({ area, status }: { area: string; status: string }) {
  const w = useSpoken()
  const id = useId()
  const { session, may } = useSession()
  const [, narrow] = useFilter()
  const [named, setNamed] = useState(false)
  const [purpose, setPurpose] = useState<string | null>(null)
  const titles = useResource(named ? 'permissions' : null, permissions)
  const tracing = status === 'to_trace'
  const wanted: Wanted = {
    area,
    status: status ? [status as 'observing'] : [],
    sort: 'registered_at',
    descending: !tracing,
    ...(purpose ? { names: true, purpose } : {}),
  }
  const key = JSON.stringify(wanted)
  const first = useResource(
    `contacts|${key}`,
    (signal) => contacts.list(wanted, signal),
    'drop',
    wanted.names ? undefined : ['contacts'],
  )
  return (
    <section className="card" aria-label={w.t(tracing ? 'contacts.tab.trace' : 'contacts.tab.list')}>
      <header>
        {tracing ? (
          <p className="muted">{w.t('trace.text')}</p>
        ) : (
          <div className="pick inline">
            <label htmlFor={id}>{w.t('list.status')}</label>
            <Select
              id={id}
              value={status}
              onChange={(to) => narrow({ status: to })}
              popupMatchSelectWidth={false}
              options={[
                { value: '', label: w.t('list.status.all') },
                ...STATES.map((value) => ({ value, label: w.t(`status.${value}`) })),
              ]}
            />
          </div>
        )}
        {may('people.see') && !named && <Button onClick={() => setNamed(true)}>{w.t('contacts.names')}</Button>}
      </header>
      {named && titles.data && (
        <Purpose purposes={session?.purposes ?? []} titles={titles.data.purposes} value={purpose} choose={setPurpose} />
      )}
      {first.error && <Failure error={first.error} retry={first.retry} told />}
      {first.loading && <Loading />}
      {first.data && !first.error && <Pages key={key} first={first.data} wanted={wanted} tracing={tracing} />}
    </section>
  )
}

function Pages({ first, wanted, tracing }: { first: ContactPage; wanted: Wanted; tracing: boolean }) {
  const w = useSpoken()
  const { pages, error, ...further } = usePages(
    first,
    (page) => page.next,
    (after) => contacts.list({ ...wanted, after, limit: NEXT_ROWS }),
  )
  const all = useMemo(() => pages.flatMap((p) => p.contacts), [pages])
  const columns = useColumns(pages, tracing)
  if (!all.length) return <Empty title={w.t('contacts.none.title')} text={w.t('contacts.none.text')} />
  return (
    <>
      <p role="status" className="muted">
        {w.t('contacts.total', { n: w.n(first.total) })}
      </p>
      <LongGrid
        label={w.t('contacts.title')}
        rows={all}
        keyOf={(c) => c.contact}
        columns={columns}
        total={first.total}
        // With names every page is a look at people: it is asked for by hand.
        onward={!wanted.names}
        {...further}
      />
      <Told error={error} />
    </>
  )
}

function useColumns(pages: readonly ContactPage[], tracing: boolean): Column<Contact>[] {
  const w = useSpoken()
  const { term } = useTerms()
  return useMemo(() => {
    const names = new Map(pages.flatMap((p) => p.people ?? []).map((p) => [p.id, String(p.shown.name ?? '')]))
    const called = (c: Contact) => c.number ?? w.t('contacts.who', { id: c.contact.slice(-6) })
    return [
      {
        key: 'who',
        title: w.t('board.contact'),
        head: true,
        cell: (c) => (
          <>
            <a href={pathOf({ room: 'contact', id: c.contact })}>{called(c)}</a>
            {c.person && names.get(c.person) && <span className="block">{names.get(c.person)}</span>}
          </>
        ),
      },
      {
        key: 'status',
        title: w.t('list.status'),
        cell: (c) => (
          <>
            <span className="tag">{w.t(`status.${c.status}`)}</span>
            {c.close && c.close !== 'close' && <span className="tag">{w.t(`close.${c.close}`)}</span>}
          </>
        ),
      },
      ...(tracing
        ? [
            {
              key: 'age',
              title: w.t('trace.age'),
              cell: (c: Contact) =>
                c.age_hours === null ? '' : w.t('trace.hours', { n: w.n(Math.floor(c.age_hours)) }),
            },
            { key: 'owner', title: w.t('trace.owner'), cell: (c: Contact) => c.owner },
          ]
        : [
            { key: 'due', title: w.t('list.due'), cell: (c: Contact) => (c.due ? w.day(c.due) : '—') },
            { key: 'count', title: w.t('list.exposures'), cell: (c: Contact) => w.n(c.exposures) },
          ]),
      { key: 'last', title: w.t('list.last'), cell: (c) => w.day(c.last_exposed) },
      {
        key: 'setting',
        title: w.t('list.setting'),
        cell: (c) => [...c.settings.map((s) => term('exposure_setting', s)), ...c.conveyances].join(' · '),
      },
      { key: 'area', title: w.t('list.area'), cell: (c) => <AreaName code={c.area} /> },
    ]
  }, [pages, tracing, term, w])
}
