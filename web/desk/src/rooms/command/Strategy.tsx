import { Input, Select } from 'antd'
import { command } from '../../api/command'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { type Override, steering, type Strategy as All, type StrategyLine } from '../../api/steering'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { TimeField } from '../../forms/TimeField'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSession } from '../../session'
import { Small } from '../mobilisation/parts'
import { Held } from './Held'
import { useSpoken } from './words'

/** Which strategy follows from the class of each county, and where an authority decided on another until a day. */
export function Strategy({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`strategy|${area}`, (signal) => steering.strategy(area, signal), 'keep', [
    'command',
    'warning',
  ])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const of = found.data
  return (
    <>
      <section className="card" aria-labelledby="decided-title">
        <h2 id="decided-title">{w.t('st.decided')}</h2>
        {of.override ? (
          <Decided
            of={of.override}
            own={of.override.area === area && may('plans.manage')}
            all={of}
            done={found.retry}
          />
        ) : (
          <p className="muted">{w.t('st.decided.none')}</p>
        )}
        {may('plans.manage') && <Decide of={of} done={found.retry} />}
      </section>
      {of.lines === null && <Empty title={w.t('st.untold.title')} text={w.t('st.untold.text')} />}
      {of.held && of.held.length > 0 && <Held of={of.held} />}
      {of.held && of.held.length > 0 && !of.lines?.length && <p className="muted">{w.t('st.many')}</p>}
      {of.lines && of.lines.length > 0 && <Lines rows={of.lines} />}
    </>
  )
}

function Decided({ of, own, all, done }: { of: Override; own: boolean; all: All; done: () => void }) {
  const w = useSpoken()
  return (
    <>
      <p>
        <b>{w.name(of.strategy)}</b> <span className="tag warns">{w.t('st.until', { at: w.stamp(of.ends) })}</span>
        <span className="muted block small">
          <AreaName code={of.area} /> · {of.reason} · {of.doc_no} · {w.stamp(of.starts)}
        </span>
      </p>
      {own && of.fact && (
        <Undo what={w.name(of.strategy)} take={() => command.takeBack(all.subject, of.fact as string)} done={done} />
      )}
    </>
  )
}

function Decide({ of, done }: { of: All; done: () => void }) {
  const w = useSpoken()
  return (
    <Small
      name="strategy"
      title={w.t('st.decide')}
      fields={[
        [
          'strategy',
          w.t('st.holds'),
          <Select key="strategy" options={of.vocabulary.map((one) => ({ value: one.code, label: w.name(one) }))} />,
        ],
        ['reason', w.t('st.reason'), <Input key="reason" maxLength={200} autoComplete="off" />],
        ['doc_no', w.t('co.doc'), <Input key="doc" maxLength={200} autoComplete="off" />],
        ['starts', w.t('co.starts'), <TimeField key="starts" />],
        ['ends', w.t('st.ends'), <TimeField key="ends" />],
      ]}
      send={(values) =>
        steering.override({ ...(values as Parameters<typeof steering.override>[0]), area: of.area, fact: newId() })
      }
      done={done}
    />
  )
}

function Lines({ rows }: { rows: StrategyLine[] }) {
  const w = useSpoken()
  return (
    <section className="card" aria-labelledby="classes-title">
      <h2 id="classes-title">{w.t('st.lines')}</h2>
      <Grid
        label={w.t('st.lines')}
        rows={rows}
        keyOf={(one) => one.area}
        columns={[
          {
            key: 'area',
            title: w.t('co.area'),
            head: true,
            cell: (one) => (
              <>
                {w.name(one)} <span className="muted small">{w.t(`st.scheme.${one.scheme}`)}</span>
              </>
            ),
          },
          {
            key: 'class',
            title: w.t('st.class'),
            cell: (one) => (one.counts_as ? w.name(one.counts_as) : <span className="null">{w.t('st.open')}</span>),
          },
          { key: 'holds', title: w.t('st.holds'), cell: (one) => <Holds of={one} /> },
          { key: 'why', title: w.t('st.why'), cell: (one) => <Why of={one} /> },
        ]}
      />
    </section>
  )
}

function Holds({ of }: { of: StrategyLine }) {
  const w = useSpoken()
  if (!of.holds) return <span className="null">{w.t('st.none')}</span>
  return (
    <>
      <b>{w.name(of.holds)}</b> {of.override && <span className="tag warns">{w.t('st.by.decision')}</span>}
    </>
  )
}

/** The rule that it follows from, or the decision with its end, beside what the class says. */
function Why({ of }: { of: StrategyLine }) {
  const w = useSpoken()
  const rule =
    of.follows && w.t('st.rule', { edition: of.edition, source: w.name({ zh: of.source_zh, en: of.source }) })
  if (!of.override) return <span className="muted small">{rule ?? w.t('st.no.rule')}</span>
  return (
    <span className="muted small">
      <AreaName code={of.override.area} /> · {of.override.reason} · {of.override.doc_no} ·{' '}
      {w.t('st.until', { at: w.stamp(of.override.ends) })}
      {of.follows && <span className="block">{w.t('st.instead', { strategy: w.name(of.follows) })}</span>}
    </span>
  )
}
