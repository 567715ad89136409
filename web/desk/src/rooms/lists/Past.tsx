import { Button } from 'antd'
import { useId, useState } from 'react'
import { type List, lists } from '../../api/lists'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'

/** The lists that came in before, the newest first. */
export function Past() {
  const w = useSpoken()
  const id = useId()
  const first = useResource('lists', (signal) => lists.all(null, signal), 'keep')
  const { busy, error, run } = useAct()
  const [more, setMore] = useState<NonNullable<typeof first.data>[]>([])
  const pages = first.data ? [first.data, ...more] : []
  const all = pages.flatMap((p) => p.lists)
  const next = pages[pages.length - 1]?.next ?? null
  const load = () =>
    run(async () => {
      const page = await lists.all(next)
      setMore((before) => [...before, page])
    })
  return (
    <section className="card" aria-labelledby={id}>
      <div className="list-head">
        <h2 id={id}>{w.t('past.title')}</h2>
        <Button
          onClick={() => {
            setMore([])
            first.retry()
          }}
        >
          {w.t('past.again')}
        </Button>
      </div>
      {first.error && <Failure error={first.error} retry={first.retry} told />}
      {!first.data && first.loading && <Loading />}
      {first.data && !all.length && <p className="muted">{w.t('past.none')}</p>}
      {all.length > 0 && <PastGrid all={all} />}
      <Told error={error} />
      {next && (
        <div className="actions">
          <Button onClick={load} loading={busy}>
            {w.t('past.more')}
          </Button>
        </div>
      )}
    </section>
  )
}

function PastGrid({ all }: { all: List[] }) {
  const w = useSpoken()
  return (
    <Grid
      label={w.t('past.title')}
      rows={all}
      keyOf={(l) => l.id}
      columns={[
        {
          key: 'sent',
          title: w.t('past.sent'),
          head: true,
          cell: (l) => <a href={`#lists?of=${l.id}`}>{w.stamp(l.sent_at)}</a>,
        },
        { key: 'kind', title: w.t('file.kind'), cell: (l) => w.t(`kind.${l.kind}`) },
        { key: 'area', title: w.t('past.area'), cell: (l) => <AreaName code={l.area} /> },
        { key: 'by', title: w.t('past.by'), cell: (l) => l.author },
        { key: 'rows', title: w.t('past.rows'), cell: (l) => w.n(l.rows) },
        { key: 'taken', title: w.t('past.taken'), cell: (l) => w.n(l.taken) },
        { key: 'refused', title: w.t('past.refused'), cell: (l) => w.n(l.refused) },
        { key: 'state', title: w.t('past.state'), cell: (l) => w.t(`state.of.${l.state}`) },
      ]}
    />
  )
}
