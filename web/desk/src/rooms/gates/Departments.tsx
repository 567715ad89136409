import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { gates } from '../../api/gates'
import { useResource } from '../../api/resource'
import { AreaField } from '../../forms/AreaField'
import { AreaName } from '../../forms/AreaName'
import { useAct } from '../../forms/act'
import { AssigneeField, useAssignees } from '../../forms/AssigneeField'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { useTerms } from './terms'
import { useSpoken } from './words'

/** What those do who work at the posts of departments. */
const BELONGS = 'post.treat'

/** Which department accounts belong to: whoever belongs to one sees its posts alone. */
export function Departments() {
  const { session } = useSession()
  const area = session?.area ?? ''
  const found = useResource(`seats|${area}`, (signal) => gates.seats(area, signal), 'keep')
  return (
    <>
      <Seat area={area} done={found.retry} />
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && !found.error && <Seats area={area} rows={found.data.seats} />}
    </>
  )
}

type SeatRow = Awaited<ReturnType<typeof gates.seats>>['seats'][number]

function Seats({ area, rows }: { area: string; rows: SeatRow[] }) {
  const w = useSpoken()
  const terms = useTerms()
  const { people } = useAssignees(BELONGS, area)
  return (
    <section className="card" aria-labelledby="seats-title">
      <h2 id="seats-title">{w.t('seat.title')}</h2>
      {rows.length === 0 && <p className="muted">{w.t('seat.none')}</p>}
      {rows.length > 0 && (
        <Grid
          label={w.t('seat.title')}
          rows={rows}
          keyOf={(one) => `${one.account}${one.area}`}
          columns={[
            {
              key: 'account',
              title: w.t('seat.account'),
              head: true,
              cell: (one) => people.find((known) => known.value === one.account)?.label ?? one.account,
            },
            {
              key: 'department',
              title: w.t('gt.department'),
              cell: (one) => terms.name('departments', one.department),
            },
            { key: 'area', title: w.t('seat.area'), cell: (one) => <AreaName code={one.area} /> },
          ]}
        />
      )}
    </section>
  )
}

function Seat({ area, done }: { area: string; done: () => void }) {
  const w = useSpoken()
  const terms = useTerms()
  const [form] = Form.useForm()
  const { busy, error, run } = useAct()
  const [said, setSaid] = useState('')
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('act.required') }]
  const submit = (values: { account: string; department: string; area: string }) =>
    run(async () => {
      setSaid('')
      await gates.seat(values)
      setSaid(w.t('seat.said', { account: values.account, department: terms.name('departments', values.department) }))
      form.resetFields(['account'])
      done()
    })
  return (
    <section className="card" aria-labelledby="seat-title">
      <h2 id="seat-title">{w.t('seat.new')}</h2>
      <p className="muted">{w.t('seat.text')}</p>
      <Form form={form} name="seat" layout="vertical" requiredMark={false} onFinish={submit} initialValues={{ area }}>
        <div className="fields">
          <Form.Item
            name="account"
            label={w.t('seat.account')}
            extra={w.t('seat.account.help')}
            rules={needed}
            {...told('account')}
          >
            <AssigneeField rule={BELONGS} area={area} />
          </Form.Item>
          <Form.Item name="department" label={w.t('gt.department')} rules={needed} {...told('department')}>
            <Select options={terms.options('departments')} />
          </Form.Item>
          <Form.Item name="area" label={w.t('seat.area')} rules={needed} className="wide" {...told('area')}>
            <AreaField top={area} label={w.t('seat.area')} />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('act.go')}
          </Button>
        </div>
      </Form>
      <p role="status" className="said">
        {said}
      </p>
    </section>
  )
}
