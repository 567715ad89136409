import { Button } from 'antd'
import { useState } from 'react'
import { type ActsPage, acts } from '../../api/looks'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'

/** Who let whom in, as what: the latest first. */
export function Acts() {
  const w = useSpoken()
  const first = useResource('acts', (signal) => acts(null, signal))
  const { busy, error, run } = useAct()
  const [more, setMore] = useState<ActsPage[]>([])
  if (first.error) return <Failure error={first.error} retry={first.retry} told />
  if (!first.data) return <Loading />
  const pages = [first.data, ...more]
  const next = pages[pages.length - 1]?.next ?? null
  const all = pages.flatMap((p) => p.acts)
  if (!all.length) return <p className="muted">{w.t('acts.none')}</p>
  return (
    <>
      <Grid
        label={w.t('acts.title')}
        rows={all}
        keyOf={(a) => String(a.seq)}
        columns={[
          { key: 'at', title: w.t('looks.when'), head: true, cell: (a) => w.stamp(a.at) },
          { key: 'who', title: w.t('looks.who'), cell: (a) => a.author_name || a.author },
          {
            key: 'what',
            title: w.t('acts.what'),
            cell: (a) => (
              <>
                {w.t(`acts.${a.act}`)}
                {a.watch && <span className="tag warns">{w.t('acts.watch')}</span>}
              </>
            ),
          },
          {
            key: 'whom',
            title: w.t('acts.whom'),
            cell: (a) => (
              <>
                {a.target_name}
                <span className="muted block">
                  {[a.role && w.name({ zh: a.role_zh, en: a.role_en }), w.name({ zh: a.area_zh, en: a.area_en })]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </>
            ),
          },
        ]}
      />
      <Told error={error} />
      {next !== null && (
        <div className="actions">
          <Button
            loading={busy}
            onClick={() =>
              run(async () => {
                const page = await acts(next)
                setMore((before) => [...before, page])
              })
            }
          >
            {w.t('looks.more')}
          </Button>
        </div>
      )}
    </>
  )
}
