import { Button, Form } from 'antd'
import type { ReactNode } from 'react'
import { Told } from '../../forms/Told'
import { useBeds } from './beds'

interface Props<Values> {
  name: string
  initial?: Partial<Values>
  busy: boolean
  error: unknown
  submit: (values: Values) => void
  close: () => void
  /** What stands above the fields. */
  head?: ReactNode
  children: ReactNode
}

/** A form about a hospital: its fields, what was refused, and the two ways out of it. */
export function Sheet<Values extends object>({
  name,
  initial,
  busy,
  error,
  submit,
  close,
  head,
  children,
}: Props<Values>) {
  const w = useBeds()
  return (
    <Form<Values>
      name={name}
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      scrollToFirstError={{ focus: true }}
      initialValues={initial}
    >
      {head}
      <div className="fields">{children}</div>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('bd.go')}
        </Button>
        <Button onClick={close}>{w.t('bd.cancel')}</Button>
      </div>
    </Form>
  )
}
