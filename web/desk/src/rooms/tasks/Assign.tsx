import { Button, Checkbox, Select } from 'antd'
import { useId, useState } from 'react'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { type Task, tasks } from '../../api/tasks'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { Failure } from '../../parts/States'
import { useSpoken } from './words'

/** Gives the chosen tasks to somebody who does what they ask for. */
export function Assign({ of, done, cancel }: { of: Task[]; done: () => void; cancel: () => void }) {
  const w = useSpoken()
  const id = useId()
  const { busy, error, run } = useAct()
  const [to, setTo] = useState<string | null>(null)
  const [series, setSeries] = useState(false)
  const first = of[0] as Task
  const found = useResource(`assignees|${first.rule}|${first.area}`, (signal) =>
    tasks.assignees(first.rule, first.area, signal),
  )
  const people = found.data ?? []
  const table = useResource('permissions', permissions)
  const role = (id: string) => {
    const its = table.data?.roles.find((one) => one.id === id)
    return its ? w.name(its) : id
  }
  return (
    <div className="sub-form assign">
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {found.data && !people.length && <p>{w.t('tasks.assign.none')}</p>}
      <div className="pick inline">
        <label htmlFor={id}>{w.t('tasks.assign.to')}</label>
        <Select
          id={id}
          value={to}
          onChange={setTo}
          loading={found.loading}
          popupMatchSelectWidth={false}
          showSearch={{ optionFilterProp: 'label' }}
          options={people.map((p) => ({ value: p.code, label: `${p.name || p.code} · ${role(p.role)}` }))}
        />
      </div>
      <Checkbox checked={series} onChange={(e) => setSeries(e.target.checked)}>
        {w.t('tasks.assign.series')}
      </Checkbox>
      <Told error={error} />
      <div className="actions">
        <Button
          type="primary"
          disabled={!to}
          loading={busy}
          onClick={() => run(() => tasks.assign(of, to as string, series).then(done))}
        >
          {w.t('tasks.assign.go', { n: w.n(of.length) })}
        </Button>
        <Button onClick={cancel}>{w.t('tasks.cancel')}</Button>
      </div>
    </div>
  )
}
