import { lazy, Suspense, useMemo } from 'react'
import type { Post } from '../../api/gates'
import { useOutline } from '../../map/outline'
import type { Point } from '../../map/PointMap'
import { MapFrame } from '../../parts/MapFrame'
import { pathOf } from '../../route'
import { POST_STATES, positionOf, SIGNS, stateOf } from './state'
import { useTerms } from './terms'
import { useSpoken } from './words'

const PointMap = lazy(() => import('../../map/PointMap'))
const NO_SHADE = { bands: [], max: 0 }

/** The posts at their places: a ring is a checkpoint, a square a station, a drop a clinic; the sign in it tells whether it is staffed. */
export function PostMap({ area, posts }: { area: string; posts: readonly Post[] }) {
  const w = useSpoken()
  const terms = useTerms()
  const outline = useOutline(area)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the terms' own words change with them and the language
  const points = useMemo(() => pointsOf(posts, w.t, terms.name), [posts, w, terms.data])
  const placed = points.map((one) => one.id).join()
  const without = posts.length - points.length
  return (
    <section className="card" aria-labelledby="post-map">
      <header>
        <h2 id="post-map">{w.t('map.posts')}</h2>
        {without > 0 && <span className="muted">{w.t('map.posts.without', { n: w.n(without) })}</span>}
      </header>
      {points.length > 0 && (
        <MapFrame boundaries={outline} shade={NO_SHADE} hasRows legend={<Signs />} bare>
          {outline.data && (
            <Suspense fallback={<p className="muted">{w.t('loading')}</p>}>
              <PointMap
                key={`${w.lang}|${area}|${placed}`}
                boundaries={outline.data}
                points={points}
                label={w.t('map.posts.label')}
              />
            </Suspense>
          )}
        </MapFrame>
      )}
    </section>
  )
}

type Spoken = ReturnType<typeof useSpoken>['t']

function pointsOf(posts: readonly Post[], t: Spoken, term: (of: string, code: string | null) => string): Point[] {
  return posts.flatMap((post) => {
    const at = positionOf(post)
    if (!at) return []
    const state = stateOf(post)
    const said = [
      post.name,
      t(`gt.kind.${post.kind_of}`),
      term('place_types', post.place_type),
      t(`map.state.${state}`),
    ]
    return [
      {
        id: post.id,
        at,
        sign: SIGNS[state],
        kind: `${post.kind_of} ${state}`,
        title: said.filter(Boolean).join(' · '),
        href: pathOf({ room: 'gate', id: post.id }),
      },
    ]
  })
}

function Signs() {
  const w = useSpoken()
  return (
    <div className="legend">
      <h3 className="sr">{w.t('map.legend')}</h3>
      <ul>
        {(['point', 'station', 'clinic'] as const).map((kind) => (
          <li key={kind}>
            <span className={`map-sign ${kind} off`} aria-hidden="true" /> {w.t(`gt.kind.${kind}`)}
          </li>
        ))}
        {POST_STATES.map((state) => (
          <li key={state}>
            <span className={`map-sign point ${state}`} aria-hidden="true">
              {SIGNS[state]}
            </span>{' '}
            {w.t(`map.state.${state}`)}
          </li>
        ))}
      </ul>
    </div>
  )
}
