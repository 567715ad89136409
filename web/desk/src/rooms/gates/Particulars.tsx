import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { gates, type PostCard } from '../../api/gates'
import { newId } from '../../api/people'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { minutesOf, timeOf, useTerms } from './terms'
import { useSpoken } from './words'

interface Props {
  /** The post whose particulars are replaced; none: one is set up. */
  post?: PostCard
  done: (id: string) => void
  close?: () => void
}

/** What is told of a post when it is set up, or told otherwise later on. */
export function Particulars({ post, done, close }: Props) {
  const w = useSpoken()
  const terms = useTerms()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('act.required') }]
  const hour = [{ pattern: /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, message: w.t('gt.hour.wrong') }]
  const submit = ({ opens, closes, ...values }: Record<string, string>) =>
    run(async () => {
      const { id } = await gates.open({
        ...values,
        opens_min: minutesOf(opens || '00:00'),
        closes_min: minutesOf(closes || '24:00'),
        number: values.number || null,
        department: values.department ?? '',
        telephone: values.telephone ?? '',
        post: post?.id ?? null,
        fact,
      })
      done(id)
    })
  return (
    <section className={post ? 'sub-form' : 'card'}>
      <p className="muted">{w.t(post ? 'new.change' : 'new.text')}</p>
      <Form
        name="post"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        scrollToFirstError={{ focus: true }}
        initialValues={post ? toldOf(post) : { kind_of: 'point', town: session?.area, opens: '00:00', closes: '24:00' }}
      >
        <div className="fields">
          <Form.Item name="name" label={w.t('gt.name')} rules={needed} {...told('name')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="number" label={w.t('gt.number')} {...told('number')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="kind_of" label={w.t('gt.kind')} rules={needed} {...told('kind_of')}>
            <Select
              options={(['point', 'station', 'clinic'] as const).map((value) => ({
                value,
                label: w.t(`gt.kind.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="place_type" label={w.t('gt.place_type')} rules={needed} {...told('place_type')}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={terms.options('place_types')} />
          </Form.Item>
          <Form.Item name="department" label={w.t('gt.department')} {...told('department')}>
            <Select allowClear options={terms.options('departments')} placeholder={w.t('gt.department.none')} />
          </Form.Item>
          <Form.Item name="lead" label={w.t('gt.lead')} rules={needed} {...told('lead')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="telephone" label={w.t('gt.telephone')} {...told('telephone')}>
            <Input maxLength={20} inputMode="tel" autoComplete="off" />
          </Form.Item>
          {(['opens', 'closes'] as const).map((name) => (
            <Form.Item key={name} name={name} label={w.t(`gt.${name}`)} rules={hour} {...told(`${name}_min`)}>
              <Input inputMode="numeric" maxLength={5} placeholder="08:00" autoComplete="off" />
            </Form.Item>
          ))}
          <Form.Item name="east_deg" label={w.t('gt.lon')} {...told('east_deg')}>
            <InputNumber min={-180} max={180} step={0.0001} />
          </Form.Item>
          <Form.Item name="north_deg" label={w.t('gt.lat')} {...told('north_deg')}>
            <InputNumber min={-90} max={90} step={0.0001} />
          </Form.Item>
          <Form.Item name="town" label={w.t('gt.town')} rules={needed} className="wide" {...told('town')}>
            <AreaField top={session?.area ?? ''} label={w.t('gt.town')} />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t(post ? (post.closed ? 'act.reopen' : 'new.change.go') : 'new.go')}
          </Button>
          {close && <Button onClick={close}>{w.t('act.cancel')}</Button>}
        </div>
      </Form>
    </section>
  )
}

/** The particulars of a post as they stand, for the form. */
function toldOf(post: PostCard): Record<string, unknown> {
  const { name, kind_of, place_type, lead, east_deg, north_deg, area, opens_min, closes_min } = post
  return {
    name,
    kind_of,
    place_type,
    lead,
    east_deg,
    north_deg,
    town: area,
    number: post.number ?? '',
    department: post.department ?? undefined,
    telephone: post.telephone ?? '',
    opens: timeOf(opens_min),
    closes: timeOf(closes_min),
  }
}
