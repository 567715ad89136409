import { Button, Checkbox, Form, Input, Select } from 'antd'
import { type Duty, DUTIES, screening, type ScreeningGrid } from '../../api/screening'
import { tasks } from '../../api/tasks'
import { useAct } from '../../forms/act'
import { AssigneeField } from '../../forms/AssigneeField'
import { AreaName } from '../../forms/AreaName'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** What whoever has a grid is asked to do. */
const VISITS = 'screening.round'

interface ActProps {
  grid: ScreeningGrid
  done: () => void
  close: () => void
}

interface Given {
  to: string
  duty: Duty
  building?: string
  unit?: string
}

/** Gives a grid, or a building or a unit of it, to somebody. */
export function Assign({ grid, done, close }: ActProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [form] = Form.useForm<Given>()
  const duty = Form.useWatch('duty', form) ?? 'grid_worker'
  const told = refusals(error)
  const needed = [{ required: true, whitespace: true, message: w.t('round.required') }]
  const submit = ({ to, duty, building, unit }: Given) =>
    run(async () => {
      await screening.assign({ grids: [grid.id], to, duty, building: building || null, unit: unit || null })
      done()
    })
  return (
    <Form
      form={form}
      name="assign"
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      initialValues={{ duty: 'grid_worker' }}
    >
      <div className="fields">
        <Form.Item name="to" label={w.t('grids.to')} extra={w.t('grids.to.help')} rules={needed} {...told('to')}>
          <AssigneeField rule={VISITS} area={grid.area} />
        </Form.Item>
        <Form.Item name="duty" label={w.t('duty')} {...told('duty')}>
          <Select options={DUTIES.map((value) => ({ value, label: w.t(`duty.${value}`) }))} />
        </Form.Item>
        {duty.endsWith('_lead') && (
          <Form.Item name="building" label={w.t('home.building')} rules={needed} {...told('building')}>
            <Input maxLength={32} autoComplete="off" />
          </Form.Item>
        )}
        {duty === 'unit_lead' && (
          <Form.Item name="unit" label={w.t('home.unit')} rules={needed} {...told('unit')}>
            <Input maxLength={32} autoComplete="off" />
          </Form.Item>
        )}
      </div>
      <Told error={error} />
      <Buttons go={w.t('grids.assign')} busy={busy} close={close} />
    </Form>
  )
}

interface HandOverProps {
  /** The division whose grids and tasks are given on. */
  area: string
  /** Who gives; chosen where it is not known. */
  giver?: string
  /** The grid that is given on; all that the giver has, where there is none. */
  grid?: string
  done: (said: string) => void
  close: () => void
}

interface HandedOver {
  giver: string
  to: string
  tasks?: boolean
}

/** Gives on what somebody has, with everything that is open in it: whoever has the grid is whom its tasks are for. */
export function HandOver({ area, giver, grid, done, close }: HandOverProps) {
  const w = useSpoken()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('round.required') }]
  const submit = (values: HandedOver) =>
    run(async () => {
      const given = { giver: giver ?? values.giver, to: values.to }
      if (values.tasks) await tasks.handOver({ ...given, area }) // sent again it changes nothing; the grids' would be refused
      const { changed } = await screening.handOver({ ...given, ...(grid ? { grids: [grid] } : {}) })
      done(w.t('over.said', { n: w.n(changed.length) }))
    })
  return (
    <Form
      name="hand_over"
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      initialValues={{ tasks: !grid }}
    >
      <p className="muted">{w.t(grid ? 'over.text' : 'over.all.text')}</p>
      <div className="fields">
        {!giver && (
          <Form.Item name="giver" label={w.t('over.giver')} rules={needed} {...told('giver')}>
            <AssigneeField rule={VISITS} area={area} />
          </Form.Item>
        )}
        <Form.Item name="to" label={w.t('over.to')} rules={needed} {...told('to')}>
          <AssigneeField rule={VISITS} area={area} />
        </Form.Item>
        {may('tasks.assign') && (
          <Form.Item name="tasks" valuePropName="checked" className="wide">
            <Checkbox>
              {w.t('over.tasks')} <AreaName code={area} />
            </Checkbox>
          </Form.Item>
        )}
      </div>
      <Told error={error} />
      <Buttons go={w.t('over.go')} busy={busy} close={close} />
    </Form>
  )
}

/** The ends of a form: do it, or leave it. */
export function Buttons({ go, busy, close }: { go: string; busy: boolean; close: () => void }) {
  const w = useSpoken()
  return (
    <div className="actions">
      <Button type="primary" htmlType="submit" loading={busy}>
        {go}
      </Button>
      <Button onClick={close}>{w.t('round.cancel')}</Button>
    </div>
  )
}
