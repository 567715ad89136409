import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useResource } from '../../api/resource'
import { type Counted, type Facts, type Indicator, situation, type When } from '../../api/situation'
import Dressed from '../../parts/Dressed'
import { Failure, Loading } from '../../parts/States'
import { Grid } from '../../forms/Grid'
import { AreaName } from '../../forms/AreaName'
import { pathOf, type Route } from '../../route'
import { unitOf, written } from './groups'
import { asOf } from './Head'
import { changeOf } from './numbers'
import { Revisions } from './Revisions'
import type { Shared } from './Situation'
import { type Spoken, useSpoken } from './words'

/** What a number is, how it is made, what it counts, and how it came to be what it is. */
export default function Explain(props: Shared & { close: () => void }) {
  const { view, registry, shown, close } = props
  const w = useSpoken()
  const of = registry.find((one) => one.key === view.figure)
  return (
    <Dressed>
      <Drawer
        open={of !== undefined}
        onClose={close}
        title={of ? w.t('si.explain', { name: w.name(of), area: w.name(shown.area) }) : ''}
        size={Math.min(640, window.innerWidth)}
        destroyOnHidden
        closable={{ 'aria-label': w.t('close') }}
      >
        {of && <Body of={of} {...props} />}
      </Drawer>
    </Dressed>
  )
}

function Body({ of, shown, view, today }: Shared & { of: Indicator }) {
  const w = useSpoken()
  const area = shown.area.code
  const when: When = { day: view.day, known_at: view.known }
  const found = useResource(
    `facts|${area}|${of.key}|${view.day}|${view.known}`,
    (signal) => situation.facts(area, of.key, when, null, signal),
    'keep',
  )
  const figure = shown.figures[of.key]
  const change = figure ? changeOf(figure, of.better) : null
  const facts = found.data
  return (
    <div className="explain">
      <p className="value">
        {written(figure, of, w)} <small>{figure?.state === 'counted' && unitOf(of.unit, w)}</small>
        {change && (
          <span className="muted">
            {change.by ? w.t('si.change', { by: w.signed(change.by) }) : w.t('si.change.none')}
          </span>
        )}
      </p>
      <p>{w.lang === 'zh' ? of.definition_zh : of.definition_en}</p>
      <p className="formula">{facts?.formula ?? of.formula}</p>
      <dl className="explain-of">
        <dt>{w.t('si.explain.as_of')}</dt>
        <dd>{asOf(shown, today, w)}</dd>
        <dt>{w.t('si.explain.known')}</dt>
        <dd>
          {view.known ? w.stamp(shown.known_at) : w.t('si.known.now')} · {w.t('si.seq', { seq: w.n(shown.seq) })}
        </dd>
        <dt>{w.t('si.explain.source')}</dt>
        <dd>{w.lang === 'zh' ? of.source_zh : of.source}</dd>
      </dl>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!facts && found.loading && <Loading />}
      {facts && (
        <>
          <Checks of={facts} />
          <Table key={`${area}|${of.key}|${facts.known_at}`} of={of} first={facts} when={when} />
          <Revisions of={facts.revisions} until={facts.known_at} />
        </>
      )}
    </div>
  )
}

function Checks({ of }: { of: Facts }) {
  const w = useSpoken()
  if (!of.checks.length) return null
  return (
    <section>
      <h3>{w.t('si.explain.checks')}</h3>
      <ul className="lines">
        {of.checks.map((one) => (
          <li key={one.code} className={one.holds === false ? 'fails' : one.holds ? 'holds' : undefined}>
            <strong>{w.name(one)}</strong>
            <span>
              {w.t(one.holds === false ? 'si.check.fails' : one.holds ? 'si.check.holds' : 'si.check.unknown')}
            </span>
            {one.detail && <span className="muted">{one.detail}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface TableProps {
  of: Indicator
  first: Facts
  when: When
}

/** What the figure counts, page by page; the sum of all rows is the figure. */
function Table({ of, first, when }: TableProps) {
  const w = useSpoken()
  const [more, setMore] = useState<Facts[]>([])
  const [asking, ask] = useState<string | null>(null)
  const pages = [first, ...more]
  const next = pages.at(-1)?.next ?? null
  const found = useResource(asking, async (signal) => {
    const page = await situation.facts(first.area, of.key, when, asking, signal)
    setMore((before) => [...before, page])
    return page
  })
  const items = pages.flatMap((page) => page.items)
  const sum = items.reduce((total, one) => total + one.counts, 0)
  if (!items.length) return null
  return (
    <section>
      <h3>{w.t('si.explain.counts', { n: w.n(first.found) })}</h3>
      {first.masked && <p className="muted small">{w.t('si.explain.masked')}</p>}
      <Grid
        label={w.t('si.explain.counts', { n: w.n(first.found) })}
        rows={items.map((one, at) => ({ ...one, at }))}
        keyOf={(one) => String(one.at)}
        columns={[
          { key: 'what', title: w.t('si.explain.what'), head: true, cell: (one) => <What of={one} indicator={of} /> },
          { key: 'area', title: w.t('si.area'), cell: (one) => one.area && <AreaName code={one.area} /> },
          { key: 'facts', title: w.t('si.explain.facts'), cell: (one) => <Sources of={one} /> },
          { key: 'counts', title: w.t('si.explain.n'), className: 'numeric', cell: (one) => w.n(one.counts) },
        ]}
      />
      <p className="muted small">
        {next
          ? w.t('si.explain.some', { n: w.n(items.length), found: w.n(first.found) })
          : w.t('si.explain.sum', { sum: w.n(sum) })}
      </p>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {next && (
        <Button loading={found.loading} onClick={() => ask(next)}>
          {w.t('si.explain.more')}
        </Button>
      )}
    </section>
  )
}

const CARDS: readonly string[] = ['case', 'contact', 'order', 'station', 'gate', 'hospital']

/** Where what is counted has its card, else the room that lists it; a sum leads nowhere. */
function placeOf({ room, id, subject, area }: Counted, indicator: Indicator): string | null {
  if (id && room === 'household') return `#coverage?household=${id}`
  if (id && room && CARDS.includes(room)) return pathOf({ room, id } as Route)
  return subject ? `#${indicator.room}?area=${encodeURIComponent(area)}` : null
}

function What({ of, indicator }: { of: Counted; indicator: Indicator }) {
  const w = useSpoken()
  const href = placeOf(of, indicator)
  const called = nameOf(of, indicator, w)
  return href ? <a href={href}>{called}</a> : <span>{called}</span>
}

/** Its number, else the end of its pseudonym; a sum has the name of what is counted. */
function nameOf(of: Counted, indicator: Indicator, w: Spoken): string {
  if (of.number) return of.number
  return of.subject ? `…${of.subject.slice(-6)}` : w.name(indicator)
}

function Sources({ of }: { of: Counted }) {
  const w = useSpoken()
  const [first, ...rest] = of.facts
  if (!first) return null
  const said = (one: typeof first) => `${w.lang === 'zh' ? one.title_zh : one.title_en} · ${w.moment(one.occurred_at)}`
  return (
    <>
      <span>{said(first)}</span>
      <span className="muted small">
        {' '}
        #{w.n(first.seq)} {w.t('si.explain.recorded', { moment: w.stamp(first.recorded_at) })}
      </span>
      {rest.length > 0 && (
        <details>
          <summary>{w.t('si.explain.rest', { n: w.n(rest.length) })}</summary>
          <ul>
            {rest.map((one) => (
              <li key={one.id}>
                {said(one)} <span className="muted small">#{w.n(one.seq)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
