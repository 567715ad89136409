import { command, type Instruction } from '../../api/command'
import { useResource } from '../../api/resource'
import { type Product, steering } from '../../api/steering'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** The three products of a warning: for whom each is, its clock, and those that were issued here. */
export function Products({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(
    `products|${area}`,
    (signal) => Promise.all([steering.board(area, signal), command.notices(area, signal)]),
    'keep',
    ['command'],
  )
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const [{ products, now }, { notices }] = found.data
  const says = ({ source, source_zh }: Product) => w.name({ zh: source_zh, en: source })
  return products.map((one, at) => (
    <section key={one.sort} className="card" aria-labelledby={`product-${one.sort}`}>
      <h2 id={`product-${one.sort}`}>{w.name(one)}</h2>
      <p>
        {w.t(`pr.audience.${audience(one)}`)} · {clock(one, w)}
      </p>
      <p className="muted small">
        {w.t('pr.since', { day: w.day(one.since) })}
        {(!at || says(one) !== says(products[at - 1] as Product)) && w.t('pr.source', { source: says(one) })}
      </p>
      {one.since > now.slice(0, 10) ? (
        <p className="null">{w.t('pr.not.yet')}</p>
      ) : (
        <Issued rows={notices.filter((its) => its.sort === one.sort)} label={w.name(one)} />
      )}
      {may('plans.manage') && one.since <= now.slice(0, 10) && (
        <a href={`#notices?show=send&sort=${one.sort}&area=${encodeURIComponent(area)}`}>{w.t('pr.issue')}</a>
      )}
    </section>
  ))
}

const audience = (one: Product) => one.audience as 'public' | 'units' | 'government'

function clock(one: Product, w: ReturnType<typeof useSpoken>) {
  const hours = { read: w.n(one.read_h) }
  return one.act_h === null ? w.t('pr.read', hours) : w.t('pr.read.act', { ...hours, act: w.n(one.act_h) })
}

function Issued({ rows, label }: { rows: Instruction[]; label: string }) {
  const w = useSpoken()
  if (!rows.length) return <p className="null">{w.t('pr.none')}</p>
  return (
    <Grid
      label={label}
      rows={rows}
      keyOf={(one) => one.id}
      columns={[
        {
          key: 'title',
          title: w.t('pr.title'),
          head: true,
          cell: (one) => (w.lang === 'zh' ? one.zh : one.en || one.zh),
        },
        { key: 'area', title: w.t('co.area'), cell: (one) => <AreaName code={one.area} /> },
        { key: 'sent', title: w.t('pr.sent'), cell: (one) => w.stamp(one.sent) },
        {
          key: 'read',
          title: w.t('co.notices'),
          className: 'number',
          cell: (one) => w.t('co.share', { n: w.n(one.read), of: w.n(one.of) }),
        },
      ]}
    />
  )
}
