import { Alert } from 'antd'
import { looks, type Retention as Policy } from '../../api/looks'
import { useResource } from '../../api/resource'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'

/** How long each class of data is kept, and on which basis. */
export default function Retention() {
  const w = useSpoken()
  const policy = useResource('retention', looks.retention)
  return (
    <>
      <div className="heading">
        <h1>{w.t('retention.title')}</h1>
        {policy.data && <p>{w.t('retention.text', { date: w.day(policy.data.valid_from) })}</p>}
      </div>
      {policy.error && <Failure error={policy.error} retry={policy.retry} told />}
      {policy.loading && <Loading />}
      {policy.data && <OpenTooLong of={policy.data} />}
      {policy.data && (
        <section className="card">
          <Grid
            label={w.t('retention.title')}
            rows={policy.data.classes}
            keyOf={(c) => c.id}
            columns={[
              { key: 'class', title: w.t('retention.class'), head: true, cell: (c) => w.name(c) },
              {
                key: 'days',
                title: w.t('retention.days'),
                cell: (c) => w.t(`retention.${c.counts_from}`, { n: w.n(c.days) }),
                className: 'some',
              },
              {
                key: 'basis',
                title: w.t('retention.basis'),
                cell: (c) => w.name(c.basis),
                className: 'roomy',
              },
              {
                key: 'source',
                title: w.t('retention.source'),
                cell: (c) => w.name({ zh: c.source_zh, en: c.source }),
                className: 'roomy',
              },
            ]}
          />
        </section>
      )}
    </>
  )
}

/** What was begun long ago and never ended: nothing of it is ever due, so that somebody has to look. */
function OpenTooLong({ of: { open_too_long, open_days } }: { of: Policy }) {
  const w = useSpoken()
  if (!open_too_long.length) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={w.t('retention.open', { n: w.n(open_days) })}
      description={
        <ul>
          {open_too_long.map((one) => (
            <li key={one.data_class.id}>
              {w.t('retention.open.one', {
                class: w.name(one.data_class),
                n: w.n(one.holdings),
                date: w.day(one.oldest),
              })}
            </li>
          ))}
        </ul>
      }
    />
  )
}
