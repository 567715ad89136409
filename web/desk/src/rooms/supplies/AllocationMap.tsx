import { lazy, Suspense, useMemo } from 'react'
import type { Allocation } from '../../api/production'
import { useOutline } from '../../map/outline'
import type { Point } from '../../map/PointMap'
import { MapFrame } from '../../parts/MapFrame'
import { pathOf } from '../../route'
import { useProduction } from './production'

const PointMap = lazy(() => import('../../map/PointMap'))
const NO_SHADE = { bands: [], max: 0 }

/** Where it comes from and where it goes: a square is a store that gives, a ring a place that gets. The tables say the same. */
export function AllocationMap({ of }: { of: Allocation }) {
  const w = useProduction()
  const outline = useOutline(of.area)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language
  const points = useMemo(() => pointsOf(of, w), [of, w.lang])
  if (!points.length) return null
  return (
    <section className="card" aria-labelledby="allocation-map">
      <h2 id="allocation-map">{w.t('al.map')}</h2>
      <MapFrame boundaries={outline} shade={NO_SHADE} hasRows legend={<Signs />} bare>
        {outline.data && (
          <Suspense fallback={<p className="muted">{w.t('loading')}</p>}>
            <PointMap
              key={`${w.lang}|${of.area}|${points.map((one) => one.title).join()}`}
              boundaries={outline.data}
              points={points}
              label={w.t('al.map.label')}
            />
          </Suspense>
        )}
      </MapFrame>
    </section>
  )
}

function pointsOf(of: Allocation, w: ReturnType<typeof useProduction>): Point[] {
  const stores = of.stores
    .filter((one) => one.sent > 0)
    .map((one) => ({ one, kind: 'station ready', sign: '↑', n: one.sent }))
  const places = of.places
    .filter((one) => one.amount > 0)
    .map((one) => ({ one, kind: 'point ready', sign: '↓', n: one.amount }))
  return [...stores, ...places].flatMap(({ one, kind, sign, n }) =>
    one.at
      ? [
          {
            id: one.id,
            at: [one.at[0], one.at[1]] as [number, number],
            sign,
            kind,
            title: w.t(sign === '↑' ? 'al.map.gives' : 'al.map.gets', {
              name: w.name({ zh: one.name, en: one.en }),
              n: w.n(n),
            }),
            href: pathOf({ room: 'store', id: one.id }),
          },
        ]
      : [],
  )
}

function Signs() {
  const w = useProduction()
  return (
    <div className="legend">
      <h3 className="sr">{w.t('al.map.legend')}</h3>
      <ul>
        <li>
          <span className="map-sign station ready" aria-hidden="true">
            ↑
          </span>{' '}
          {w.t('al.map.store')}
        </li>
        <li>
          <span className="map-sign point ready" aria-hidden="true">
            ↓
          </span>{' '}
          {w.t('al.map.place')}
        </li>
      </ul>
    </div>
  )
}
