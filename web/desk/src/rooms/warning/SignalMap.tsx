import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { api } from '../../api/client'
import { useResource } from '../../api/resource'
import type { Boundaries, Cell, Row } from '../../api/types'
import type { SignalCounts } from '../../api/warning'
import { bandColour, bandText, shadeOf, ZERO } from '../../map/shade'
import { MapFrame, Swatch } from '../../parts/MapFrame'
import { useSpoken } from './words'

const AreaMap = lazy(() => import('../../map/AreaMap'))
const OPEN = 'open'

interface Props {
  area: string
  name: string
  of: SignalCounts
  open: (code: string) => void
}

/** The parts of an area shaded by how many signals wait there. Where there is none there are none: that is a 0. */
export function SignalMap({ area, name, of, open }: Props) {
  const w = useSpoken()
  const [pointed, point] = useState<string | null>(null)
  const boundaries = useResource(`boundaries|${area}`, (signal) => api.boundaries(area, signal))
  const rows = useMemo(() => rowsOf(of, boundaries.data), [of, boundaries.data])
  const shade = useMemo(() => shadeOf(rows, OPEN), [rows])
  const written = useCallback((cell: Cell | null | undefined) => w.n(cell?.n ?? 0), [w])
  if (boundaries.data?.features.length === 0) return null
  return (
    <section className="card" aria-labelledby="signal-map">
      <header>
        <h2 id="signal-map">{w.t('wa.map')}</h2>
      </header>
      <MapFrame
        boundaries={boundaries}
        shade={shade}
        hasRows
        legend={
          <div className="legend">
            <ul>
              <li>
                <Swatch fill={ZERO} /> 0
              </li>
              {shade.bands.map((low, at) => (
                <li key={low}>
                  <Swatch fill={bandColour(shade, at)} /> {bandText(shade, at, w.n)}
                </li>
              ))}
            </ul>
          </div>
        }
      >
        {boundaries.data && (
          <Suspense fallback={<p className="muted">{w.t('loading')}</p>}>
            <AreaMap
              key={w.lang + area}
              boundaries={boundaries.data}
              rows={rows}
              metric={OPEN}
              shade={shade}
              pointed={pointed}
              point={point}
              open={(row) => open(row.code)}
              label={w.t('wa.map.label', { area: name })}
              written={written}
              beside={(cell) => w.t('wa.map.n', { n: w.n(cell.n) })}
            />
          </Suspense>
        )}
      </MapFrame>
    </section>
  )
}

function rowsOf(of: SignalCounts, boundaries: Boundaries | null): Row[] {
  const waiting = new Map(of.areas.map((one) => [one.area, one.open]))
  return (boundaries?.features ?? []).map(({ properties: { code, zh, zh_short, en } }) => {
    const cells = { [OPEN]: { n: waiting.get(code) ?? 0, basis: 'stated' } }
    return { code, zh, zh_short, en, cells } as unknown as Row
  })
}
