import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { gates } from '../../api/gates'
import { type Resource, useResource } from '../../api/resource'
import type { Boundaries } from '../../api/types'
import type { Place, Shaded } from '../../map/MeasureMap'
import { MapFrame, Swatch } from '../../parts/MapFrame'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { positionOf } from '../gates/state'
import { unitOf, measured } from './groups'
import { bandOf, bandsOf, shadeAt } from './numbers'
import type { Shared } from './Situation'
import { type Spoken, useSpoken } from './words'
import type { Per } from './view'

const MeasureMap = lazy(() => import('../../map/MeasureMap'))
const NO_SHADE = { bands: [], max: 0 }
const SIGNALS = 'signals_open'
const NONE: readonly Place[] = []

interface Props extends Shared {
  boundaries: Resource<Boundaries>
  pointed: string | null
  point: (code: string | null) => void
  choose: (code: string) => void
}

/** The parts of the area shaded by the measure, with what waits and what stands there. */
export function MapPanel({ whole, view, measure, boundaries, pointed, point, choose }: Props) {
  const w = useSpoken()
  const per = perOf(view, measure)
  const bands = useMemo(
    () =>
      bandsOf(
        whole.parts.map((part) => measured(part.figures[measure.key], part.population, per)),
        per === 'count',
      ),
    [whole, measure, per],
  )
  const areas = useMemo(() => shadedOf(whole, measure, per, bands, w), [whole, measure, per, bands, w])
  const { places, shownPlaces, showPlaces } = usePlaces(view.area)
  const signalsOf = useCallback((n: number) => w.t('si.map.signals', { n: w.n(n) }), [w])
  const without = per === '100k' ? whole.parts.filter((part) => !part.population) : []
  const title = w.t(per === '100k' ? 'si.map.title.per' : 'si.map.title', { measure: w.name(measure) })
  return (
    <section className="card" aria-labelledby="situation-map">
      <header>
        <h2 id="situation-map">{title}</h2>
        {places.length > 0 && (
          <label className="tick">
            <input type="checkbox" checked={shownPlaces} onChange={(e) => showPlaces(e.target.checked)} />
            {w.t('si.map.posts', { n: w.n(places.length) })}
          </label>
        )}
      </header>
      <MapFrame
        boundaries={boundaries}
        shade={NO_SHADE}
        hasRows
        legend={<Legend bands={bands} unit={per === 'count' ? unitOf(measure.unit, w) : w.t('si.per.100k')} />}
      >
        {boundaries.data && (
          <Suspense fallback={<p className="muted">{w.t('loading')}</p>}>
            <MeasureMap
              key={w.lang + view.area}
              boundaries={boundaries.data}
              areas={areas}
              places={shownPlaces ? places : NONE}
              chosen={view.part}
              pointed={pointed}
              point={point}
              choose={choose}
              label={w.t('si.map.label', { area: w.name(whole.area), measure: title })}
              signalsOf={signalsOf}
            />
          </Suspense>
        )}
      </MapFrame>
      {without.length > 0 && (
        <p className="muted small">{w.t('si.map.without', { areas: without.map(w.name).join(w.t('list.comma')) })}</p>
      )}
    </section>
  )
}

/** A measure that is not one of people is counted, whatever the address says. */
export const perOf = (view: Shared['view'], measure: Shared['measure']): Per =>
  measure.per_population ? view.per : 'count'

function shadedOf(of: Shared['whole'], measure: Shared['measure'], per: Per, bands: number[], w: Spoken): Shaded[] {
  return of.parts.map((part) => {
    const value = measured(part.figures[measure.key], part.population, per)
    const band = bandOf(value, bands)
    const said =
      value === null ? w.t('si.not_recorded') : `${w.n(value)} ${per === 'count' ? unitOf(measure.unit, w) : ''}`
    return {
      code: part.code,
      shade: band <= 0 ? band : shadeAt(band, bands.length),
      tip: w.t('si.map.tip', { area: w.name(part), value: said.trim() }),
      signals: part.figures[SIGNALS] ?? 0,
    }
  })
}

/** Posts at their places, for whoever may see them. */
function usePlaces(area: string) {
  const { may } = useSession()
  const [shownPlaces, showPlaces] = useState(true)
  const found = useResource(may('gates.read') ? `posts|${area}` : null, (signal) => gates.list({ area }, signal))
  const places = useMemo(
    () =>
      (found.data?.posts ?? []).flatMap((post): Place[] => {
        const at = positionOf(post)
        return at ? [{ id: post.id, at, title: post.name, href: pathOf({ room: 'gate', id: post.id }) }] : []
      }),
    [found.data],
  )
  return { places, shownPlaces, showPlaces }
}

function Legend({ bands, unit }: { bands: number[]; unit: string }) {
  const w = useSpoken()
  const text = (at: number) => {
    const [low, next] = [bands[at] as number, bands[at + 1]]
    if (next === undefined) return w.t('si.legend.from', { low: w.n(low) })
    if (low === 0) return w.t('si.legend.below', { high: w.n(next) })
    return Number.isInteger(low) && next - low === 1
      ? w.n(low)
      : w.t('si.legend.to', { low: w.n(low), high: w.n(next) })
  }
  return (
    <div className="legend">
      <h3 className="sr">{w.t('map.legend')}</h3>
      <ul>
        <li>
          <Swatch fill="--data-missing" pattern="hatch" /> {w.t('si.not_recorded')}
        </li>
        <li>
          <Swatch fill="--data-zero" /> 0
        </li>
        {bands.map((low, at) => (
          <li key={low}>
            <Swatch fill={`--seq-${shadeAt(at + 1, bands.length)}`} /> {text(at)}
          </li>
        ))}
        <li className="muted">{unit}</li>
        <li>
          <span className="signal-mark still" aria-hidden="true">
            1
          </span>{' '}
          {w.t('si.legend.signals')}
        </li>
      </ul>
    </div>
  )
}
