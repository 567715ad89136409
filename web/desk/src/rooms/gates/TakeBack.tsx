import { Button, Select } from 'antd'
import { useState } from 'react'
import type { Why } from '../../api/gates'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

const WHY = ['mistaken', 'duplicate', 'trial'] as const

interface Props {
  /** What is taken back, for those who hear the page. */
  what: string
  take: (why: Why) => Promise<unknown>
  done: () => void
}

/** Takes one record back, and says why: it stays on record, and counts for nothing. */
export function TakeBack({ what, take, done }: Props) {
  const w = useSpoken()
  const { busy, error, run, clear } = useAct()
  const [why, setWhy] = useState<Why | null>(null)
  const label = w.t('back.of', { what })
  if (!why)
    return (
      <Button size="small" aria-label={label} onClick={() => setWhy('mistaken')}>
        {w.t('back.go')}
      </Button>
    )
  const leave = () => {
    setWhy(null)
    clear()
  }
  return (
    <fieldset className="take-back">
      <legend className="sr">{label}</legend>
      <Select
        size="small"
        aria-label={w.t('back.why')}
        value={why}
        onChange={setWhy}
        popupMatchSelectWidth={false}
        options={WHY.map((value) => ({ value, label: w.t(`back.why.${value}`) }))}
      />
      <Button
        size="small"
        danger
        loading={busy}
        onClick={() =>
          run(async () => {
            await take(why)
            leave()
            done()
          })
        }
      >
        {w.t('back.go')}
      </Button>
      <Button size="small" onClick={leave}>
        {w.t('act.cancel')}
      </Button>
      <Told error={error} />
    </fieldset>
  )
}
