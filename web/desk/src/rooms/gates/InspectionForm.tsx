import { Button, Checkbox, Form, Input, Radio, Select } from 'antd'
import { useRef, useState } from 'react'
import { attachments } from '../../api/attachments'
import { gates, type Post } from '../../api/gates'
import { newId } from '../../api/people'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { PhotoField } from './InspectionPhoto'
import { useInspectionWords } from './InspectionWords'
import { useTerms } from './terms'

interface Values {
  of: 'post' | 'area'
  post?: string
  area?: string
  mode: 'on_site' | 'phone'
  code?: string
  items?: string[]
  said?: Record<string, string | undefined>
  photo?: Record<string, Blob | null | undefined>
}

interface Props {
  posts: Post[]
  done: (findings: number) => void
  close: () => void
}

/** An inspection with what it found. The photographs go first: cut short, it is sent again under the same ids. */
export function InspectionForm({ posts, done, close }: Props) {
  const w = useInspectionWords()
  const { session, may } = useSession()
  const [form] = Form.useForm<Values>()
  const { busy, error, run } = useAct()
  const [inspection] = useState(newId)
  const [fact] = useState(newId)
  const { sent, send } = useSending()
  const told = refusals(error)
  // A county's at most: no gate is a province's or a prefecture's.
  const own = session?.area && !session.area.endsWith('00') ? session.area : undefined
  const of = Form.useWatch('of', form) ?? 'post'
  const mode = Form.useWatch('mode', form)
  const items = Form.useWatch('items', form) ?? []
  const needed = [{ required: true, message: w.t('act.required') }]
  const submit = (values: Values) =>
    run(async () => {
      const area = of === 'post' ? (posts.find((one) => one.id === values.post)?.area ?? '') : (values.area ?? '')
      const photos = await send(
        items.map((item) => values.photo?.[item] ?? null),
        inspection,
        area,
      )
      const findings = items.map((item, at) => ({
        item,
        said: values.said?.[item]?.trim() || null,
        photo: photos[at],
      }))
      const code = mode === 'on_site' ? (values.code ?? '').trim() : ''
      const where = of === 'post' ? { post: values.post } : { area }
      await gates.inspect({ ...where, mode, code, findings, inspection, fact })
      done(findings.length)
    })
  return (
    <Form
      form={form}
      name="inspection"
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      scrollToFirstError={{ focus: true }}
      initialValues={{ of: posts.length ? 'post' : 'area', area: own, items: [] }}
    >
      <div className="fields">
        <Form.Item name="of" label={w.t('ins.of')}>
          <Radio.Group
            options={(['post', 'area'] as const).map((value) => ({ value, label: w.t(`ins.of.${value}`) }))}
          />
        </Form.Item>
        {of === 'post' ? (
          <Form.Item name="post" label={w.t('ins.post')} rules={needed} {...told('post')}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={posts.map((one) => ({ value: one.id, label: one.name }))}
            />
          </Form.Item>
        ) : (
          <Form.Item name="area" label={w.t('ins.area')} extra={w.t('ins.area.help')} rules={needed} {...told('area')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
        )}
        <Form.Item name="mode" label={w.t('ins.mode')} rules={needed} {...told('mode')}>
          <Radio.Group
            options={(['on_site', 'phone'] as const).map((value) => ({ value, label: w.t(`ins.mode.${value}`) }))}
          />
        </Form.Item>
        {mode === 'on_site' && (
          <Form.Item name="code" label={w.t('ins.code')} extra={w.t('ins.code.help')} rules={needed} {...told('code')}>
            <Input className="mono" maxLength={200} autoComplete="off" />
          </Form.Item>
        )}
      </div>
      <Items told={told} />
      {items.map((item) => (
        <Particulars key={item} item={item} photos={may('attachments.add')} />
      ))}
      <p role="status" className="said">
        {sent && w.t('ins.sending', { n: w.n(sent.n), of: w.n(sent.of) })}
      </p>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('ins.go')}
        </Button>
        <Button onClick={close}>{w.t('act.cancel')}</Button>
      </div>
    </Form>
  )
}

/**
 * Sends photographs, and tells which is on its way. Each keeps its id as long as it is for the same division: one that
 * was sent is not sent twice.
 */
export function useSending(data_class: 'checkpoint' | 'screening' = 'checkpoint') {
  const [sent, setSent] = useState<{ n: number; of: number } | null>(null)
  const known = useRef(new WeakMap<Blob, { id: string; area: string; arrived: boolean }>())
  const idOf = (photo: Blob, area: string) => {
    const held = known.current.get(photo)
    const its = held?.area === area ? held : { id: newId(), area, arrived: false }
    known.current.set(photo, its)
    return its
  }
  const send = async (photos: (Blob | null)[], about: string, area: string): Promise<(string | null)[]> => {
    const all = photos.filter((one) => one !== null)
    try {
      for (const [at, photo] of all.entries()) {
        const its = idOf(photo, area)
        if (its.arrived) continue
        setSent({ n: at + 1, of: all.length })
        await attachments.add(its.id, photo, { about, area, data_class })
        its.arrived = true
      }
    } finally {
      setSent(null)
    }
    return photos.map((photo) => photo && idOf(photo, area).id)
  }
  return { sent, send }
}

function Items({ told }: { told: (field: string) => object }) {
  const w = useInspectionWords()
  const terms = useTerms()
  return (
    <Form.Item name="items" label={w.t('ins.items')} {...told('findings')}>
      <Checkbox.Group className="ticks" options={terms.options('findings')} />
    </Form.Item>
  )
}

/** What is told and shown of one finding. */
function Particulars({ item, photos }: { item: string; photos: boolean }) {
  const w = useInspectionWords()
  const terms = useTerms()
  const name = terms.name('findings', item)
  return (
    <fieldset className="finding">
      <legend>{name}</legend>
      <Form.Item name={['said', item]} label={w.t('ins.said')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      {photos && (
        <Form.Item name={['photo', item]} noStyle>
          <PhotoField label={w.t('photo.found', { item: name })} />
        </Form.Item>
      )}
    </fieldset>
  )
}
