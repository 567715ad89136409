import { Select } from 'antd'
import { lazy, Suspense, useId, useMemo, useState } from 'react'
import { api } from '../api/client'
import { useResource } from '../api/resource'
import type { Row, Situation } from '../api/types'
import { useWords } from '../i18n'
import { shadeOf } from '../map/shade'
import { AreaTable } from './AreaTable'
import { MapFrame } from './MapFrame'
import type { OriginOf } from './Origin'

const AreaMap = lazy(() => import('../map/AreaMap'))

interface Props {
  situation: Situation
  metric: string
  choose: (metric: string) => void
  show: (of: OriginOf) => void
}

/** The map and the table of the same numbers. */
export function AreaPanels({ situation, metric, choose, show }: Props) {
  const w = useWords()
  const id = useId()
  const { area, rows, titles } = situation
  const boundaries = useResource(`boundaries|${area.code}`, (signal) => api.boundaries(area.code, signal))
  const [pointed, setPointed] = useState<string | null>(null)
  const shade = useMemo(() => shadeOf(rows, metric), [rows, metric])
  const open = (row: Row, of: string = metric) => show({ metric: of, division: row, cell: row.cells[of] ?? null })
  return (
    <div className="two wide-left">
      <section className="card" aria-labelledby="map-title">
        <header>
          <h2 id="map-title">{w.t('map.title')}</h2>
          <div className="pick inline">
            <label htmlFor={id}>{w.t('pick.metric')}</label>
            <Select
              id={id}
              value={situation.metrics.length ? metric : undefined}
              placeholder={w.t('null')}
              onChange={choose}
              disabled={!situation.metrics.length}
              popupMatchSelectWidth={false}
              options={situation.metrics.map((m) => ({ value: m, label: w.metric(m, titles) }))}
            />
          </div>
        </header>
        <MapFrame boundaries={boundaries} shade={shade} hasRows={rows.some((r) => r.cells[metric])}>
          {boundaries.data && (
            <Suspense fallback={<p className="muted">{w.t('loading')}</p>}>
              <AreaMap
                key={w.lang + area.code}
                boundaries={boundaries.data}
                rows={rows}
                metric={metric}
                shade={shade}
                pointed={pointed}
                point={setPointed}
                open={(row) => open(row)}
                label={w.t('map.label', { area: w.name(area), metric: w.metric(metric, titles) })}
              />
            </Suspense>
          )}
        </MapFrame>
      </section>
      <section className="card" aria-labelledby="table-title">
        <header>
          <h2 id="table-title">{w.t('table.title')}</h2>
        </header>
        <AreaTable situation={situation} metric={metric} pointed={pointed} point={setPointed} open={open} show={show} />
      </section>
    </div>
  )
}
