import { type Act, acts } from '../../api/looks'
import { useResource } from '../../api/resource'
import { Grid } from '../../forms/Grid'
import { Earlier } from '../../parts/Earlier'
import { Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'

/** Who let whom in, as what: the latest first. */
export function Acts() {
  const w = useSpoken()
  const first = useResource('acts', (signal) => acts(null, signal))
  if (first.error) return <Failure error={first.error} retry={first.retry} told />
  if (!first.data) return <Loading />
  if (!first.data.acts.length) return <p className="muted">{w.t('acts.none')}</p>
  return (
    <Earlier first={first.data} load={acts} more={w.t('looks.more')}>
      {(pages) => <ActGrid of={pages.flatMap((p) => p.acts)} />}
    </Earlier>
  )
}

function ActGrid({ of }: { of: Act[] }) {
  const w = useSpoken()
  return (
    <Grid
      label={w.t('acts.title')}
      rows={of}
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
  )
}
