import { burden } from '../../api/oversight'
import { Undo } from '../../parts/Undo'
import { useSpoken } from './words'

/** Takes back a form that was registered by mistake. */
export function Withdraw({ id, done }: { id: string; done: () => void }) {
  const w = useSpoken()
  return <Undo label={w.t('bu.withdraw')} take={() => burden.withdraw(id)} done={done} />
}
