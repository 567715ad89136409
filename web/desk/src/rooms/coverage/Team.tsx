import { Button, Form, Input, InputNumber } from 'antd'
import { type ScreeningGrid, screening } from '../../api/screening'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** The teams that help in a grid, each with a way out. */
export function Teams({ of, done }: { of: ScreeningGrid; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const detach = (team: string) =>
    run(async () => {
      await screening.detach(of, team)
      done()
    })
  if (!of.teams.length) return null
  return (
    <ul className="spans">
      {of.teams.map(([team, workers]) => (
        <li key={team}>
          {w.t('team.one', { team, n: w.n(workers) })}{' '}
          {may('screening.manage') && (
            <Button
              size="small"
              loading={busy}
              aria-label={w.t('team.detach.of', { team })}
              onClick={() => detach(team)}
            >
              {w.t('team.detach')}
            </Button>
          )}
        </li>
      ))}
      <Told error={error} />
    </ul>
  )
}

interface Props {
  grid: ScreeningGrid
  done: () => void
  close: () => void
}

/** A team helps in a grid. */
export function Attach({ grid, done, close }: Props) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('round.required') }]
  const submit = ({ team, workers }: { team: string; workers: number }) =>
    run(async () => {
      await screening.attach(grid, team, workers)
      done()
    })
  return (
    <Form key={grid.id} name="team" layout="vertical" className="sub-form" requiredMark={false} onFinish={submit}>
      <p>{w.t('team.in', { grid: grid.name || grid.id.slice(-6) })}</p>
      <div className="fields">
        <Form.Item
          name="team"
          label={w.t('team.code')}
          extra={w.t('team.help')}
          rules={[...needed, { pattern: /^[A-Za-z0-9_.-]{1,64}$/ }]}
          {...told('team')}
        >
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
        <Form.Item name="workers" label={w.t('team.workers')} rules={needed} {...told('workers')}>
          <InputNumber min={1} max={10_000} precision={0} />
        </Form.Item>
      </div>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('team.add')}
        </Button>
        <Button onClick={close}>{w.t('round.cancel')}</Button>
      </div>
    </Form>
  )
}
