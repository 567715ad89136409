import { type Look, type LooksPage, looks } from '../../api/looks'
import { useResource } from '../../api/resource'
import { Grid } from '../../forms/Grid'
import { Earlier } from '../../parts/Earlier'
import { Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'

/** Looks, the latest first: at one person, or of all whom the viewer may oversee. */
export function LookList({ person }: { person?: string }) {
  const load = (from: number | null, signal?: AbortSignal) =>
    person ? looks.of(person, from, signal) : looks.recent(from, signal)
  const first = useResource(`looks|${person ?? ''}`, (signal) => load(null, signal))
  if (first.error) return <Failure error={first.error} retry={first.retry} told />
  if (!first.data) return <Loading />
  return <LookPages first={first.data} load={load} />
}

interface Props {
  first: LooksPage
  load: (from: number | null) => Promise<LooksPage>
}

export function LookPages({ first, load }: Props) {
  const w = useSpoken()
  if (!first.looks.length) return <p className="muted">{w.t('looks.none')}</p>
  return (
    <Earlier first={first} load={load} more={w.t('looks.more')}>
      {(pages) => <LookGrid of={pages.flatMap((p) => p.looks)} />}
    </Earlier>
  )
}

function LookGrid({ of }: { of: Look[] }) {
  const w = useSpoken()
  return (
    <Grid
      label={w.t('looks.title')}
      rows={of}
      keyOf={(l) => l.fact}
      columns={[
        { key: 'at', title: w.t('looks.when'), head: true, cell: (l) => w.stamp(l.at) },
        { key: 'who', title: w.t('looks.who'), cell: (l) => <Looker of={l} /> },
        { key: 'why', title: w.t('looks.why'), cell: (l) => w.name(l.purpose) },
        {
          key: 'what',
          title: w.t('looks.what'),
          cell: (l) => (
            <>
              {w.t(`act.${l.act}`)}
              {l.people > 1 && <> · {w.t('looks.people', { n: w.n(l.people) })}</>}
              {l.break_glass && <span className="tag warns">{w.t('looks.glass')}</span>}
              {l.fields.length > 0 && (
                <span className="muted block">{l.fields.map(w.name).join(w.t('list.comma'))}</span>
              )}
            </>
          ),
        },
      ]}
    />
  )
}

/** Whoever looked, by role, area and post; no officer's name. */
export function Looker({ of }: { of: Pick<Look, 'role' | 'area' | 'post'> }) {
  const w = useSpoken()
  return (
    <>
      {w.name(of.role)}
      <span className="muted block">
        {w.name(of.area)}
        {of.post && <> · {w.t('looks.post', { post: of.post })}</>}
      </span>
    </>
  )
}
