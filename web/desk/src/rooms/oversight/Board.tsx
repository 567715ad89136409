import { type FindingBoard, oversight } from '../../api/oversight'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'

type Rule = FindingBoard['rules'][number]

/** What each rule found in an area, with how often it was wrong on drills; and the divisions below. */
export function Board({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(`oversight|${area}`, (signal) => oversight.board(area, signal), 'keep', ['oversight'])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { groups, rules, parts, last_at } = found.data
  const any = rules.some((one) => one.findings)
  return (
    <>
      {last_at ? (
        <p className="muted">{w.t('ov.last', { at: w.stamp(last_at) })}</p>
      ) : (
        <Empty title={w.t('ov.none.title')} text={w.t('ov.none.text')} />
      )}
      {any && <Parts parts={parts} area={area} />}
      {groups.map((group) => (
        <section key={group.code} className="card" aria-labelledby={`group-${group.code}`}>
          <h2 id={`group-${group.code}`}>{w.name(group)}</h2>
          <Group label={w.name(group)} rules={rules.filter((one) => one.group === group.code)} area={area} />
        </section>
      ))}
    </>
  )
}

interface RulesProps {
  label: string
  rules: Rule[]
  area: string
}

/** The rules of a group; those without findings are folded away. */
function Group({ label, rules, area }: RulesProps) {
  const w = useSpoken()
  const found = rules.filter((one) => one.findings)
  const quiet = rules.filter((one) => !one.findings)
  const title = w.t('ov.quiet', { n: w.n(quiet.length) })
  return (
    <>
      {found.length > 0 && <Rules label={label} rules={found} area={area} />}
      {quiet.length > 0 && (
        <details className="fold">
          <summary>{title}</summary>
          <Rules label={title} rules={quiet} area={area} />
        </details>
      )}
    </>
  )
}

function Rules({ label, rules, area }: RulesProps) {
  const w = useSpoken()
  return (
    <Grid
      label={label}
      rows={rules}
      keyOf={(one) => one.code}
      columns={[
        { key: 'rule', title: w.t('ov.rule'), head: true, cell: (one) => <Named rule={one} area={area} /> },
        { key: 'found', title: w.t('ov.found'), cell: (one) => w.n(one.findings), className: 'number' },
        { key: 'open', title: w.t('ov.open'), cell: (one) => w.n(one.open), className: 'number' },
        { key: 'mistaken', title: w.t('ov.mistaken'), cell: (one) => w.n(one.mistaken), className: 'number' },
        { key: 'alarms', title: w.t('ov.alarms'), cell: (one) => <Alarms rule={one} />, className: 'roomy' },
      ]}
    />
  )
}

function Named({ rule, area }: { rule: Rule; area: string }) {
  const w = useSpoken()
  const title = w.name(rule)
  return (
    <>
      {rule.findings ? (
        <a href={`#oversight?show=findings&area=${encodeURIComponent(area)}&rule=${rule.code}`}>{title}</a>
      ) : (
        title
      )}
      <span className="muted block small">{w.lang === 'zh' ? rule.text_zh : rule.text_en}</span>
    </>
  )
}

function Alarms({ rule }: { rule: Rule }) {
  const w = useSpoken()
  if (rule.alarms === null || rule.of === null || !rule.measured_on)
    return <span className="muted">{w.t('ov.alarms.none')}</span>
  return (
    <>
      {w.percent(rule.alarms / rule.of, 2)}
      <span className="muted block small">{w.t('ov.alarms.of', { alarms: w.n(rule.alarms), of: w.n(rule.of) })}</span>
      <span className="muted block small">{w.day(rule.measured_on)}</span>
    </>
  )
}

function Parts({ parts, area }: { parts: FindingBoard['parts']; area: string }) {
  const w = useSpoken()
  return (
    <section className="card" aria-labelledby="parts-title">
      <h2 id="parts-title">{w.t('ov.parts')}</h2>
      <Grid
        label={w.t('ov.parts')}
        rows={parts}
        keyOf={(one) => one.area}
        columns={[
          {
            key: 'area',
            title: w.t('ov.part'),
            head: true,
            cell: (one) =>
              one.area === area ? (
                <AreaName code={one.area} />
              ) : (
                <a href={`#oversight?show=board&area=${encodeURIComponent(one.area)}`}>
                  <AreaName code={one.area} />
                </a>
              ),
          },
          { key: 'missed', title: w.t('ov.missed'), cell: (one) => w.n(one.missed), className: 'number' },
          { key: 'late', title: w.t('ov.late'), cell: (one) => w.n(one.late), className: 'number' },
          { key: 'made_up', title: w.t('ov.made_up'), cell: (one) => w.n(one.made_up), className: 'number' },
          { key: 'open', title: w.t('ov.open'), cell: (one) => w.n(one.open), className: 'number' },
        ]}
      />
    </section>
  )
}
