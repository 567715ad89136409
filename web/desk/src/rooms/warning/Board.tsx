import '../../styles/tasks.css'
import '../../styles/plot.css'
import '../../styles/warning.css'
import { Button, Input, Select } from 'antd'
import { useId, useMemo, useState } from 'react'
import { useResource } from '../../api/resource'
import { type Signal, type SignalCounts, type Signals, warning } from '../../api/warning'
import { AreaField } from '../../forms/AreaField'
import { useAreaName } from '../../forms/AreaName'
import { useStaying } from '../../forms/staying'
import { TimeField } from '../../forms/TimeField'
import { endOf, startOf } from '../../moments'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Counts } from './Counts'
import { Multiples } from './Multiples'
import { SignalCard } from './SignalCard'
import { SignalMap } from './SignalMap'
import { useSpoken } from './words'

/** Signals that wait for somebody, where they are, and what became of the others. */
export default function Board() {
  const w = useSpoken()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const area = filter.area ?? session?.area ?? ''
  const name = useAreaName(area)
  const wanted = {
    area,
    rule: filter.rule ?? null,
    status: filter.status === 'all' ? null : (filter.status ?? 'open'),
    since: filter.since ? startOf(filter.since) : null,
    until: filter.until ? endOf(filter.until) : null,
    known_at: filter.known ?? null,
  }
  const sums = { area, since: wanted.since, until: wanted.until, known_at: wanted.known_at }
  const counts = useResource(
    `signal-counts|${JSON.stringify(sums)}`,
    (signal) => warning.counts(sums, signal),
    'keep',
    ['warning'],
  )
  if (!session) return null
  return (
    <>
      <div className="heading">
        <h1>{w.t('wa.title')}</h1>
        <p className="muted">{w.t('wa.text')}</p>
      </div>
      <Ask counts={counts.data} />
      {counts.error && <Failure error={counts.error} retry={counts.retry} told />}
      {!counts.data && counts.loading && <Loading />}
      <div className="two wide-left">
        {counts.data && (
          <List key={JSON.stringify(wanted)} wanted={wanted} terms={counts.data} reviewed={counts.retry} />
        )}
        <div className="beside">
          {counts.data && (
            <SignalMap area={area} name={name} of={counts.data} open={(code) => narrow({ area: code })} />
          )}
          <Multiples area={area} name={name} clocks={{ as_of: null, known_at: wanted.known_at }} />
        </div>
      </div>
      {counts.data && <Counts of={counts.data} chosen={wanted.rule} choose={(rule) => narrow({ rule })} />}
    </>
  )
}

function Ask({ counts }: { counts: SignalCounts | null }) {
  const w = useSpoken()
  const id = useId()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  return (
    <search className="card bounds">
      <div className="pick inline">
        <span aria-hidden>{w.t('wa.area')}</span>
        <AreaField
          top={top}
          value={filter.area ?? top}
          onChange={(to) => narrow({ area: to })}
          label={w.t('wa.area')}
        />
      </div>
      <div className="pick inline">
        <label htmlFor={`${id}-status`}>{w.t('wa.status')}</label>
        <Select
          id={`${id}-status`}
          value={filter.status ?? 'open'}
          onChange={(to) => narrow({ status: to })}
          popupMatchSelectWidth={false}
          options={[
            ...(counts?.statuses ?? []).map((one) => ({ value: one.code, label: w.name(one) })),
            { value: 'all', label: w.t('wa.status.all') },
          ]}
        />
      </div>
      <div className="pick inline">
        <label htmlFor={`${id}-rule`}>{w.t('wa.rule')}</label>
        <Select
          id={`${id}-rule`}
          value={filter.rule ?? ''}
          onChange={(to) => narrow({ rule: to || null })}
          popupMatchSelectWidth={false}
          options={[
            { value: '', label: w.t('wa.rule.all') },
            ...(counts?.rules ?? []).map((one) => ({ value: one.rule, label: w.name(one) })),
          ]}
        />
      </div>
      {(['since', 'until'] as const).map((side) => (
        <div className="pick inline" key={side}>
          <label htmlFor={`${id}-${side}`}>{w.t(`wa.${side}`)}</label>
          <Input
            id={`${id}-${side}`}
            type="date"
            value={filter[side] ?? ''}
            onChange={(e) => narrow({ [side]: e.target.value || null })}
          />
        </div>
      ))}
      <div className="pick inline">
        <label htmlFor={`${id}-known`}>{w.t('wa.known')}</label>
        <TimeField id={`${id}-known`} value={filter.known ?? null} onChange={(iso) => narrow({ known: iso })} />
      </div>
    </search>
  )
}

interface ListProps {
  wanted: Record<string, string | null>
  terms: SignalCounts
  reviewed: () => void
}

/** The signals, newest first; the page after is asked for when it is wanted. */
function List({ wanted, terms, reviewed }: ListProps) {
  const w = useSpoken()
  const [more, setMore] = useState<Signals[]>([])
  const [after, setAfter] = useState<string | null>(null)
  const found = useResource(`signals|${JSON.stringify(wanted)}`, (signal) => warning.signals(wanted, signal), 'drop', [
    'warning',
  ])
  const next = useResource(after && `signals|${JSON.stringify(wanted)}|${after}`, async (signal) => {
    const page = await warning.signals({ ...wanted, after }, signal)
    setMore((before) => [...before, page])
    setAfter(null)
    return page
  })
  const pages = useMemo(() => (found.data ? [found.data, ...more] : []), [found.data, more])
  const listed = useMemo(
    () => [...new Map(pages.flatMap((one) => one.signals).map((one) => [one.id, one])).values()],
    [pages],
  )
  const signals = useStaying(listed, (one: Signal) => one.id, found.followed)
  const follow = pages.at(-1)?.after ?? null
  return (
    <section className="card" aria-labelledby="signals">
      <h2 id="signals">{w.t('wa.list')}</h2>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && <p className="muted small">{w.t('wa.total', { n: w.n(found.data.total) })}</p>}
      {found.data && !signals.length && <Empty title={w.t('wa.none.title')} text={w.t('wa.none.text')} />}
      <ul className="signals">
        {signals.map((one) => (
          <SignalCard key={one.id} of={one} terms={terms} reviewed={reviewed} />
        ))}
      </ul>
      {next.error && <Failure error={next.error} retry={next.retry} told />}
      {follow && (
        <Button loading={next.loading} onClick={() => setAfter(follow)}>
          {w.t('wa.more')}
        </Button>
      )}
    </section>
  )
}
