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
              key={`${w.lang}|${of.area}|${of.of.id}|${points.map((one) => one.title).join()}`}
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
  const all = [...stores, ...places]
  return all.flatMap(({ one, kind, sign, n }) =>
    one.at
      ? [
          {
            id: one.id,
            at: apart(
              one.at,
              all.filter((other) => other.one.area === one.area).map((other) => other.one.id),
              one.id,
            ),
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

/** Degrees from the middle of a division at which those stand that share it. */
const RING = 0.03

/** Where a sign stands: in the middle of its division; of several there, in a ring around it, so that each is seen. */
function apart(at: readonly number[], beside: readonly string[], id: string): [number, number] {
  const [east = 0, north = 0] = at
  if (beside.length < 2) return [east, north]
  const turn = (2 * Math.PI * beside.indexOf(id)) / beside.length
  return [east + RING * Math.sin(turn), north + RING * Math.cos(turn)]
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
