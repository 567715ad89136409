import '../../styles/isolation.css'
import '../../styles/tasks.css'
import '../../styles/burden.css'
import '../../styles/plans.css'
import { Alert } from 'antd'
import { type AskedForm, type Burden as Day, burden, type Registry } from '../../api/oversight'
import { useResource } from '../../api/resource'
import { AreaField } from '../../forms/AreaField'
import { AreaName } from '../../forms/AreaName'
import { DayField, isDay } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Register } from './Register'
import { Rest } from './Rest'
import { Withdraw } from './Withdraw'
import { useSpoken } from './words'

/** The registry of forms, what forms cost, and the one act that lets them rest. */
export default function Burden() {
  const w = useSpoken()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  const area = filter.area || top
  const day = filter.day ?? ''
  const spent = useResource(`burden|${area}|${day}`, (signal) => burden.of(area, day, signal), 'keep')
  const found = useResource(`burden-forms|${area}`, (signal) => burden.forms(area, signal), 'keep', ['oversight'])
  const again = () => {
    found.retry()
    spent.retry()
  }
  return (
    <>
      <div className="heading">
        <h1>{w.t('bu.title')}</h1>
        <p className="muted">{w.t('bu.text')}</p>
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('bu.area')}</span>
          <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('bu.area')} />
        </div>
        <div className="pick inline">
          <span aria-hidden>{w.t('bu.day')}</span>
          <DayField
            aria-label={w.t('bu.day')}
            key={spent.data?.day}
            style={{ width: '9rem' }}
            defaultValue={spent.data?.day ?? day}
            onChange={(to) => isDay(to) && narrow({ day: to })}
          />
        </div>
      </search>
      {spent.error && <Failure error={spent.error} retry={spent.retry} told />}
      {spent.data && !spent.error && <Spent of={spent.data} names={found.data?.forms ?? []} />}
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && !found.error && <Loading />}
      {found.data && !found.error && (
        <>
          <Rest of={found.data} done={again} />
          <Forms of={found.data} done={again} />
          {may('burden.manage') && <Register key={area} of={found.data} done={again} />}
        </>
      )}
    </>
  )
}

function Spent({ of, names }: { of: Day; names: AskedForm[] }) {
  const w = useSpoken()
  const minutes = (n: number) => w.t('bu.minutes', { n: w.n(Math.round(n)) })
  const named = (code: string) => {
    const its = names.find((one) => one.kind === 'own' && one.code === code)
    return its ? w.name(its) : code
  }
  const parts = Object.entries(of.by_part).sort((a, b) => b[1] - a[1])
  return (
    <section className="card" aria-label={w.t('bu.median')}>
      {of.alert && (
        <Alert
          type="warning"
          showIcon
          title={w.t('bu.alert', { n: w.n(Math.round(of.median_min ?? 0)), max: w.n(of.budget_min) })}
        />
      )}
      <dl className="facts">
        <div>
          <dt>{w.t('bu.median')}</dt>
          <dd>{of.median_min === null ? <span className="null">{w.t('bu.nobody')}</span> : minutes(of.median_min)}</dd>
        </div>
        <div>
          <dt>{w.t('bu.workers')}</dt>
          <dd>{w.n(of.workers)}</dd>
        </div>
        <div>
          <dt>{w.t('bu.over', { n: w.n(of.budget_min) })}</dt>
          <dd>{w.n(of.over)}</dd>
        </div>
      </dl>
      {of.more > 0 && <p>{w.t('bu.more', { n: w.n(Math.round(of.more)) })}</p>}
      {parts.length > 0 && (
        <dl className="spent" aria-label={w.t('bu.parts')}>
          {parts.map(([code, n]) => (
            <div key={code}>
              <dt>{named(code)}</dt>
              <dd>{minutes(n)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="muted small">{w.t('bu.note')}</p>
    </section>
  )
}

const TAGS = { asked: 'active', resting: 'warns', ended: '' } as const

/** The registry: what offices ask for besides, which can rest, stands first; what the law asks for is folded away. */
function Forms({ of, done }: { of: Registry; done: () => void }) {
  const w = useSpoken()
  const besides = of.forms.filter((one) => one.kind === 'office')
  const others = of.forms.filter((one) => one.kind !== 'office')
  const law = w.t('bu.forms.law', { n: w.n(others.length) })
  return (
    <section className="card" aria-label={w.t('bu.forms')}>
      <h2>{w.t('bu.forms')}</h2>
      <p role="status">{of.twice.length ? w.t('bu.twice', { fields: of.twice.join(' ') }) : w.t('bu.twice.none')}</p>
      {besides.length ? (
        <Listed label={w.t('bu.forms.office')} forms={besides} of={of} done={done} />
      ) : (
        <p className="muted">{w.t('bu.forms.none')}</p>
      )}
      <details className="fold">
        <summary>{law}</summary>
        <Listed label={law} forms={others} of={of} done={done} />
      </details>
      <p className="muted small">{w.t('bu.source', { source: w.name({ zh: of.source_zh, en: of.source }) })}</p>
    </section>
  )
}

interface ListedProps {
  label: string
  forms: AskedForm[]
  of: Registry
  done: () => void
}

function Listed({ label, forms, of, done }: ListedProps) {
  const w = useSpoken()
  const bases = new Map(of.bases.map((one) => [one.code, w.name(one)]))
  return (
    <Grid
      label={label}
      rows={forms}
      keyOf={(one) => one.id ?? `${one.kind}${one.code}`}
      columns={[
        { key: 'form', title: w.t('bu.form'), head: true, cell: (one) => <Named of={one} done={done} /> },
        {
          key: 'basis',
          title: w.t('bu.basis'),
          cell: (one) => (
            <>
              {bases.get(one.basis)} {one.statutory && <span className="tag">{w.t('bu.statutory')}</span>}
              {one.doc_no && <span className="muted block small">{one.doc_no}</span>}
            </>
          ),
        },
        {
          key: 'purpose',
          title: w.t('bu.purpose'),
          cell: (one) => w.name({ zh: one.purpose, en: one.purpose_en || one.purpose }),
        },
        {
          key: 'ends',
          title: w.t('bu.ends'),
          cell: (one) => (one.ends ? w.day(one.ends) : w.t(one.statutory ? 'bu.lasting' : 'bu.open')),
        },
        { key: 'cost', title: w.t('bu.cost'), cell: (one) => <Cost of={one} /> },
        {
          key: 'state',
          title: w.t('bu.state'),
          cell: (one) => <span className={`tag ${TAGS[one.state]}`}>{w.t(`bu.state.${one.state}`)}</span>,
        },
      ]}
    />
  )
}

function Cost({ of }: { of: AskedForm }) {
  const w = useSpoken()
  if (of.kind === 'sheet') return <>{w.t('bu.cost.none')}</>
  if (of.times_a_day) return <>{w.t('bu.cost.day', { n: w.n(of.minutes), times: w.n(of.times_a_day) })}</>
  return <>{w.t('bu.minutes', { n: w.n(of.minutes) })}</>
}

function Named({ of, done }: { of: AskedForm; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const known = of.fields.filter((one) => one.known)
  const asked = of.fields.filter((one) => !one.known)
  const listed = (fields: AskedForm['fields']) =>
    fields
      .map((one) => (one.zh ? w.name({ zh: one.zh, en: one.en || one.zh }) : one.code))
      .join(w.lang === 'zh' ? '、' : ', ')
  return (
    <>
      {w.name({ zh: of.zh, en: of.en || of.zh })}
      {of.area && (
        <span className="muted block small">
          <AreaName code={of.area} />
        </span>
      )}
      {of.kind === 'office' && (
        <>
          {known.length > 0 && <span className="block small">{w.t('bu.fields.known', { fields: listed(known) })}</span>}
          {asked.length > 0 && <span className="block small">{w.t('bu.fields.asked', { fields: listed(asked) })}</span>}
        </>
      )}
      {of.kind === 'own' && (
        <span className="muted block small">{w.t('bu.fields.n', { n: w.n(of.fields.length) })}</span>
      )}
      {of.id && may('burden.manage') && <Withdraw id={of.id} done={done} />}
    </>
  )
}
