import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { type Holding, people, type Terms } from '../../api/people'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { DayField, dayRule } from '../../forms/DayField'
import { Told } from '../../forms/Told'
import { civilDay } from '../../moments'
import { useSession } from '../../session'
import { useSaved } from './Card'
import { useSpoken } from './words'

interface Values {
  area: string
  data_class: string
  basis?: string
  since?: string
}

/** One more reason, or place, for which a person is held. */
export function Hold({ person, terms, again }: { person: string; terms: Terms; again: () => void }) {
  const w = useSpoken()
  const { session } = useSession()
  const saved = useSaved()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const submit = (values: Values) =>
    run(async () => {
      await people.hold(person, values)
      saved(w.t('card.saved'))
      setOpen(false)
      again()
    })
  if (!open)
    return (
      <div className="actions">
        <Button onClick={() => setOpen(true)}>{w.t('card.hold')}</Button>
      </div>
    )
  return (
    <Form
      name="hold"
      layout="vertical"
      onFinish={submit}
      requiredMark={false}
      className="sub-form"
      initialValues={{ area: session?.area }}
    >
      <h3>{w.t('card.hold.title')}</h3>
      <div className="fields">
        <HeldFields terms={terms} />
      </div>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('card.hold.go')}
        </Button>
        <Button onClick={() => setOpen(false)}>{w.t('glass.cancel')}</Button>
      </div>
    </Form>
  )
}

interface HeldProps {
  terms: Terms
  faults?: (field: string) => object
  /** For a file: they stand in for what a row leaves out, so that none is needed. */
  file?: boolean
}

/** Where, as what, on which basis, since when. */
export function HeldFields({ terms, faults, file }: HeldProps) {
  const w = useSpoken()
  const { session } = useSession()
  const told = faults ?? (() => ({}))
  return (
    <>
      <Form.Item name="area" label={w.t('enter.area')} className="wide" {...told('area')}>
        <AreaField top={session?.area ?? ''} label={w.t('enter.area')} />
      </Form.Item>
      <Form.Item
        name="data_class"
        label={w.t('enter.class')}
        rules={file ? [] : [{ required: true, message: w.t('enter.needed') }]}
        {...told('data_class')}
      >
        <Select
          allowClear={file}
          popupMatchSelectWidth={false}
          options={terms.classes.map((c) => ({ value: c.id, label: w.name(c) }))}
        />
      </Form.Item>
      <Form.Item name="basis" label={w.t('enter.basis')} {...told('basis')}>
        <Select
          allowClear
          placeholder={w.t('enter.basis.usual')}
          options={terms.bases.map((b) => ({ value: b.id, label: w.name(b) }))}
        />
      </Form.Item>
      {!file && (
        <Form.Item name="since" label={w.t('enter.since')} rules={[dayRule(w.t('enter.date.bad'))]} {...told('since')}>
          <DayField placeholder={civilDay(Date.now())} />
        </Form.Item>
      )}
    </>
  )
}

export function EndHolding({ person, holding, again }: { person: string; holding: Holding; again: () => void }) {
  const w = useSpoken()
  const saved = useSaved()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const submit = ({ ends }: { ends: string }) =>
    run(async () => {
      await people.end(person, holding.id, ends)
      saved(w.t('card.saved'))
      again()
    })
  if (!open)
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        {w.t('card.end')}
      </Button>
    )
  return (
    <Form
      name={`end_${holding.id}`}
      layout="vertical"
      onFinish={submit}
      requiredMark={false}
      className="sub-form"
      initialValues={{ ends: civilDay(Date.now()) }}
    >
      <h3>{w.t('card.end.title')}</h3>
      <Form.Item
        name="ends"
        label={w.t('card.end.date')}
        rules={[{ required: true, message: w.t('enter.needed') }, dayRule(w.t('enter.date.bad'))]}
      >
        <DayField />
      </Form.Item>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('card.end.go')}
        </Button>
        <Button onClick={() => setOpen(false)}>{w.t('glass.cancel')}</Button>
      </div>
    </Form>
  )
}
