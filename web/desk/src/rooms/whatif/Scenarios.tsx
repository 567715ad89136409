import { Button, Checkbox, Input, Radio } from 'antd'
import { useId } from 'react'
import type { Measure, MeasureTerm, Terms } from '../../api/whatif'
import { type DraftMeasure, type DraftScenario, growthOf } from './draft'
import { Num } from './Num'
import { Source } from './Source'
import { useSpoken } from './words'

type Words = ReturnType<typeof useSpoken>

interface Props {
  of: DraftScenario[]
  terms: Terms
  change: (to: DraftScenario[]) => void
}

/** The sets of measures that are compared. */
export function Scenarios({ of, terms, change }: Props) {
  const w = useSpoken()
  const put = (at: number, part: Partial<DraftScenario>) =>
    change(of.map((one, here) => (here === at ? { ...one, ...part } : one)))
  const last = of[of.length - 1]
  const add = () => {
    if (!last) return
    const key = Math.max(...of.map((one) => one.key)) + 1
    change([...of, { ...last, key, name: w.t('sc.copy.name', { name: last.name }).slice(0, 64) }])
  }
  return (
    <section className="card" aria-labelledby="wi-scenarios">
      <h2 id="wi-scenarios">{w.t('sc.title')}</h2>
      <div className="scenarios">
        {of.map((one, at) => (
          <Scenario
            key={one.key}
            of={one}
            terms={terms}
            put={(part) => put(at, part)}
            remove={of.length > 1 ? () => change(of.filter((_, here) => here !== at)) : null}
          />
        ))}
      </div>
      {of.length < terms.limits.most_scenarios && <Button onClick={add}>{w.t('sc.add')}</Button>}
    </section>
  )
}

interface OneProps {
  of: DraftScenario
  terms: Terms
  put: (part: Partial<DraftScenario>) => void
  remove: (() => void) | null
}

function Scenario({ of, terms, put, remove }: OneProps) {
  const w = useSpoken()
  const id = useId()
  const measure = (code: Measure, part: Partial<DraftMeasure>) =>
    put({ measures: { ...of.measures, [code]: { ...of.measures[code], ...part } } })
  return (
    <fieldset className="scenario">
      <legend className="sr">{of.name}</legend>
      <div className="scenario-name">
        <label htmlFor={id}>{w.t('sc.name')}</label>
        <Input id={id} value={of.name} maxLength={64} onChange={(e) => put({ name: e.target.value })} />
        {remove && (
          <Button type="text" onClick={remove} aria-label={`${w.t('sc.remove')} ${of.name}`}>
            {w.t('sc.remove')}
          </Button>
        )}
      </div>
      <Growth of={of} terms={terms} put={put} />
      <h3>{w.t('sc.measures')}</h3>
      <p className="muted small">{w.t('sc.days.help')}</p>
      {terms.measures.map((one) => (
        <Taken
          key={one.code}
          term={one}
          of={of.measures[one.code]}
          terms={terms}
          put={(part) => measure(one.code, part)}
        />
      ))}
    </fieldset>
  )
}

function Growth({ of, terms, put }: Omit<OneProps, 'remove'>) {
  const w = useSpoken()
  const id = useId()
  return (
    <>
      <h3 id={id}>{w.t('sc.growth')}</h3>
      <Radio.Group
        aria-labelledby={id}
        value={of.by}
        onChange={(e) => put(growthOf(terms, e.target.value))}
        options={(['reproduction', 'doubling_days'] as const).map((value) => ({ value, label: w.t(`sc.by.${value}`) }))}
      />
      <div className="nums">
        <Num label={w.t(`sc.value.${of.by}`)} value={of.value} onChange={(value) => put({ value })} needed />
        <Num label={w.t('sc.low')} value={of.low} onChange={(low) => put({ low })} />
        <Num label={w.t('sc.high')} value={of.high} onChange={(high) => put({ high })} />
      </div>
      <p className="muted small">{w.t('sc.interval')}</p>
      {of.by === 'reproduction' ? (
        <Source of={terms.reproduction} />
      ) : (
        <p className="muted small">{w.t('sc.doubling.help')}</p>
      )}
    </>
  )
}

interface TakenProps {
  term: MeasureTerm
  of: DraftMeasure
  terms: Terms
  put: (part: Partial<DraftMeasure>) => void
}

function Taken({ term, of, terms, put }: TakenProps) {
  const w = useSpoken()
  const { earliest_day: least, most_days: most } = terms.limits
  return (
    <div className="measure">
      <Checkbox checked={of.taken} onChange={(e) => put({ taken: e.target.checked })}>
        {w.name(term)}
      </Checkbox>
      {of.taken && (
        <details>
          <summary className="small">{takenAs(of, term, w)}</summary>
          <p className="muted small">{w.lang === 'zh' ? term.text_zh : term.text_en}</p>
          <div className="nums">
            <Num
              label={w.t('sc.begins')}
              value={of.begins}
              onChange={(begins) => put({ begins })}
              least={least}
              most={most}
              whole
              needed
            />
            <Num label={w.t('sc.ends')} value={of.ends} onChange={(ends) => put({ ends })} most={most + 1} whole />
            <Num
              label={w.t('sc.share')}
              value={of.share}
              onChange={(share) => put({ share })}
              least={0}
              most={1}
              share
              needed
            />
            {term.delay && (
              <Num
                label={w.t('sc.delay')}
                value={of.delay}
                onChange={(delay) => put({ delay })}
                least={0}
                most={30}
                needed
              />
            )}
            <Num
              label={w.t('sc.effect')}
              value={of.effect}
              onChange={(effect) => put({ effect })}
              least={0}
              most={1}
              share
              needed
            />
          </div>
          <Source of={term.published} />
        </details>
      )}
    </div>
  )
}

/** The figures of a measure in one line; an empty field is a dash. */
function takenAs(of: DraftMeasure, term: MeasureTerm, w: Words): string {
  const said = (value: number | null, say: (n: number) => string) => (value === null ? '—' : say(value))
  const begun = of.begins !== null && of.begins <= 0
  return [
    begun ? w.t('sc.begun') : w.t('sc.from', { n: said(of.begins, w.n) }),
    ...(of.ends === null ? [] : [w.t('sc.until', { n: w.n(of.ends) })]),
    `${w.t('sc.share')} ${said(of.share, (n) => w.percent(n, 3))}`,
    ...(term.delay ? [w.t('sc.after', { n: said(of.delay, w.n) })] : []),
    `${w.t('sc.effect')} ${said(of.effect, (n) => w.percent(n, 3))}`,
  ].join(' · ')
}
