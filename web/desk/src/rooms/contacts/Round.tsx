import { Alert, Button, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { type BoardLine, contacts } from '../../api/contacts'
import { newId } from '../../api/people'
import type { Attempt } from '../../api/tasks'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { optionsOf, useTerms } from '../cases/terms'
import { useSpoken } from './words'

interface Draft {
  id: string
  temp: number | null
  outcome: Attempt | null
  symptoms: string[]
}

interface Props {
  day: string
  half: 'am' | 'pm' | 'day'
  lines: BoardLine[]
  done: () => void
  close: () => void
}

const WAITING = ['open', 'missed', 'not_found', 'refused', 'not_attempted']
const OUTCOMES: Attempt[] = ['seen_well', 'seen_unwell', 'not_found', 'refused', 'not_attempted']

/** Many checks at once: of each contact a temperature, or why there is none. */
export function Round({ day, half, lines, done, close }: Props) {
  const w = useSpoken()
  const { terms } = useTerms()
  const { busy, error, run } = useAct()
  const [drafts, setDrafts] = useState<Record<string, Draft>>({})
  const [wrong, setWrong] = useState<string[]>([])
  const [saved, setSaved] = useState(0)
  const waiting = lines.filter((l) =>
    l.days.some((d) => d.day === day && d.halves.some((h) => h.half === half && WAITING.includes(h.cell))),
  )
  const of = (id: string): Draft => drafts[id] ?? { id: newId(), temp: null, outcome: null, symptoms: [] }
  const change = (id: string, part: Partial<Draft>) =>
    setDrafts((before) => ({ ...before, [id]: { ...of(id), ...before[id], ...part } }))
  const filled = waiting.map((l) => l.contact.contact).filter((id) => drafts[id] && (of(id).temp || of(id).outcome))
  const called = (id: string) =>
    waiting.find((l) => l.contact.contact === id)?.contact.number ?? w.t('contacts.who', { id: id.slice(-6) })
  const submit = () =>
    run(async () => {
      const checks = filled.map((contact) => {
        const d = of(contact)
        const outcome: Attempt = d.outcome ?? (d.symptoms.length ? 'seen_unwell' : 'seen_well')
        return { id: d.id, contact, day, half, outcome, temp_c: d.temp, symptoms: d.symptoms, by: 'worker' as const }
      })
      const answer = await contacts.check(checks)
      setSaved(answer.taken.length)
      const whose = (row: number | null) => called(filled[(row ?? 0) - 1] ?? '')
      setWrong(answer.wrong.map((one) => w.t('round.wrong', { who: whose(one.row), why: w.name(one) })))
      const taken = new Set(answer.taken.map((row) => filled[row - 1]))
      setDrafts((before) => Object.fromEntries(Object.entries(before).filter(([id]) => !taken.has(id))))
      if (answer.taken.length) done()
    })
  return (
    <div className="sub-form">
      <h3>{w.t('round.title', { day: w.day(day), half: w.t(`half.${half}`) })}</h3>
      <p className="muted">{w.t(waiting.length ? 'round.text' : 'round.none')}</p>
      {waiting.length > 0 && (
        <Grid
          label={w.t('round.title', { day: w.day(day), half: w.t(`half.${half}`) })}
          rows={waiting}
          keyOf={(l) => l.contact.contact}
          columns={[
            {
              key: 'who',
              title: w.t('board.contact'),
              head: true,
              cell: ({ contact: c }) => called(c.contact),
            },
            {
              key: 'temp',
              title: w.t('round.temp'),
              cell: ({ contact: c }) => (
                <InputNumber
                  aria-label={`${w.t('round.temp')} · ${called(c.contact)}`}
                  min={30}
                  max={45}
                  step={0.1}
                  value={of(c.contact).temp}
                  onChange={(temp) => change(c.contact, { temp })}
                />
              ),
            },
            {
              key: 'outcome',
              title: w.t('round.outcome'),
              cell: ({ contact: c }) => (
                <Select
                  allowClear
                  aria-label={`${w.t('round.outcome')} · ${called(c.contact)}`}
                  value={of(c.contact).outcome}
                  onChange={(outcome: Attempt | undefined) => change(c.contact, { outcome: outcome ?? null })}
                  popupMatchSelectWidth={false}
                  options={OUTCOMES.map((value) => ({ value, label: w.t(`cell.${value}`) }))}
                />
              ),
            },
            {
              key: 'symptoms',
              title: w.t('round.symptoms'),
              cell: ({ contact: c }) => (
                <Select
                  mode="multiple"
                  aria-label={`${w.t('round.symptoms')} · ${called(c.contact)}`}
                  value={of(c.contact).symptoms}
                  onChange={(symptoms: string[]) => change(c.contact, { symptoms })}
                  popupMatchSelectWidth={false}
                  options={optionsOf(terms.symptom ?? [], w)}
                />
              ),
            },
          ]}
        />
      )}
      {wrong.length > 0 && <Alert type="error" showIcon className="told" role="alert" title={wrong.join(' ')} />}
      {saved > 0 && (
        <Alert type="success" showIcon className="told" role="status" title={w.t('round.saved', { n: saved })} />
      )}
      <Told error={error} />
      <div className="actions">
        <Button type="primary" disabled={!filled.length} loading={busy} onClick={submit}>
          {w.t('round.save', { n: w.n(filled.length) })}
        </Button>
        <Button onClick={close}>{w.t('round.cancel')}</Button>
      </div>
    </div>
  )
}
