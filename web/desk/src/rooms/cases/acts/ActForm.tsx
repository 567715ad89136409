import { Button, Form } from 'antd'
import { type CaseCard, cases } from '../../../api/cases'
import { newId } from '../../../api/people'
import { useState } from 'react'
import { useAct } from '../../../forms/act'
import { refusals } from '../../../forms/refusals'
import { TimeField } from '../../../forms/TimeField'
import { Told } from '../../../forms/Told'
import { useTerms } from '../terms'
import { useSpoken } from '../words'
import { bodyOf } from './body'
import type { Act } from './fields'
import { ActField } from './inputs'

type Values = Record<string, unknown> & { observed_at?: string | null }

/** As much of a case as a form needs: a laboratory sees no more of it. */
export type Subject = Pick<CaseCard, 'case' | 'disease' | 'samples'> & Partial<Pick<CaseCard, 'edition' | 'latest'>>

interface Props {
  act: Act
  card: Subject
  title?: string
  /** The values to begin with. */
  values?: Values
  /** What is recorded as well and is no question of the form. */
  fixed?: Record<string, unknown>
  /** The fact that is corrected: then all is sent, else only what is new. */
  corrects?: string
  done: (said: string) => void
  close: () => void
}

/** An act on a case. Its fact's id is made here, so that sending twice records once. */
export function ActForm({ act, card, title, values = {}, fixed, corrects, done, close }: Props) {
  const w = useSpoken()
  const { disease } = useTerms()
  const { busy, error, run } = useAct()
  const [id] = useState(newId)
  const its = disease(card.disease)
  const ground = {
    disease: its,
    edition: its?.editions.find((e) => e.code === card.edition),
    samples: card.samples,
  }
  const told = refusals(error)
  const partly = !corrects && act.fields.some((field) => field.about)
  const submit = ({ observed_at, ...filled }: Values) =>
    run(async () => {
      const body = bodyOf(act.fields, filled, partly ? values : {})
      // A correction replaces all that the fact said: the stays, which no form asks for, go with it.
      if (corrects && values.stays) Object.assign(body.about ?? {}, { stays: values.stays })
      const when = observed_at ? { observed_at } : {}
      await cases.record(card.case, act.name, { ...body, ...fixed, ...when, id, corrects, seen: card.latest })
      done(w.t('act.done', { act: w.t(`act.${act.name}` as 'act.classify') }))
    })
  return (
    <Form
      name={`act_${act.name}`}
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      initialValues={values}
      scrollToFirstError={{ focus: true }}
    >
      <h3>{title ?? w.t(`act.${act.name}` as 'act.classify')}</h3>
      {corrects && <p className="muted">{w.t('act.corrects')}</p>}
      <div className="fields">
        {act.fields.map((field) => (
          <ActField key={field.name} field={field} ground={ground} told={told(field.name)} />
        ))}
        <Form.Item
          name="observed_at"
          label={w.t('act.when')}
          extra={w.t(act.name === 'correct' ? 'act.when.same' : 'act.when.now')}
          {...told('observed_at')}
        >
          <TimeField />
        </Form.Item>
      </div>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('act.go')}
        </Button>
        <Button onClick={close}>{w.t('cancel')}</Button>
      </div>
    </Form>
  )
}
