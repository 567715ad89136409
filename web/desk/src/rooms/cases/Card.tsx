import { Alert, Button } from 'antd'
import { useState } from 'react'
import { type CaseCard, cases } from '../../api/cases'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Failure, Loading } from '../../parts/States'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { Acts } from './acts/Acts'
import { AsOf, type Standing } from './AsOf'
import { Duties, Intervals } from './Clocks'
import { Neighbours } from './Neighbours'
import { Samples } from './Samples'
import { Summary } from './Summary'
import { Timeline } from './Timeline'
import { useTerms } from './terms'
import { useSpoken } from './words'

/** One case: as it is, or as it was at a moment by what was known at another. */
export function Card({ id }: { id: string }) {
  const w = useSpoken()
  const [at, setAt] = useState<Standing>({ asOf: null, knownAt: null })
  const [said, setSaid] = useState<string | null>(null)
  const now = useResource(`case|${id}`, (signal) => cases.card(id, null, null, signal), 'keep')
  const past = at.asOf !== null || at.knownAt !== null
  const then = useResource(
    past ? `case|${id}|${at.asOf}|${at.knownAt}` : null,
    (signal) => cases.card(id, at.asOf, at.knownAt, signal),
    'keep',
  )
  const done = (told: string) => {
    setSaid(told)
    now.retry()
  }
  if (now.error && !now.data) return <Failure error={now.error} retry={now.retry} told />
  if (!now.data) return <Loading />
  const shown = past ? then.data : now.data
  const failed = past ? then.error : now.error
  return (
    <>
      <Head card={shown ?? now.data} />
      <AsOf card={now.data} at={at} change={setAt} />
      <div role="status" className="said">
        {said && <Alert type="success" showIcon closable onClose={() => setSaid(null)} title={said} />}
      </div>
      {failed && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={w.t('asof.none')}
          action={<Button onClick={() => setAt({ asOf: null, knownAt: null })}>{w.t('asof.now')}</Button>}
        />
      )}
      {shown && !failed && <Inside card={shown} past={past} done={done} />}
      {!shown && !failed && <Loading />}
    </>
  )
}

function Head({ card }: { card: CaseCard }) {
  const w = useSpoken()
  const { may } = useSession()
  const { term } = useTerms()
  return (
    <div className="heading case-heading">
      <p>
        <a href={pathOf({ room: 'cases' })}>{w.t('case.back')}</a>
      </p>
      <h1>{w.t('case.title', { number: card.number ?? card.case.slice(0, 8) })}</h1>
      <p>
        <span className={`tag class-${card.to}`}>{term('case_class', card.to)}</span>
        {card.outcome && <span className="tag">{term('outcome', card.outcome)}</span>}
        {card.severity && <span>{term('severity', card.severity)}</span>}
        <span>{term('disease', card.disease)}</span>
        <span>
          <AreaName code={card.area} />
        </span>
      </p>
      <p>
        {may('isolation.order') && <a href={`#isolation?show=new&of=${card.case}`}>{w.t('case.order')}</a>}
        {may('forms.read') && (
          <>
            <a href={`#forms?form=report-card&of=${card.case}`}>{w.t('case.report_card')}</a>
            <a href={`#forms?form=investigation&of=${card.case}`}>{w.t('case.investigation_form')}</a>
          </>
        )}
      </p>
    </div>
  )
}

interface InsideProps {
  card: CaseCard
  past: boolean
  done: (said: string) => void
}

function Inside({ card, past, done }: InsideProps) {
  const { may } = useSession()
  return (
    <>
      <Warnings card={card} />
      <div className="case-parts">
        <Summary card={card} />
        <div className="case-side">
          <Duties card={card} />
          <Intervals card={card} />
        </div>
      </div>
      {!past && <Acts card={card} done={done} />}
      <Samples card={card} />
      {may('contacts.read') && <Neighbours card={card} />}
      <Timeline card={card} past={past} done={done} />
    </>
  )
}

/** What somebody should look at: facts that contradict, facts in dispute, checks. */
function Warnings({ card }: { card: CaseCard }) {
  const w = useSpoken()
  const told = [
    ...card.faults.map((f) => ({
      key: f.fact + f.code,
      type: 'error' as const,
      text: w.t('case.fault', { why: w.name(f) }),
    })),
    ...card.disputed.map((fact) => ({
      key: fact,
      type: 'warning' as const,
      text: w.t('case.disputed', { fact: fact.slice(0, 8) }),
    })),
    ...card.checks.map((c) => ({ key: c.code, type: 'warning' as const, text: w.name(c) })),
  ]
  if (!told.length) return null
  return (
    <section className="card case-warnings" aria-label={w.t('case.warnings')}>
      <ul>
        {told.map((one) => (
          <li key={one.key} className={one.type}>
            {one.text}
          </li>
        ))}
      </ul>
    </section>
  )
}
