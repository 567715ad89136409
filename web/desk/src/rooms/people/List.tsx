import { Alert, Button, Form, Input, Select } from 'antd'
import { useId, useMemo, useState } from 'react'
import { type Listed, type Person, people, type Terms } from '../../api/people'
import { useResource } from '../../api/resource'
import { AreaField } from '../../forms/AreaField'
import { AreaName } from '../../forms/AreaName'
import { LongGrid } from '../../forms/LongGrid'
import { usePages } from '../../forms/pages'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { go, pathOf } from '../../route'
import { useSession } from '../../session'
import { Export } from './Export'
import { ID } from './Merge'
import { Sight } from './Sight'
import { bornOf, nameOf, papersOf, termOf } from './show'
import { useSpoken } from './words'

interface Props {
  purpose: string
  terms: Terms
}

/** Those who are held in an area, page by page. */
export function List({ purpose, terms }: Props) {
  const w = useSpoken()
  const { session } = useSession()
  const top = session?.area ?? ''
  const [area, setArea] = useState(top)
  const [dataClass, setDataClass] = useState('')
  const asked = { area: area || undefined, data_class: dataClass || undefined, purpose }
  const first = useResource(`list|${area}|${dataClass}|${purpose}`, (signal) => people.list(asked, signal))
  const id = useId()
  return (
    <section className="card" aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>{w.t('people.tab.people')}</h2>
        <div className="pick inline">
          <span aria-hidden>{w.t('list.area')}</span>
          <AreaField top={top} value={area} onChange={setArea} label={w.t('list.area')} />
        </div>
        <div className="pick inline">
          <label htmlFor={id}>{w.t('list.class')}</label>
          <Select
            id={id}
            value={dataClass}
            onChange={setDataClass}
            popupMatchSelectWidth={false}
            options={[
              { value: '', label: w.t('list.class.all') },
              ...terms.classes.map((c) => ({ value: c.id, label: w.name(c) })),
            ]}
          />
        </div>
      </header>
      {first.error && <Failure error={first.error} retry={first.retry} told />}
      {first.loading && <Loading />}
      {first.data && !first.error && (
        <Pages key={`${area}|${dataClass}|${purpose}`} first={first.data} asked={asked} terms={terms} />
      )}
    </section>
  )
}

interface PagesProps {
  first: Listed
  asked: Parameters<typeof people.list>[0]
  terms: Terms
}

function Pages({ first, asked, terms }: PagesProps) {
  const w = useSpoken()
  const { pages, error, ...further } = usePages(
    first,
    (page) => page.next,
    (after) => people.list({ ...asked, after }),
  )
  const all = useMemo(() => pages.flatMap((p) => p.people), [pages])
  if (!all.length && !first.unreadable.length && first.total > 0) return <Sums total={first.total} />
  if (!all.length && !first.unreadable.length)
    return <Empty title={w.t('list.empty.title')} text={w.t('list.empty.text')} />
  return (
    <>
      <p role="status" className="muted">
        {w.t(first.more ? 'list.total.more' : 'list.total', { n: w.n(first.total) })}
      </p>
      <Sight of={all} purpose={asked.purpose} terms={terms} />
      <Unreadable ids={pages.flatMap((p) => p.unreadable)} />
      <PeopleGrid of={all} terms={terms} further={{ total: first.more ? null : first.total, ...further }} />
      <Told error={error} />
      <Export asked={asked} />
    </>
  )
}

/** For a role that sees no list: how many there are, and the one way to a card. */
function Sums({ total }: { total: number }) {
  const w = useSpoken()
  const { may } = useSession()
  return (
    <>
      <Empty title={w.t('list.sums.title')} text={w.t('list.sums.text', { n: w.n(total) })} />
      {may('people.break_glass') && (
        <Form
          layout="vertical"
          requiredMark={false}
          className="narrow-form by-id"
          onFinish={({ id }: { id: string }) => go({ room: 'person', id: id.trim().toLowerCase() })}
        >
          <Form.Item
            name="id"
            label={w.t('list.by_id')}
            extra={w.t('list.by_id.text')}
            rules={[{ required: true, pattern: ID, transform: (v?: string) => v?.trim(), message: w.t('merge.bad') }]}
          >
            <Input spellCheck={false} autoComplete="off" className="mono" />
          </Form.Item>
          <Button htmlType="submit">{w.t('list.by_id.go')}</Button>
        </Form>
      )}
    </>
  )
}

export function Unreadable({ ids }: { ids: string[] }) {
  const w = useSpoken()
  if (!ids.length) return null
  const said = w.t('list.unreadable', { n: w.n(ids.length), ids: ids.slice(0, 5).join(w.t('list.comma')) })
  return <Alert type="warning" showIcon className="told" title={said} />
}

interface GridProps {
  of: Person[]
  terms: Terms
  /** Of a list that goes on; found people are all there. */
  further?: { total: number | null; more: (() => void) | null; busy: boolean }
}

export function PeopleGrid({ of, terms, further }: GridProps) {
  const w = useSpoken()
  const absent = <span className="null">{w.t('card.none')}</span>
  const unseen = <span className="null">{w.t('card.hidden')}</span>
  const shown = (person: Person, its: 'name' | 'document' | 'phone' | 'birth_date', text: string) =>
    person.hidden.includes(its) ? unseen : text || absent
  return (
    <LongGrid
      label={w.t('people.title')}
      rows={of}
      keyOf={(p) => p.id}
      onward={false} // every page is a look at people: it is asked for by hand
      {...(further ?? { total: of.length, more: null, busy: false })}
      columns={[
        {
          key: 'name',
          title: w.t('enter.name'),
          head: true,
          cell: (p) => (
            <a href={pathOf({ room: 'person', id: p.id })} aria-label={w.t('list.open.of', { name: nameOf(p, w) })}>
              {nameOf(p, w)}
            </a>
          ),
        },
        {
          key: 'document',
          title: w.t('enter.document'),
          cell: (p) => shown(p, 'document', papersOf(p, terms, w).join('\n')),
          className: 'lines',
        },
        { key: 'phone', title: w.t('enter.phone'), cell: (p) => shown(p, 'phone', (p.fields.phones ?? []).join('\n')) },
        { key: 'born', title: w.t('enter.birth_date'), cell: (p) => shown(p, 'birth_date', bornOf(p, w)) },
        {
          key: 'held',
          title: w.t('list.held'),
          cell: (p) => (
            <ul>
              {p.holdings.map((h) => (
                <li key={h.id}>
                  {termOf(terms.classes, h.data_class, w)}{' '}
                  <span className="muted">
                    <AreaName code={h.area} />
                  </span>
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  )
}
