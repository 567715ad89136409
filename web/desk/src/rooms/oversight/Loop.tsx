import { oversight } from '../../api/oversight'
import { useResource } from '../../api/resource'
import { Failure, Loading } from '../../parts/States'
import { Overdue } from './Overdue'
import { useSpoken } from './words'

/** How far the findings of an area are put right and looked at again, and what is overdue. */
export function Loop({ area }: { area: string }) {
  const w = useSpoken()
  const board = useResource(`oversight|${area}`, (signal) => oversight.board(area, signal), 'keep', ['oversight'])
  const found = useResource(`finding-loop|${area}`, (signal) => oversight.loop(area, signal), 'keep', [
    'oversight',
    'gates',
  ])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { stages, outcomes } = found.data
  return (
    <>
      <section className="card stages" aria-label={w.t('ov.loop')}>
        <dl>
          {(['open', 'rectified', 'closed'] as const).map((stage) => (
            <div key={stage}>
              <dt>{w.t(`ov.stage.${stage}`)}</dt>
              <dd>{w.n(stages[stage] ?? 0)}</dd>
            </div>
          ))}
          {board.data?.outcomes.map((one) => (
            <div key={one.code} className="of-mode">
              <dt>{w.name(one)}</dt>
              <dd>{w.n(outcomes[one.code] ?? 0)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Overdue area={area} />
    </>
  )
}
