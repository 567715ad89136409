import { newId } from '../../api/people'
import { Undo as Back } from '../../parts/Undo'
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
  return (
    <div role="status">
      {last && (
        <p>
          {w.t('pd.done')}{' '}
          <Back take={(why) => takeBack(last.id, { taken: last.fact, why, fact: newId() })} done={done} />
        </p>
      )}
    </div>
  )
}
