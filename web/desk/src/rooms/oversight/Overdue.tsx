import { Button } from 'antd'
import { useState } from 'react'
import { type FindingLoop, oversight } from '../../api/oversight'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'

const AT_ONCE = 3

type Item = FindingLoop['overdue'][number]

/** What rules and inspections found and nobody put right in time, or looked at again: three at a time, the longest overdue
 * first, since what is shown is to be dealt with. */
export function Overdue({ area }: { area: string }) {
  const w = useSpoken()
  const [from, turn] = useState(0)
  const found = useResource(`finding-loop|${area}`, (signal) => oversight.loop(area, signal), 'keep', [
    'oversight',
    'gates',
  ])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { overdue, total } = found.data
  const first = Math.min(from, Math.max(0, overdue.length - 1))
  const rows = overdue.slice(first, first + AT_ONCE)
  return (
    <section className="card" aria-label={w.t('ov.overdue')}>
      <h2>
        {w.t('ov.overdue')} <span className="tag">{w.n(total)}</span>
      </h2>
      {rows.length === 0 && <p className="muted">{w.t('ov.overdue.none')}</p>}
      {rows.length > 0 && (
        <Grid
          label={w.t('ov.overdue')}
          rows={rows}
          keyOf={(one) => `${one.id}${one.code}`}
          columns={[
            { key: 'what', title: w.t('ov.what'), head: true, cell: (one) => <What of={one} /> },
            { key: 'where', title: w.t('ov.where'), cell: (one) => <Place of={one} /> },
            { key: 'due', title: w.t('ov.due'), cell: (one) => w.stamp(one.due) },
            { key: 'next', title: w.t('ov.next'), cell: (one) => <Next of={one} /> },
          ]}
        />
      )}
      {overdue.length > AT_ONCE && (
        <div className="act-buttons">
          <Button disabled={first === 0} onClick={() => turn(Math.max(0, first - AT_ONCE))}>
            {w.t('ov.earlier')}
          </Button>
          <Button disabled={first + AT_ONCE >= overdue.length} onClick={() => turn(first + AT_ONCE)}>
            {w.t('ov.later')}
          </Button>
        </div>
      )}
    </section>
  )
}

function What({ of }: { of: Item }) {
  const w = useSpoken()
  return (
    <>
      {w.name(of)}
      <span className="muted block small">{w.t(`ov.of.${of.of}`)}</span>
    </>
  )
}

/** The division of a finding, and the grid or post by name. */
export function Place({ of }: { of: { area: string; unit: string } }) {
  return (
    <>
      <AreaName code={of.area} />
      {of.unit && <span className="muted block small">{of.unit}</span>}
    </>
  )
}

function Next({ of }: { of: Item }) {
  const w = useSpoken()
  const to =
    of.of === 'rule'
      ? `#oversight?show=findings&finding=${of.id}`
      : `#gates?show=inspections&state=${of.rectified ? 'recheck' : 'open'}`
  return (
    <a href={to}>
      {w.t(of.rectified ? 'ov.stage.rectified' : 'ov.stage.open')}
      <span className="sr">{w.name(of)}</span>
    </a>
  )
}
