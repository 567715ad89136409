import { lazy, Suspense } from 'react'
import { Choice } from '../../parts/Choice'
import type { Shared } from './Situation'
import type { Per } from './view'
import { useSpoken } from './words'

const Picks = lazy(() => import('./Picks'))

interface Props extends Shared {
  into: (code: string) => void
  /** Whether the choices may be loaded: until then their values stand there. */
  later: boolean
}

/** Which area, which measure, and whether it is counted or set against the population: for the whole page. */
export function Tools({ view, look, whole, shown, measure, registry, into, later }: Props) {
  const w = useSpoken()
  const chosen = [
    [w.t('si.area'), w.name(whole.area)],
    [w.t('si.measure'), w.name(measure)],
  ] as const
  const written = chosen.map(([of, name]) => (
    <div key={of} className="pick inline">
      <span>{of}</span>
      <span className="picked">{name}</span>
    </div>
  ))
  return (
    <search className="situation-tools">
      <Suspense fallback={written}>{later ? <Picks {...{ view, look, measure, registry }} /> : written}</Suspense>
      <Choice<Per>
        aria-label={w.t('si.per')}
        value={measure.per_population ? view.per : 'count'}
        disabled={!measure.per_population || !whole.parts.some((part) => part.population)}
        onChange={(per) => look({ per })}
        options={[
          { value: 'count', label: w.t('si.per.count') },
          { value: '100k', label: w.t('si.per.100k') },
        ]}
      />
      {shown !== whole && <Narrowed {...{ look, shown, into }} />}
    </search>
  )
}

/** The part that the page is narrowed to: undone, or entered. */
function Narrowed({ look, shown, into }: Pick<Props, 'look' | 'shown' | 'into'>) {
  const w = useSpoken()
  const part = w.name(shown.area)
  return (
    <span className="part-chip">
      {w.t('si.part', { part })}
      <button type="button" className="go" onClick={() => into(shown.area.code)}>
        {w.t('si.into', { part })}
      </button>
      <button
        type="button"
        className="shut"
        aria-label={w.t('si.part.clear', { part })}
        onClick={() => look({ part: null }, 'push')}
      >
        <span aria-hidden>×</span>
      </button>
    </span>
  )
}
