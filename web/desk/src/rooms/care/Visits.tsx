import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { type TriageClinic, type TriageTerms, triage, type Visit } from '../../api/triage'
import { useAct } from '../../forms/act'
import { LongGrid } from '../../forms/LongGrid'
import { useNow } from '../../forms/now'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty } from '../../parts/States'
import { useSession } from '../../session'
import { CaseField } from './CaseField'
import { Correct } from './Correct'
import { type Last, Undo } from './Undo'
import { useWays } from './ways'

const CONCLUSIONS = ['no_suspicion', 'observe', 'report'] as const
const OUTCOMES = ['discharged', 'admitted', 'suspected', 'transferred', 'left'] as const

interface Props {
  visits: Visit[]
  clinics: TriageClinic[]
  terms: TriageTerms
  done: () => void
}

/** Who waits and who is with a doctor, by urgency, each with the clock of what is next. */
export function Visits({ visits, clinics, terms, done }: Props) {
  const w = useWays()
  const now = useNow()
  const [last, setLast] = useState<Last | null>(null)
  if (!visits.length) return <Empty title={w.t('tri.empty.title')} text={w.t('tri.empty.text')} />
  return (
    <section className="card" aria-label={w.t('tri.queue')}>
      <h2>{w.t('tri.queue')}</h2>
      <p role="status" className="muted">
        {w.t('tri.total', { n: w.n(visits.length) })}{' '}
        {last && (
          <Undo
            last={last}
            done={() => {
              setLast(null)
              done()
            }}
          />
        )}
      </p>
      <LongGrid
        label={w.t('tri.queue')}
        rows={visits}
        keyOf={(one) => one.id}
        total={visits.length}
        more={null}
        onward={false}
        busy={false}
        columns={[
          {
            key: 'who',
            title: w.t('tri.col.who'),
            head: true,
            cell: (one) => (
              <>
                {w.t('tri.number', { n: w.n(one.number) })}
                {clinics.length > 1 && (
                  <span className="muted block small">{clinics.find((its) => its.id === one.clinic)?.name}</span>
                )}
              </>
            ),
          },
          { key: 'told', title: w.t('tri.col.told'), cell: (one) => <AtTheDoor of={one} terms={terms} now={now} /> },
          { key: 'next', title: w.t('tri.col.next'), cell: (one) => <Next of={one} now={now} /> },
          {
            key: 'acts',
            title: w.t('tri.col.acts'),
            cell: (one) =>
              one.ended || one.way !== 'fever_clinic' ? null : (
                <Acts
                  key={`${one.seen}|${one.ended}`}
                  of={one}
                  terms={terms}
                  done={(acted) => {
                    setLast(acted)
                    done()
                  }}
                />
              ),
            className: 'acts',
          },
        ]}
      />
    </section>
  )
}

function AtTheDoor({ of, terms, now }: { of: Visit; terms: TriageTerms; now: number | null }) {
  const w = useWays()
  const time = useLength()
  const symptoms = of.symptoms.map((code) => terms.symptoms.find((one) => one.code === code))
  const told = [of.temp_c !== null && `${w.n(of.temp_c)}℃`, ...symptoms.map((one) => one && w.name(one))]
  const waits = now !== null && !of.ended && of.way === 'fever_clinic'
  return (
    <>
      {of.fever && <span className="tag fails">{w.t('tri.fever')}</span>}{' '}
      {of.history === 'present' && <span className="tag fails">{w.t('tri.has_history')}</span>}
      {of.history === 'unknown' && <span className="tag warns">{w.t('tri.ask_history')}</span>}{' '}
      {told.filter(Boolean).join(' · ')}
      <span className="muted block small">
        {w.t(`tri.came.${of.came}`)} ·{' '}
        {waits
          ? w.t('tri.since', { at: w.stamp(of.arrived), time: time(now - Date.parse(of.arrived)) })
          : w.stamp(of.arrived)}
      </span>
      {of.contradictions.map((one) => (
        <span key={one.fact} className="late block small">
          {w.t('tri.contradiction', { why: w.name(one) })}
        </span>
      ))}
    </>
  )
}

function Next({ of, now }: { of: Visit; now: number | null }) {
  const w = useWays()
  const time = useLength()
  const concluded = of.conclusion && (
    <span className="block small">{w.t('tri.concluded', { what: w.t(`tri.conclusion.${of.conclusion}`) })}</span>
  )
  if (of.outcome) return <span className="tag">{w.t(`tri.outcome.${of.outcome}`)}</span>
  if (of.way !== 'fever_clinic') return <span className="tag">{w.t(`tri.way.${of.way}`)}</span>
  if (!of.next)
    return (
      <>
        {w.t('tri.inside')}
        {concluded}
      </>
    )
  const left = now === null ? 0 : Date.parse(of.next.due) - now
  return (
    <>
      {w.t(`tri.rule.${of.next.rule}` as 'tri.rule.triage.see')}
      {concluded}
      {now !== null && (
        <span className={left < 0 ? 'late block small' : 'muted block small'}>
          {left < 0
            ? w.t('tri.late', { time: time(MINUTE - left) })
            : w.t('tri.due', { at: w.stamp(of.next.due), time: time(left) })}
        </span>
      )}
    </>
  )
}

/** A minute that has begun counts: nobody is late by none. */
const MINUTE = 60_000

/** A length of time in hours and minutes. */
function useLength(): (ms: number) => string {
  const w = useWays()
  return (ms) => {
    const minutes = Math.max(0, Math.floor(ms / 60_000))
    if (minutes < 60) return w.t('tri.minutes', { n: w.n(minutes) })
    return w.t('tri.hours', { n: w.n(Math.floor(minutes / 60)), m: w.n(minutes % 60) })
  }
}

function Acts({ of, terms, done }: { of: Visit; terms: TriageTerms; done: (acted: Last) => void }) {
  const w = useWays()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState<'end' | 'correct' | null>(null)
  const turn = (what: 'end' | 'correct') => setOpen(open === what ? null : what)
  const [fact] = useState(newId)
  const act = (what: 'seen' | 'consult', called: string, body: Record<string, unknown> = {}) =>
    run(async () => {
      const made = await triage.act(of.id, what, { ...body, fact })
      done({ what: called, take: () => triage.takeBack(of.id, made.fact) })
    })
  return (
    <>
      <div className="act-buttons">
        {may('triage.record') && !of.seen && (
          <Button size="small" type="primary" loading={busy} onClick={() => act('seen', w.t('tri.see'))}>
            {w.t('tri.see')}
          </Button>
        )}
        {may('triage.consult') && !of.conclusion && (
          <Select
            size="small"
            placeholder={w.t('tri.conclusion')}
            aria-label={w.t('tri.conclusion')}
            popupMatchSelectWidth={false}
            onChange={(conclusion: string) => act('consult', w.t('tri.conclusion'), { conclusion })}
            options={CONCLUSIONS.map((value) => ({ value, label: w.t(`tri.conclusion.${value}`) }))}
          />
        )}
        {may('triage.record') && may('cases.report') && of.conclusion === 'report' && (
          <a href="#cases/new">{w.t('tri.report')}</a>
        )}
        {may('triage.record') && (
          <>
            <Button size="small" aria-expanded={open === 'end'} onClick={() => turn('end')}>
              {w.t('tri.outcome')}
            </Button>
            <Button size="small" aria-expanded={open === 'correct'} onClick={() => turn('correct')}>
              {w.t('tri.correct')}
            </Button>
          </>
        )}
      </div>
      <Told error={error} />
      {open === 'end' && <Ending of={of} done={done} close={() => setOpen(null)} />}
      {open === 'correct' && <Correct of={of} terms={terms} done={done} close={() => setOpen(null)} />}
    </>
  )
}

function Ending({ of, done, close }: { of: Visit; done: (acted: Last) => void; close: () => void }) {
  const w = useWays()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const [form] = Form.useForm<{ outcome: (typeof OUTCOMES)[number]; case?: string }>()
  const outcome = Form.useWatch('outcome', form)
  const told = refusals(error)
  const submit = (values: { outcome: (typeof OUTCOMES)[number]; case?: string }) =>
    run(async () => {
      const made = await triage.act(of.id, 'end', { ...values, case: values.case || null, fact })
      done({ what: w.t(`tri.outcome.${values.outcome}`), take: () => triage.takeBack(of.id, made.fact) })
    })
  return (
    <Form
      form={form}
      name={`end_${of.id}`}
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
    >
      <Form.Item
        name="outcome"
        label={w.t('tri.outcome')}
        rules={[{ required: true, message: w.t('ways.required') }]}
        {...told('outcome')}
      >
        <Select autoFocus options={OUTCOMES.map((value) => ({ value, label: w.t(`tri.outcome.${value}`) }))} />
      </Form.Item>
      {outcome === 'suspected' && (
        <Form.Item name="case" label={w.t('tri.case')} extra={w.t('tri.case.help')} {...told('case')}>
          <CaseField />
        </Form.Item>
      )}
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('tri.end.go')}
        </Button>
        <Button onClick={close}>{w.t('ways.cancel')}</Button>
      </div>
    </Form>
  )
}
