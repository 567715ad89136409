import { Button } from 'antd'
import { useState } from 'react'
import type { Graph } from '../../api/contacts'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { pathOf } from '../../route'
import { classOf, numberOf, onsetDay } from './Side'
import { useSpoken } from './words'

const PAGE = 50

/** The same cases as the graph has, generation by generation, for whoever reads rather than looks. */
export function CaseTable({ of, choose }: { of: Graph; choose: (id: string) => void }) {
  const w = useSpoken()
  const [shown, setShown] = useState(PAGE)
  const numbers = new Map(of.nodes.map((n) => [n.id, numberOf(n)]))
  const from = new Map<string, string[]>()
  for (const e of of.edges) from.set(e.infectee, [...(from.get(e.infectee) ?? []), e.infector])
  const all = [...of.nodes].sort(
    (a, b) =>
      (a.generation ?? 99) - (b.generation ?? 99) ||
      (a.onset_earliest ?? '9').localeCompare(b.onset_earliest ?? '9') ||
      numberOf(a).localeCompare(numberOf(b)),
  )
  return (
    <section className="card">
      <h2>{w.t('chains.table')}</h2>
      <Grid
        label={w.t('chains.table')}
        rows={all.slice(0, shown)}
        keyOf={(n) => n.id}
        columns={[
          {
            key: 'case',
            title: w.t('chains.col.case'),
            head: true,
            cell: (n) => <a href={pathOf({ room: 'case', id: n.id })}>{numberOf(n)}</a>,
          },
          {
            key: 'generation',
            title: w.t('chains.col.generation'),
            cell: (n) => (n.generation === null ? '—' : w.n(n.generation)),
          },
          { key: 'class', title: w.t('chains.col.class'), cell: (n) => classOf(n, w) },
          {
            key: 'onset',
            title: w.t('chains.col.onset'),
            cell: (n) => onsetDay(n, w) ?? <span className="null">{w.t('chains.onset.none')}</span>,
          },
          { key: 'area', title: w.t('chains.col.area'), cell: (n) => <AreaName code={n.area} /> },
          {
            key: 'from',
            title: w.t('chains.col.from'),
            cell: (n) =>
              from.get(n.id)?.map((id) => (
                <Button key={id} type="link" size="small" onClick={() => choose(id)}>
                  {numbers.get(id) ?? id.slice(-6)}
                </Button>
              )) ?? '—',
          },
          {
            key: 'ties',
            title: '',
            className: 'acts',
            cell: (n) => (
              <Button size="small" aria-label={`${w.t('chains.ties')} ${numberOf(n)}`} onClick={() => choose(n.id)}>
                {w.t('chains.ties')}
              </Button>
            ),
          },
        ]}
      />
      {shown < all.length && (
        <div className="actions">
          <Button onClick={() => setShown((n) => n + PAGE)}>
            {w.t('chains.table.more', { n: w.n(Math.min(PAGE, all.length - shown)) })}
          </Button>
        </div>
      )}
    </section>
  )
}
