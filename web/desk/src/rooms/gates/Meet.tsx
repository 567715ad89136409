import { Alert, Button, Checkbox, Form, Input, type InputRef, Radio, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { gates, type Met, type PostCard, type Vehicle } from '../../api/gates'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Undo, WHYS } from '../../parts/Undo'
import { Cars } from './Cars'
import { useTerms } from './terms'
import { useSpoken } from './words'

const COUNTRY = '100000'

interface Props {
  post: PostCard
  done: () => void
}

/** Who passes: three questions and a temperature, by keyboard alone. From where and to where stay for the next one. */
export function Meet({ post, done }: Props) {
  const cars = useResource(`vehicles|${post.id}`, (signal) => gates.vehicles(post.id, signal), 'keep')
  const again = () => {
    cars.retry()
    done()
  }
  return (
    <div className="meet">
      <Questions post={post} cars={cars.data ?? []} done={again} />
      <Cars post={post} cars={cars.data ?? []} done={again} />
    </div>
  )
}

interface Answers {
  temp?: string
  came_from?: string
  going_to?: string
  fever?: boolean
  refused?: boolean
  judged_ill?: boolean
  told?: boolean
  language?: string
  phone?: string
  name?: string
  vehicle?: string
}

function Questions({ post, cars, done }: Props & { cars: Vehicle[] }) {
  const w = useSpoken()
  const terms = useTerms()
  const [form] = Form.useForm<Answers>()
  const { busy, error, run } = useAct()
  const [ids, setIds] = useState(fresh)
  const [met, setMet] = useState<{ of: Met; seconds: number } | null>(null)
  const first = useRef<InputRef>(null)
  const began = useRef<number | null>(null)
  useEffect(() => first.current?.focus(), [])
  const told = refusals(error)
  const refused = Form.useWatch('refused', form)
  const submit = (answers: Answers) =>
    run(async () => {
      const seconds = Math.round((performance.now() - (began.current ?? performance.now())) / 1000)
      const of = await gates.meet(post.id, { ...sent(answers, terms.data?.notices[0]?.code), took_s: seconds, ...ids })
      setMet({ of, seconds })
      setIds(fresh())
      began.current = null
      form.setFieldsValue({ temp: '', fever: undefined, refused: false, judged_ill: false, phone: '', name: '' })
      first.current?.focus()
      done()
    })
  return (
    <section className="card">
      <h2>{w.t('meet.title')}</h2>
      <p className="muted">{w.t('meet.text')}</p>
      <Form
        form={form}
        name="encounter"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        onValuesChange={() => {
          began.current ??= performance.now()
        }}
        initialValues={{ going_to: post.area, came_from: COUNTRY, told: true, language: 'zh', vehicle: '' }}
      >
        <div className="fields">
          <Form.Item
            name="temp"
            label={w.t('meet.temp')}
            rules={[{ required: !refused, pattern: /^(3[0-9]|4[0-5])(\.\d)?$/, message: '36.5' }]}
            {...told('temp_c')}
          >
            <Input ref={first} inputMode="decimal" maxLength={4} autoComplete="off" disabled={refused} />
          </Form.Item>
          <Form.Item
            name="fever"
            label={w.t('meet.fever')}
            rules={[{ required: true, message: w.t('meet.question') }]}
            {...told('fever')}
          >
            <Radio.Group
              options={[
                { value: false, label: w.t('meet.no') },
                { value: true, label: w.t('meet.yes') },
              ]}
            />
          </Form.Item>
          <Form.Item
            name="came_from"
            label={w.t('meet.from')}
            rules={[
              {
                validator: (_, code) => (code === COUNTRY ? Promise.reject() : Promise.resolve()),
                message: w.t('meet.question'),
              },
            ]}
            {...told('came_from')}
          >
            <AreaField top={COUNTRY} label={w.t('meet.from')} />
          </Form.Item>
          <Form.Item name="going_to" label={w.t('meet.to')} {...told('going_to')}>
            <AreaField top={COUNTRY} label={w.t('meet.to')} />
          </Form.Item>
          <Form.Item name="vehicle" label={w.t('meet.vehicle')} {...told('vehicle')}>
            <Select
              options={[
                { value: '', label: w.t('meet.vehicle.none') },
                ...cars.map((one) => ({ value: one.id, label: labelOf(one, terms.name, w.stamp) })),
              ]}
            />
          </Form.Item>
          <Form.Item name="phone" label={w.t('meet.phone')} {...told('contact.phone')}>
            <Input inputMode="tel" maxLength={40} autoComplete="off" />
          </Form.Item>
          <Form.Item name="name" label={w.t('meet.name')} {...told('name')}>
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <Form.Item name="language" label={w.t('meet.language')} {...told('notice.language')}>
            <Select options={terms.options('languages')} />
          </Form.Item>
          <div className="ticks">
            <Form.Item name="told" valuePropName="checked" noStyle>
              <Checkbox>{w.t('meet.told')}</Checkbox>
            </Form.Item>
            <Form.Item name="refused" valuePropName="checked" noStyle>
              <Checkbox>{w.t('meet.refused')}</Checkbox>
            </Form.Item>
            <Form.Item name="judged_ill" valuePropName="checked" noStyle>
              <Checkbox>{w.t('meet.judged')}</Checkbox>
            </Form.Item>
          </div>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('meet.go')}
          </Button>
        </div>
      </Form>
      <div role="status">{met && <Outcome met={met.of} seconds={met.seconds} />}</div>
      {met && !met.of.held && (
        <Undo
          key={met.of.id}
          what={w.t('meet.last')}
          whys={WHYS}
          take={(why) => gates.forget(met.of, why)}
          done={() => {
            setMet(null)
            done()
          }}
        />
      )}
    </section>
  )
}

function Outcome({ met, seconds }: { met: Met; seconds: number }) {
  const w = useSpoken()
  const erased = met.erase_on ? w.t('meet.erase', { day: met.erase_on }) : ''
  if (met.held) return <Alert type="error" showIcon role="alert" title={w.t('meet.held')} description={erased} />
  return <Alert type="success" showIcon title={w.t('meet.done', { s: w.n(seconds) })} description={erased} />
}

/** Ids of our own, so that what is sent twice is recorded once. */
function fresh() {
  return { encounter: newId(), fact: newId() }
}

function sent(answers: Answers, version?: string) {
  return {
    came_from: answers.came_from === COUNTRY ? null : (answers.came_from ?? null),
    going_to: answers.going_to === COUNTRY ? null : (answers.going_to ?? null),
    fever: answers.fever,
    refused: Boolean(answers.refused),
    judged_ill: Boolean(answers.judged_ill),
    temp_c: answers.temp && !answers.refused ? Number(answers.temp) : null,
    vehicle: answers.vehicle || null,
    notice: answers.told && version ? { version, language: answers.language ?? 'zh' } : null,
    contact: { phone: answers.phone ?? '', name: answers.name ?? '' },
  }
}

export function labelOf(
  one: Vehicle,
  name: (vocabulary: string, code: string | null) => string,
  stamp: (iso: string) => string,
): string {
  return `${name('vehicle_types', one.vehicle_type)} · ${stamp(one.at)}`
}
