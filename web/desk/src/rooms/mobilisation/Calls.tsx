import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { type Call, type Called, type Calls as Found, mobilisation, type Paged } from '../../api/mobilisation'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { useNow } from '../../forms/now'
import { usePages } from '../../forms/pages'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { AnswerActs, CallerActs } from './CallActs'
import { Matching } from './Matching'
import { PlaceCall } from './PlaceCall'
import { More, Undo } from './parts'
import { LIVE, type OfArea, wordOf } from './terms'
import { useSpoken } from './words'

/** The board of calls: what is needed by when, who was called, who reports in, whose time is running out. */
export function Calls({ area, terms }: OfArea) {
  const w = useSpoken()
  const { may } = useSession()
  const [filter, narrow] = useFilter()
  const [placing, setPlacing] = useState(false)
  const closed = filter.calls === 'closed'
  const key = `calls|${area}|${closed}`
  const found = useResource(key, (signal) => mobilisation.calls(area, closed, 0, signal), 'keep', LIVE)
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { open, closed: over } = found.data
  return (
    <>
      <p>
        {w.t('call.open', { n: w.n(open) })}{' '}
        <Checkbox checked={closed} onChange={(e) => narrow({ calls: e.target.checked ? 'closed' : null })}>
          {w.t('call.over', { n: w.n(over) })}
        </Checkbox>
      </p>
      {may('calls.place') && (
        <p>
          <Button type="primary" aria-expanded={placing} onClick={() => setPlacing(!placing)}>
            {w.t('call.new')}
          </Button>
        </p>
      )}
      {placing && <PlaceCall area={area} terms={terms} done={found.retry} />}
      {!(closed ? over : open) && <Empty title={w.t('call.none.title')} text={w.t('call.none.text')} />}
      <Board key={key} first={found.data} area={area} closed={closed} terms={terms} done={found.retry} />
    </>
  )
}

interface BoardProps extends OfArea {
  first: Paged<Found>
  closed: boolean
  done: () => void
}

function Board({ first, area, closed, terms, done }: BoardProps) {
  const { pages, ...next } = usePages(
    first,
    (page) => page.next,
    (after) => mobilisation.calls(area, closed, Number(after)),
  )
  const calls = new Map(pages.flatMap((page) => page.calls).map((one) => [one.id, one]))
  return (
    <>
      {[...calls.values()].map((one) => (
        <One key={one.id} of={one} terms={terms} done={done} />
      ))}
      <More {...next} />
    </>
  )
}

function One({ of, terms, done }: { of: Call; terms: OfArea['terms']; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const [matching, setMatching] = useState(false)
  const short = of.heads - of.coming
  return (
    <section className="card call" aria-labelledby={`call-${of.id}`}>
      <div className="call-head">
        <h2 id={`call-${of.id}`}>
          {w.t('call.title', { need: w.name(wordOf(terms.needs, of.need)), n: w.n(of.heads) })}
        </h2>
        {of.closed ? (
          <span className="tag">{w.t('call.closed', { outcome: w.name(wordOf(terms.closed, of.outcome)) })}</span>
        ) : (
          <span className={`tag ${short > 0 ? 'fails' : 'active'}`}>
            {w.t('call.coming', { n: w.n(of.coming), of: w.n(of.heads) })}
          </span>
        )}
      </div>
      <p className="muted">
        <AreaName code={of.area} />
        {of.place && ` · ${of.place}`} · {of.ends ? w.span(of.starts, of.ends) : w.stamp(of.starts)}
        {of.skill && ` · ${w.t('call.skill', { skill: w.name(wordOf(terms.skills, of.skill)) })}`}
        {of.volunteers > 0 && ` · ${w.t('call.volunteers', { n: w.n(of.volunteers) })}`}
      </p>
      {of.contradictions > 0 && <p className="late">{w.t('mob.contradictions', { n: w.n(of.contradictions) })}</p>}
      <Departments of={of} terms={terms} done={done} />
      {(!of.closed || of.mine) && (
        <div className="row-acts">
          {!of.closed && may('teams.manage') && short > 0 && (
            <Button size="small" aria-expanded={matching} onClick={() => setMatching(!matching)}>
              {w.t('match.open')}
            </Button>
          )}
          {of.mine && !of.closed && <CallerActs of={of} terms={terms} done={done} />}
          {of.mine && <Undo of={of} take={mobilisation.takeBackCall} done={done} />}
        </div>
      )}
      {matching && !of.closed && <Matching of={of} done={done} />}
    </section>
  )
}

function Departments({ of, terms, done }: { of: Call; terms: OfArea['terms']; done: () => void }) {
  const w = useSpoken()
  const now = useNow()
  return (
    <Grid
      label={w.t('call.departments')}
      rows={of.departments}
      keyOf={(one) => one.department}
      columns={[
        {
          key: 'who',
          title: w.t('call.department'),
          head: true,
          cell: (one) => (one.mine ? w.t('call.own') : one.name || one.department),
        },
        { key: 'said', title: w.t('call.said'), cell: (one) => <Said of={one} terms={terms} /> },
        { key: 'due', title: w.t('call.due'), cell: (one) => <Clock of={one} call={of} now={now} /> },
        {
          key: 'acts',
          title: '',
          className: 'acts',
          cell: (one) => (one.mine && !of.closed ? <AnswerActs of={one} call={of} terms={terms} done={done} /> : null),
        },
      ]}
    />
  )
}

function Said({ of, terms }: { of: Called; terms: OfArea['terms'] }) {
  const w = useSpoken()
  if (!of.answered) return <span className="tag warns">{w.t('call.silent')}</span>
  if (!of.heads)
    return (
      <>
        <span className="tag">{w.t('call.declined')}</span> {w.name(wordOf(terms.declined, of.reason))}
      </>
    )
  return (
    <>
      <span className="tag active">{w.t('call.reported', { n: w.n(of.heads) })}</span>
      {of.arrives && <span className="muted block small">{w.t('call.arrives', { at: w.stamp(of.arrives) })}</span>}
    </>
  )
}

/** How long a department still has; since when it is late; whether it was late. */
function Clock({ of, call, now }: { of: Called; call: Call; now: number | null }) {
  const w = useSpoken()
  const late = of.late && <span className="late block small">{w.t('call.was_late')}</span>
  if (of.answered || call.closed || now === null)
    return (
      <>
        {w.stamp(call.answer_by)}
        {late}
      </>
    )
  const left = (Date.parse(call.answer_by) - now) / 60_000
  return (
    <>
      {w.stamp(call.answer_by)}
      <span className={`block small ${left < 0 ? 'late' : 'muted'}`}>
        {left < 0 ? w.t('call.late', { n: w.n(Math.ceil(-left)) }) : w.t('call.left', { n: w.n(Math.floor(left)) })}
      </span>
    </>
  )
}
