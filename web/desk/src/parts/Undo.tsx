import { Button, Select } from 'antd'
import { useState } from 'react'
import { useAct } from '../forms/act'
import { Told } from '../forms/Told'
import { useWords } from '../i18n'

/** Why a record is taken back. */
export const WHYS = ['mistaken', 'duplicate', 'trial'] as const
type Why = (typeof WHYS)[number]

interface Props<W extends Why> {
  /** What is taken back, for those who hear the page. */
  what?: string
  /** What stands on the button, where the page does not say what is taken back. */
  label?: string
  take: (why: W) => Promise<unknown>
  done: () => void
  /** Among which reasons one chooses; without them it was a mistake. */
  whys?: readonly W[]
  /** What goes with it, where that is more than the one record: then it is pressed twice. */
  sure?: string
}

/** Takes back what was recorded, in every room: it stays on record, and counts for nothing. */
export function Undo<W extends Why = 'mistaken'>({ what, label, take, done, whys, sure }: Props<W>) {
  const w = useWords()
  const { busy, error, run, clear } = useAct()
  const [why, setWhy] = useState<W | null>(null)
  const first = whys?.[0] ?? ('mistaken' as W)
  const twice = Boolean(whys || sure)
  const named = what ? w.t('undo.of', { what }) : label
  const leave = () => {
    setWhy(null)
    clear()
  }
  const back = () =>
    run(async () => {
      await take(why ?? first)
      setWhy(null)
      done()
    })
  if (why === null)
    return (
      <>
        <Button
          size="small"
          loading={busy}
          aria-label={what ? named : undefined}
          onClick={() => (twice ? setWhy(first) : back())}
        >
          {label ?? w.t('undo')}
        </Button>
        <Told error={error} />
      </>
    )
  return (
    <fieldset className="take-back">
      <legend className="sr">{named ?? w.t('undo')}</legend>
      {sure && <p>{sure}</p>}
      {whys && (
        <Select
          size="small"
          aria-label={w.t('undo.why')}
          value={why}
          onChange={setWhy}
          popupMatchSelectWidth={false}
          options={whys.map((value) => ({ value, label: w.t(`undo.why.${value}`) }))}
        />
      )}
      <Button size="small" danger loading={busy} onClick={back}>
        {label ?? w.t('undo')}
      </Button>
      <Button size="small" onClick={leave}>
        {w.t('undo.not')}
      </Button>
      <Told error={error} />
    </fieldset>
  )
}
