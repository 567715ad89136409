import { Component, type ReactNode } from 'react'
import type { Resource } from '../api/resource'
import type { Boundaries } from '../api/types'
import { useWords } from '../i18n'
import type { Token } from '../look'
import { bandColour, bandText, IMPLIED, MISSING, type Shade, ZERO } from '../map/shade'
import { Failure } from './States'

interface Props {
  boundaries: Resource<Boundaries>
  shade: Shade
  hasRows: boolean
  children: ReactNode
  /** What the shades or signs mean; by default the classes of a count. */
  legend?: ReactNode
  /** The map says something without outlines too. */
  bare?: boolean
}

/** The map with its legend, its approval number and its source; or why there is none. */
export function MapFrame({ boundaries, shade, hasRows, children, legend, bare = false }: Props) {
  const w = useWords()
  const { data, error, loading } = boundaries
  return (
    <>
      <div className="map-holder" aria-busy={loading}>
        {error && !data && <Failure error={error} retry={boundaries.retry} />}
        {data?.features.length === 0 && !bare && <p className="muted pad">{w.t('map.none')}</p>}
        {data && (bare || data.features.length > 0) && (
          <Guard fallback={<p className="muted pad">{w.t('map.failed')}</p>}>{children}</Guard>
        )}
      </div>
      {!hasRows && <p className="muted">{w.t('map.no_metric')}</p>}
      {legend ?? <Legend shade={shade} />}
      {data && (
        <p className="credit">
          {data.approval && <span lang="zh-CN">{w.t('map.approval', { approval: data.approval })}</span>}
          {data.source && (
            <span>{w.t('map.source', { source: w.name({ zh: data.source, en: data.source_en || data.source }) })}</span>
          )}
        </p>
      )}
    </>
  )
}

function Legend({ shade }: { shade: Shade }) {
  const w = useWords()
  return (
    <div className="legend">
      <h3 className="sr">{w.t('map.legend')}</h3>
      <ul>
        {shade.bands.map((low, i) => (
          <li key={low}>
            <Swatch fill={bandColour(shade, i)} /> {bandText(shade, i, w.n)}
          </li>
        ))}
        <li>
          <Swatch fill={ZERO} /> {w.t('map.legend.zero')}
        </li>
        <li>
          <Swatch fill={IMPLIED} pattern="dots" /> {w.t('map.legend.implied')}
        </li>
        <li>
          <Swatch fill={MISSING} pattern="hatch" /> {w.t('map.legend.null')}
        </li>
      </ul>
      <p className="muted">{w.t('map.note.implied')}</p>
    </div>
  )
}

export function Swatch({ fill, pattern }: { fill: Token; pattern?: 'dots' | 'hatch' }) {
  return (
    <svg className="swatch" viewBox="0 0 24 16" aria-hidden="true">
      <rect x="0.5" y="0.5" width="23" height="15" fill={`var(${fill})`} stroke="var(--edge)" />
      {pattern === 'dots' && (
        <g fill="var(--data-implied-ink)">
          {[4, 12, 20].map((x) => [4, 12].map((y) => <circle key={`${x}.${y}`} cx={x} cy={y} r="1.4" />))}
          {[8, 16].map((x) => (
            <circle key={x} cx={x} cy={8} r="1.4" />
          ))}
        </g>
      )}
      {pattern === 'hatch' && (
        <path
          d="M0 8 8 0M0 16 16 0M8 16 24 0M16 16 24 8"
          stroke="var(--data-missing-ink)"
          strokeWidth="1.4"
          fill="none"
        />
      )}
    </svg>
  )
}

/** What is drawn with WebGL fails where there is none; the page goes on without it. */
class Guard extends Component<{ fallback: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children
  }
}
