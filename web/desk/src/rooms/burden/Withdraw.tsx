import { Button } from 'antd'
import { burden } from '../../api/oversight'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

/** Takes back a form that was registered by mistake. */
export function Withdraw({ id, done }: { id: string; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  return (
    <>
      <Button size="small" loading={busy} onClick={() => run(() => burden.withdraw(id).then(done))}>
        {w.t('bu.withdraw')}
      </Button>
      <Told error={error} />
    </>
  )
}
