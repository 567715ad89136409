import { Button, Checkbox, Form, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { type Protection, protection } from '../../api/triage'
import { useAct } from '../../forms/act'
import { LongGrid } from '../../forms/LongGrid'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import type { Last } from './Undo'
import { useWays } from './ways'

const HOW = ['splash', 'needle', 'breach', 'unprotected'] as const
const OUTCOMES = ['well', 'infected'] as const

interface Props {
  of: Protection
  done: (acted: Last) => void
}

/** Exposures of staff and what came of them. */
export function Exposures({ of, done }: Props) {
  const w = useWays()
  const { may } = useSession()
  return (
    <section className="card" aria-label={w.t('exp.title')}>
      <h2>{w.t('exp.title')}</h2>
      {may('protection.report') && <Report of={of} done={done} />}
      {!of.exposures.length && <p className="muted">{w.t('exp.none')}</p>}
      {of.exposures.length > 0 && (
        <LongGrid
          label={w.t('exp.title')}
          rows={of.exposures}
          keyOf={(one) => one.id}
          total={of.exposures.length}
          more={null}
          onward={false}
          busy={false}
          columns={[
            {
              key: 'at',
              title: w.t('exp.at'),
              head: true,
              cell: (one) => (
                <>
                  {w.stamp(one.at)}
                  <span className="muted block small">
                    {of.facilities.filter((its) => its.id === one.facility).map((its) => w.name(its))}
                  </span>
                </>
              ),
            },
            {
              key: 'how',
              title: w.t('exp.how'),
              cell: (one) => (
                <>
                  {w.t(`exp.how.${one.how}`)} {one.high_risk && <span className="tag fails">{w.t('exp.high')}</span>}
                </>
              ),
            },
            {
              key: 'outcome',
              title: w.t('exp.outcome'),
              cell: (one) =>
                one.outcome ? (
                  <span className={one.outcome === 'infected' ? 'tag fails' : 'tag active'}>
                    {w.t(`exp.outcome.${one.outcome}`)}
                  </span>
                ) : (
                  <Close id={one.id} done={done} />
                ),
            },
          ]}
        />
      )}
    </section>
  )
}

function Close({ id, done }: { id: string; done: (acted: Last) => void }) {
  const w = useWays()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  if (!may('protection.report')) return <span className="tag warns">{w.t('exp.watched')}</span>
  const close = (outcome: (typeof OUTCOMES)[number]) =>
    run(async () => {
      const made = await protection.close(id, { outcome, fact })
      done({ what: w.t(`exp.outcome.${outcome}`), take: () => protection.takeBack(id, made.fact) })
    })
  return (
    <>
      <Select
        size="small"
        loading={busy}
        placeholder={w.t('exp.watched')}
        aria-label={w.t('exp.outcome')}
        popupMatchSelectWidth={false}
        onChange={close}
        options={OUTCOMES.map((value) => ({ value, label: w.t(`exp.outcome.${value}`) }))}
      />
      <Told error={error} />
    </>
  )
}

interface Values {
  facility: string
  how: (typeof HOW)[number]
  high_risk?: boolean
}

function Report({ of, done }: Props) {
  const w = useWays()
  const { busy, error, run } = useAct()
  const [ids, setIds] = useState(() => ({ id: newId(), fact: newId() }))
  const [form] = Form.useForm<Values>()
  const needed = [{ required: true, message: w.t('ways.required') }]
  const submit = (values: Values) =>
    run(async () => {
      const made = await protection.expose({ ...values, high_risk: Boolean(values.high_risk), ...ids })
      setIds({ id: newId(), fact: newId() })
      form.resetFields(['how', 'high_risk'])
      done({ what: w.t('exp.report'), take: () => protection.takeBack(made.id, made.fact) })
    })
  const only = of.facilities.length === 1 ? of.facilities[0]?.id : undefined
  return (
    <Form
      form={form}
      name="exposure"
      layout="vertical"
      requiredMark={false}
      onFinish={submit}
      initialValues={{ facility: only }}
    >
      <div className="fields">
        <Form.Item name="facility" label={w.t('svc.facility')} rules={needed}>
          <Select options={of.facilities.map((one) => ({ value: one.id, label: w.name(one) }))} />
        </Form.Item>
        <Form.Item name="how" label={w.t('exp.how')} rules={needed}>
          <Select options={HOW.map((value) => ({ value, label: w.t(`exp.how.${value}`) }))} />
        </Form.Item>
        <Form.Item name="high_risk" valuePropName="checked" label=" " colon={false}>
          <Checkbox>{w.t('exp.high')}</Checkbox>
        </Form.Item>
      </div>
      <Told error={error} />
      <div className="actions">
        <Button htmlType="submit" loading={busy}>
          {w.t('exp.report')}
        </Button>
      </div>
    </Form>
  )
}
