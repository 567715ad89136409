import { Button } from 'antd'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useWays } from './ways'

/** What was recorded last here, and how it is taken back. */
export interface Last {
  what: string
  take: () => Promise<unknown>
}

/** Takes back what was just recorded: it stays on record, and counts for nothing. */
export function Undo({ last, done }: { last: Last; done: () => void }) {
  const w = useWays()
  const { busy, error, run } = useAct()
  const back = () =>
    run(async () => {
      await last.take()
      done()
    })
  return (
    <>
      <Button size="small" loading={busy} aria-label={w.t('ways.undo.last', { what: last.what })} onClick={back}>
        {w.t('ways.undo')}
      </Button>
      <Told error={error} />
    </>
  )
}
