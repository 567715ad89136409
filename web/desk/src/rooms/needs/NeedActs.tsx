import { Button, Select } from 'antd'
import { useState } from 'react'
import { type Need, needs } from '../../api/isolation'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { Purpose } from '../people/Purpose'
import { useSpoken } from './words'

const OUTCOMES = ['given', 'referred', 'not_possible', 'withdrawn'] as const

/** Take a need on, settle it, and see what was said, for a purpose. */
export function NeedActs({ of, done }: { of: Need; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [settling, setSettling] = useState(false)
  const [reading, setReading] = useState(false)
  const act = (what: 'acknowledge' | 'met', body: Record<string, unknown>) =>
    run(async () => {
      await needs.act(of.id, what, body)
      done()
    })
  const answers = may('needs.answer')
  return (
    <div className="row-acts">
      {answers && !of.met && !of.acknowledged && (
        <Button size="small" loading={busy} onClick={() => act('acknowledge', {})}>
          {w.t('needs.take')}
        </Button>
      )}
      {answers && !of.met && !settling && (
        <Button size="small" onClick={() => setSettling(true)}>
          {w.t('needs.settle')}
        </Button>
      )}
      {settling && (
        <Select
          size="small"
          autoFocus
          defaultOpen
          aria-label={w.t('needs.settle')}
          popupMatchSelectWidth={false}
          onChange={(outcome: string) => act('met', { outcome })}
          options={OUTCOMES.map((value) => ({ value, label: w.t(`outcome.${value}`) }))}
        />
      )}
      {of.words && answers && !reading && (
        <Button size="small" onClick={() => setReading(true)}>
          {w.t('needs.words')}
        </Button>
      )}
      {reading && <Words id={of.id} />}
      <Told error={error} />
    </div>
  )
}

function Words({ id }: { id: string }) {
  const { session } = useSession()
  const titles = useResource('permissions', permissions)
  const { error, run } = useAct()
  const [purpose, setPurpose] = useState<string | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  if (said !== null) return <p className="lines">{said}</p>
  const look = (chosen: string) => {
    setPurpose(chosen)
    return run(async () => setSaid((await needs.words(id, chosen)).words))
  }
  return (
    <>
      {titles.data && (
        <Purpose purposes={session?.purposes ?? []} titles={titles.data.purposes} value={purpose} choose={look} />
      )}
      <Told error={error} />
    </>
  )
}
