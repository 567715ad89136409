import { Button, Form, Input, Select } from 'antd'
import encodeQR from 'qr'
import { useMemo, useState } from 'react'
import { gates, type Post } from '../../api/gates'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useInspectionWords } from './InspectionWords'

interface Values {
  post?: string
  area?: string
}

/** The code that hangs at a post, or at the gates of a community: whoever inspects on site reads it there. */
export function PlaceCode({ posts }: { posts: Post[] }) {
  const w = useInspectionWords()
  const [form] = Form.useForm<Values>()
  const { busy, error, run } = useAct()
  const [made, setMade] = useState<{ code: string; where: string } | null>(null)
  const told = refusals(error)
  const submit = ({ post, area }: Values) =>
    run(async () => {
      const { code } = await gates.code(post ? { post } : { area })
      setMade({ code, where: posts.find((one) => one.id === post)?.name ?? area ?? '' })
    })
  return (
    <details className="card">
      <summary>{w.t('code.title')}</summary>
      <p className="muted">{w.t('code.text')}</p>
      <Form form={form} name="place_code" layout="vertical" requiredMark={false} onFinish={submit}>
        <div className="fields">
          <Form.Item name="post" label={w.t('ins.post')} {...told('post')}>
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              options={posts.map((one) => ({ value: one.id, label: one.name }))}
            />
          </Form.Item>
          <Form.Item
            name="area"
            label={w.t('ins.area')}
            dependencies={['post']}
            rules={[({ getFieldValue }) => ({ required: !getFieldValue('post'), message: w.t('act.required') })]}
            {...told('area')}
          >
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button htmlType="submit" loading={busy}>
            {w.t('code.go')}
          </Button>
        </div>
      </Form>
      {made && <Code {...made} />}
    </details>
  )
}

function Code({ code, where }: { code: string; where: string }) {
  const w = useInspectionWords()
  const picture = useMemo(
    () => `data:image/svg+xml,${encodeURIComponent(encodeQR(code, 'svg', { ecc: 'medium' }))}`,
    [code],
  )
  return (
    <figure className="place-code">
      <img src={picture} alt={w.t('code.alt', { code })} />
      <figcaption>
        <strong>{where}</strong>
        <span className="mono block small">{code}</span>
      </figcaption>
      <Button onClick={() => print()}>{w.t('code.print')}</Button>
    </figure>
  )
}
