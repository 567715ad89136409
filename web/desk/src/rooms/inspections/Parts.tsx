import { gates, type Inspections } from '../../api/gates'
import { sampling, type Undone } from '../../api/oversight'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Overdue } from '../oversight/Overdue'
import { useSpoken } from './words'

/** Findings by the part of the work, what is overdue, and what stands still. */
export function Parts({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`inspections|${area}`, (signal) => gates.inspections({ area }, signal), 'keep', ['gates'])
  const terms = useResource('gate-terms', gates.terms)
  const undone = useResource(
    may('plans.read') ? `undone|${area}` : null,
    (signal) => sampling.undone(area, signal),
    'keep',
    ['command'],
  )
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const named = (vocabulary: string, code: string) => {
    const its = terms.data?.words[vocabulary]?.find((one) => one.code === code)
    return its ? w.name(its) : code
  }
  return (
    <>
      <ByPart of={found.data} named={(code) => named('dimensions', code)} />
      {may('findings.read') && <Overdue area={area} />}
      {undone.data && <Left of={undone.data} />}
    </>
  )
}

interface Props {
  of: Inspections
  named: (code: string) => string
}

function ByPart({ of, named }: Props) {
  const w = useSpoken()
  const all = of.on_site + of.by_phone
  const share = w.percent(all ? of.on_site / all : 0)
  return (
    <section className="card" aria-label={w.t('in.parts')}>
      <h2>{w.t('in.parts')}</h2>
      <p>
        {w.t('in.mode', { n: w.n(all), site: w.n(of.on_site), phone: w.n(of.by_phone), share })}{' '}
        <a href="#gates?show=inspections">{w.t('in.all')}</a>
      </p>
      <Grid
        label={w.t('in.parts')}
        rows={of.dimensions}
        keyOf={(one) => one.code}
        columns={[
          { key: 'part', title: w.t('in.part'), head: true, cell: (one) => named(one.code) },
          { key: 'order', title: w.t('in.part.order'), cell: (one) => w.n(one.in_order) },
          { key: 'found', title: w.t('in.part.found'), cell: (one) => w.n(one.found) },
          { key: 'open', title: w.t('in.part.open'), cell: (one) => w.n(one.open) },
        ]}
      />
    </section>
  )
}

function Left({ of }: { of: Undone }) {
  const w = useSpoken()
  const still = w.t('in.still', { n: w.n(of.stale_h) })
  return (
    <>
      <section className="card" aria-label={w.t('in.gatherings')}>
        <h2>{w.t('in.gatherings')}</h2>
        {of.gatherings.length === 0 && <p className="muted">{w.t('in.gatherings.none')}</p>}
        {of.gatherings.length > 0 && (
          <Grid
            label={w.t('in.gatherings')}
            rows={of.gatherings}
            keyOf={(one) => one.id}
            columns={[
              { key: 'area', title: w.t('in.area'), head: true, cell: (one) => <AreaName code={one.area} /> },
              { key: 'known', title: w.t('in.known'), cell: (one) => w.stamp(one.began) },
              { key: 'due', title: w.t('in.due'), cell: (one) => w.stamp(one.due) },
            ]}
          />
        )}
      </section>
      <section className="card" aria-label={still}>
        <h2>{still}</h2>
        {of.measures.length === 0 && <p className="muted">{w.t('in.still.none')}</p>}
        {of.measures.length > 0 && (
          <Grid
            label={still}
            rows={of.measures}
            keyOf={(one) => one.id}
            columns={[
              {
                key: 'measure',
                title: w.t('in.measure'),
                head: true,
                cell: (one) => `${w.n(one.number)} ${w.name({ zh: one.zh, en: one.en || one.zh })}`,
              },
              { key: 'area', title: w.t('in.area'), cell: (one) => <AreaName code={one.area} /> },
              { key: 'since', title: w.t('in.since'), cell: (one) => w.stamp(one.since) },
            ]}
          />
        )}
      </section>
    </>
  )
}
