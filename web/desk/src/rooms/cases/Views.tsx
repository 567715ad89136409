import { Button, Input, Popconfirm, Select } from 'antd'
import { useId, useState } from 'react'
import { cases } from '../../api/cases'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import type { Filter } from './filter'
import { useSpoken } from './words'

interface Props {
  filter: Filter
  narrow: (part: Record<string, string | null>) => void
}

/** Lists that one set up and keeps under a name. */
export function Views({ filter, narrow }: Props) {
  const w = useSpoken()
  const kept = useResource('views', cases.views, 'keep')
  const { busy, error, run } = useAct()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const id = useId()
  const apply = (view: string) => {
    const found = kept.data?.find((v) => v.id === view)
    if (!found) return
    setChosen(view)
    const cleared = Object.fromEntries(Object.keys(filter).map((key) => [key, null]))
    narrow({ ...cleared, ...found.shown })
  }
  const keep = () =>
    run(async () => {
      const made = await cases.keepView(name.trim(), filter)
      setName('')
      setChosen(made.id)
      kept.retry()
    })
  const drop = () =>
    run(async () => {
      if (chosen) await cases.dropView(chosen)
      setChosen(null)
      kept.retry()
    })
  return (
    <details className="fold">
      <summary>{w.t('views.title', { n: w.n(kept.data?.length ?? 0) })}</summary>
      <div className="views">
        <div className="pick inline">
          <label htmlFor={`${id}-of`}>{w.t('views.open')}</label>
          <Select
            id={`${id}-of`}
            value={chosen ?? undefined}
            placeholder={w.t(kept.data?.length ? 'views.choose' : 'views.none')}
            disabled={!kept.data?.length}
            popupMatchSelectWidth={false}
            onChange={apply}
            options={(kept.data ?? []).map((v) => ({ value: v.id, label: v.name }))}
          />
          {chosen && (
            <Popconfirm
              title={w.t('views.drop.sure')}
              okText={w.t('views.drop')}
              cancelText={w.t('cancel')}
              onConfirm={drop}
            >
              <Button>{w.t('views.drop')}</Button>
            </Popconfirm>
          )}
        </div>
        <div className="pick inline">
          <label htmlFor={id}>{w.t('views.name')}</label>
          <Input id={id} value={name} maxLength={64} onChange={(e) => setName(e.target.value)} onPressEnter={keep} />
          <Button onClick={keep} loading={busy} disabled={!name.trim()}>
            {w.t('views.keep')}
          </Button>
        </div>
      </div>
      <Told error={error ?? kept.error} />
    </details>
  )
}
