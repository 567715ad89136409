import { Button } from 'antd'
import { newId } from '../../api/people'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useProduction } from './production'

/** What was recorded last, and the way to take it back. */
export interface Recorded {
  id: string
  fact: string
}

interface Props {
  last: Recorded | null
  takeBack: (id: string, body: { taken: string; why: 'mistaken'; fact: string }) => Promise<unknown>
  done: () => void
}

export function Undo({ last, takeBack, done }: Props) {
  const w = useProduction()
  const { busy, error, run } = useAct()
  const back = (one: Recorded) =>
    run(() => takeBack(one.id, { taken: one.fact, why: 'mistaken', fact: newId() }).then(done))
  return (
    <div role="status">
      {last && (
        <p>
          {w.t('pd.done')}{' '}
          <Button size="small" loading={busy} onClick={() => back(last)}>
            {w.t('pd.undo')}
          </Button>
        </p>
      )}
      <Told error={error} />
    </div>
  )
}
