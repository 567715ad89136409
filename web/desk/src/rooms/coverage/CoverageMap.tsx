import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { api } from '../../api/client'
import { useResource } from '../../api/resource'
import type { Coverage, Part } from '../../api/screening'
import type { Boundaries, Cell, Row } from '../../api/types'
import { bandColour, bandText, MISSING, ZERO } from '../../map/shade'
import { percentOf, SHARES, shareClass } from '../../map/share'
import { MapFrame, Swatch } from '../../parts/MapFrame'
import { useSpoken } from './words'

const AreaMap = lazy(() => import('../../map/AreaMap'))
const COVERED = 'covered'

/** The parts of an area shaded by the share of their households that are done: the numbers of the table beside it. */
export function CoverageMap({ told, name, open }: { told: Coverage; name: string; open: (code: string) => void }) {
  const w = useSpoken()
  const [pointed, setPointed] = useState<string | null>(null)
  const boundaries = useResource(`boundaries|${told.area}`, (signal) => api.boundaries(told.area, signal))
  const rows = useMemo(() => rowsOf(told.parts, boundaries.data), [told.parts, boundaries.data])
  const written = useCallback(
    (cell: Cell | null | undefined) => (cell ? w.percent(cell.n / 100) : w.t('cov.null')),
    [w],
  )
  if (boundaries.data?.features.length === 0) return <p className="muted">{w.t('cov.map.none')}</p>
  return (
    <section className="card" aria-labelledby="coverage-map">
      <header>
        <h2 id="coverage-map">{w.t('cov.map')}</h2>
      </header>
      <MapFrame boundaries={boundaries} shade={SHARES} hasRows legend={<Classes />}>
        {boundaries.data && (
          <Suspense fallback={<p className="muted">{w.t('loading')}</p>}>
            <AreaMap
              key={w.lang + told.area}
              boundaries={boundaries.data}
              rows={rows}
              metric={COVERED}
              shade={SHARES}
              pointed={pointed}
              point={setPointed}
              open={(row) => open(row.code)}
              label={w.t('cov.map.label', { area: name })}
              written={written}
              beside={(cell) => w.t(`cov.class.${shareClass(cell.n)}` as 'cov.class.0')}
            />
          </Suspense>
        )}
      </MapFrame>
    </section>
  )
}

/** Each class in its shade, in numbers and in words. */
function Classes() {
  const w = useSpoken()
  const said = (at: number) => w.t(`cov.class.${at}` as 'cov.class.0')
  return (
    <div className="legend">
      <h3 className="sr">{w.t('map.legend')}</h3>
      <ul>
        <li>
          <Swatch fill={ZERO} /> 0% {said(0)}
        </li>
        {SHARES.bands.map((low, at) => (
          <li key={low}>
            <Swatch fill={bandColour(SHARES, at)} /> {bandText(SHARES, at, w.n)}% {said(at + 1)}
          </li>
        ))}
        <li>
          <Swatch fill={MISSING} pattern="hatch" /> {w.t('cov.class.none')}
        </li>
      </ul>
    </div>
  )
}

/** The parts as the map wants them: where nothing is on the register there is no number, which is not zero. */
export function rowsOf(parts: readonly Part[], boundaries: Boundaries | null): Row[] {
  const names = new Map(boundaries?.features.map((one) => [one.properties.code, one.properties]))
  return parts.flatMap((part) => {
    const name = names.get(part.code)
    if (!name) return []
    const { covered } = part.ledger
    const cells = covered === null ? {} : { [COVERED]: { n: percentOf(covered), basis: 'stated' } }
    return [{ code: part.code, zh: name.zh, zh_short: name.zh_short, en: name.en, cells } as unknown as Row]
  })
}
