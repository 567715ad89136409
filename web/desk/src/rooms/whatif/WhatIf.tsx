import '../../styles/tasks.css'
import '../../styles/coverage.css'
import '../../styles/whatif.css'
import { Alert, Button } from 'antd'
import { useRef, useState } from 'react'
import { useResource } from '../../api/resource'
import { type Compared, type Terms, type Today as Found, whatif } from '../../api/whatif'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Assumptions } from './Assumptions'
import { askedOf, type Draft, firstDraft } from './draft'
import { Num } from './Num'
import { Results } from './Results'
import { Scenarios } from './Scenarios'
import { Today } from './Today'
import { Wrong } from './Wrong'
import { useSpoken } from './words'

const DISEASE = 'ncov-2020'

/** Sets of measures compared from today's registers on. */
export default function WhatIf() {
  const w = useSpoken()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  const area = filter.area ?? top
  const terms = useResource(`whatif-terms`, (signal) => whatif.terms(DISEASE, signal))
  const today = useResource(`whatif|${area}`, (signal) => whatif.today(area, DISEASE, signal))
  const failed = terms.error ?? today.error
  return (
    <>
      <div className="heading">
        <h1>{w.t('wi.title')}</h1>
        <p className="muted">{w.t('wi.text')}</p>
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('wi.area')}</span>
          <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('wi.area')} />
        </div>
      </search>
      {failed && <Failure error={failed} retry={terms.error ? terms.retry : today.retry} told />}
      {!failed && !(terms.data && today.data) && <Loading />}
      {!failed && terms.data && today.data && (
        <>
          <Today of={today.data} terms={terms.data} />
          {today.data.recent >= terms.data.limits.least_cases && (
            <Comparing key={`${area}|${w.lang}`} terms={terms.data} today={today.data} area={area} />
          )}
        </>
      )}
    </>
  )
}

function Comparing({ terms, today, area }: { terms: Terms; today: Found; area: string }) {
  const w = useSpoken()
  const [draft, setDraft] = useState<Draft>(() => firstDraft(terms, today, w.lang))
  const [found, setFound] = useState<{ of: Compared; from: Draft } | null>(null)
  const { busy, error, run } = useAct()
  const results = useRef<HTMLDivElement>(null)
  const put = (part: Partial<Draft>) => setDraft((was) => ({ ...was, ...part }))
  const limits = terms.limits
  const compare = () =>
    run(async () => {
      const of = await whatif.compare(askedOf(draft, area, DISEASE))
      setFound({ of, from: draft })
      requestAnimationFrame(() => results.current?.querySelector<HTMLElement>('h2')?.focus())
    })
  return (
    <>
      <Scenarios of={draft.scenarios} terms={terms} change={(scenarios) => put({ scenarios })} />
      <Assumptions
        of={draft.assumptions}
        terms={terms}
        today={today}
        change={(code, to) => put({ assumptions: { ...draft.assumptions, [code]: to } })}
      />
      <section className="card compare" aria-label={w.t('go')}>
        <div className="nums">
          <Num
            label={w.t('wi.days')}
            value={draft.days}
            onChange={(days) => put({ days })}
            least={limits.least_days}
            most={limits.most_days}
            whole
            needed
          />
          <Num
            label={w.t('wi.runs')}
            value={draft.runs}
            onChange={(runs) => put({ runs })}
            least={limits.least_runs}
            most={limits.most_runs}
            whole
            needed
          />
          <Num label={w.t('wi.seed')} value={draft.seed} onChange={(seed) => put({ seed })} least={0} whole needed />
        </div>
        <p className="muted small">{w.t('wi.seed.help')}</p>
        <Wrong error={error} draft={draft} terms={terms} />
        <Button type="primary" onClick={compare} loading={busy}>
          {w.t('go')}
        </Button>
        {busy && (
          <p role="status" className="muted small">
            {w.t('go.wait')}
          </p>
        )}
        {found && found.from !== draft && !busy && <Alert type="info" showIcon role="status" title={w.t('go.stale')} />}
      </section>
      {found && (
        <div ref={results} className="results">
          <Results of={found.of} terms={terms} />
        </div>
      )}
    </>
  )
}
