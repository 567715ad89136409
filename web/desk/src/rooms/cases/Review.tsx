import { Alert, Button, Checkbox, Select } from 'antd'
import { useId, useState } from 'react'
import { cases, type Review as Found } from '../../api/cases'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { CaseLink } from './cells'
import { optionsOf, useTerms } from './terms'
import { useSpoken } from './words'

/** The cases of an area under another edition: first the difference, then what was shown is recorded. */
export function Review() {
  const w = useSpoken()
  const { diseases, disease } = useTerms()
  const { session } = useSession()
  const top = session?.area ?? ''
  const [asked, setAsked] = useState({ disease: 'ncov-2020', edition: '', area: top })
  const [found, setFound] = useState<Found | null>(null)
  const { busy, error, run } = useAct()
  const id = useId()
  const change = (part: Partial<typeof asked>) => {
    setFound(null)
    setAsked((before) => ({ ...before, ...part }))
  }
  const look = () => run(async () => setFound(await cases.review(asked)))
  const editions = disease(asked.disease)?.editions ?? []
  return (
    <section className="card" aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>{w.t('review.title')}</h2>
      </header>
      <p className="muted">{w.t('review.text')}</p>
      <div className="conditions">
        <div className="condition">
          <label htmlFor={`${id}-disease`}>{w.t('counts.disease')}</label>
          <Select
            id={`${id}-disease`}
            value={asked.disease}
            onChange={(code) => change({ disease: code, edition: '' })}
            options={optionsOf(diseases, w)}
          />
        </div>
        <div className="condition">
          <label htmlFor={`${id}-edition`}>{w.t('review.edition')}</label>
          <Select
            id={`${id}-edition`}
            value={asked.edition || undefined}
            placeholder={w.t('review.edition.choose')}
            popupMatchSelectWidth={false}
            onChange={(edition) => change({ edition })}
            options={editions.map((e) => ({
              value: e.code,
              label: `${w.name(e)} · ${w.t('review.from', { day: w.day(e.begins) })}`,
            }))}
          />
        </div>
        <div className="condition">
          <span aria-hidden>{w.t('filter.area')}</span>
          <AreaField top={top} value={asked.area} onChange={(area) => change({ area })} label={w.t('filter.area')} />
        </div>
      </div>
      <Told error={error} />
      <Button type="primary" onClick={look} loading={busy && !found} disabled={!asked.edition}>
        {w.t('review.look')}
      </Button>
      {found && <Difference key={found.digest} of={found} asked={asked} />}
    </section>
  )
}

interface Props {
  of: Found
  asked: { disease: string; edition: string; area: string }
}

function Difference({ of, asked }: Props) {
  const w = useSpoken()
  const { term } = useTerms()
  const { busy, error, run } = useAct()
  const [decide, setDecide] = useState(false)
  const [done, setDone] = useState<Found | null>(null)
  const confirm = () => run(async () => setDone(await cases.review({ ...asked, confirmed: of.digest, decide })))
  const changed = of.moves.reduce((sum, m) => sum + m.cases, 0)
  return (
    <div className="review-found">
      <p role="status">{w.t('review.found', { n: w.n(of.cases), changed: w.n(changed), unclear: w.n(of.unclear) })}</p>
      {of.moves.length > 0 && (
        <ul className="entries">
          {of.moves.map((m) => (
            <li key={`${m.was}|${m.would_be}`}>
              {term('case_class', m.was)} → <strong>{term('case_class', m.would_be)}</strong>{' '}
              {w.amount(m.cases, 'case')}
            </li>
          ))}
        </ul>
      )}
      {of.differences.length > 0 && (
        <Grid
          label={w.t('review.title')}
          rows={of.differences}
          keyOf={(d) => d.case}
          columns={[
            {
              key: 'number',
              title: w.t('case.number'),
              head: true,
              cell: (d) => <CaseLink id={d.case} number={d.number} />,
            },
            { key: 'area', title: w.t('filter.area'), cell: (d) => <AreaName code={d.area} /> },
            { key: 'was', title: w.t('review.was'), cell: (d) => term('case_class', d.was) },
            { key: 'would', title: w.t('review.would'), cell: (d) => term('case_class', d.would_be) },
            { key: 'why', title: w.t('review.why'), className: 'roomy', cell: (d) => w.name(d) },
            { key: 'can', title: w.t('review.can'), cell: (d) => w.t(d.can ? 'yes' : 'review.cannot') },
          ]}
        />
      )}
      <Told error={error} />
      {done ? (
        <Alert type="success" showIcon role="status" title={w.t('review.done', { n: w.n(done.recorded) })} />
      ) : (
        of.cases > 0 && (
          <div className="actions">
            <Checkbox checked={decide} onChange={(e) => setDecide(e.target.checked)}>
              {w.t('review.decide')}
            </Checkbox>
            <Button type="primary" danger onClick={confirm} loading={busy}>
              {w.t('review.confirm')}
            </Button>
          </div>
        )
      )}
    </div>
  )
}
