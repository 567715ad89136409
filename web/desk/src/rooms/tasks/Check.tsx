import { Button, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { contacts } from '../../api/contacts'
import { newId } from '../../api/people'
import type { Attempt, Task } from '../../api/tasks'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { optionsOf, useTerms, WithTerms } from '../cases/terms'
import { useSpoken } from './words'

const OUTCOMES: Attempt[] = ['seen_well', 'seen_unwell', 'not_found', 'refused', 'not_attempted']

interface Props {
  task: Task
  done: () => void
  close: () => void
}

/** One check of somebody under observation, recorded at the door: it closes its task. */
export function Check(props: Props) {
  return (
    <WithTerms>
      <CheckForm {...props} />
    </WithTerms>
  )
}

function CheckForm({ task, done, close }: Props) {
  const w = useSpoken()
  const { session } = useSession()
  const { terms } = useTerms()
  const { busy, error, run } = useAct()
  const [id] = useState(newId)
  const [temp, setTemp] = useState<number | null>(null)
  const [outcome, setOutcome] = useState<Attempt | null>(null)
  const [symptoms, setSymptoms] = useState<string[]>([])
  const [wrong, setWrong] = useState('')
  const [day = '', half = ''] = task.slot.split('.')
  const submit = () =>
    run(async () => {
      const by = session?.role === 'station_staff' ? ('station' as const) : ('worker' as const)
      const found = outcome ?? (symptoms.length ? 'seen_unwell' : 'seen_well')
      const check = { id, contact: task.of, day, half: half as 'am', outcome: found, temp_c: temp, symptoms, by }
      const answer = await contacts.check([check])
      setWrong(answer.wrong.map((one) => w.name(one)).join(' '))
      if (answer.taken.length) done()
    })
  return (
    <div className="check-form">
      <InputNumber
        size="small"
        aria-label={w.t('check.temp')}
        placeholder={w.t('check.temp')}
        min={30}
        max={45}
        step={0.1}
        value={temp}
        onChange={setTemp}
      />
      <Select
        size="small"
        allowClear
        aria-label={w.t('check.outcome')}
        placeholder={w.t('check.outcome')}
        value={outcome}
        onChange={(to: Attempt | undefined) => setOutcome(to ?? null)}
        popupMatchSelectWidth={false}
        options={OUTCOMES.map((value) => ({ value, label: w.t(`outcome.${value}`) }))}
      />
      <Select
        size="small"
        mode="multiple"
        aria-label={w.t('check.symptoms')}
        placeholder={w.t('check.symptoms')}
        value={symptoms}
        onChange={setSymptoms}
        popupMatchSelectWidth={false}
        options={optionsOf(terms.symptom ?? [], w)}
      />
      {wrong && <p role="alert">{wrong}</p>}
      <Told error={error} />
      <Button size="small" type="primary" loading={busy} disabled={temp === null && !outcome} onClick={submit}>
        {w.t('check.save')}
      </Button>
      <Button size="small" type="text" onClick={close}>
        {w.t('tasks.cancel')}
      </Button>
    </div>
  )
}
