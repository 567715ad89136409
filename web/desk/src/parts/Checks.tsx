import { useMemo, useState } from 'react'
import type { Check, CheckState, MetricTitle, Situation, Term } from '../api/types'
import { useWords } from '../i18n'
import type { OriginOf } from './Origin'

/** A check's state as shown: what only informs is no warning. */
type Shown = CheckState | 'informs'

const ORDER: Shown[] = ['fails', 'warns', 'informs', 'holds', 'not_applicable']
const SIGN: Record<Shown, string> = { holds: '✓', warns: '!', informs: 'i', fails: '✕', not_applicable: '–' }

const shownAs = (check: Check): Shown => (check.state === 'warns' && check.severity === 'I' ? 'informs' : check.state)

export interface CheckGroup {
  id: string
  state: Shown
  checks: Check[]
}

/** Checks of one identity together, the worst state first, and of one state those that leave a difference. */
export function groups(checks: readonly Check[]): CheckGroup[] {
  const by = new Map<string, Check[]>()
  for (const check of checks) {
    const key = `${check.id}|${shownAs(check)}`
    by.set(key, [...(by.get(key) ?? []), check])
  }
  const out = [...by.values()].map((of) => ({ id: (of[0] as Check).id, state: shownAs(of[0] as Check), checks: of }))
  const serial = (id: string) => Number(id.replace(/\D/g, '')) || 99
  const gap = (g: CheckGroup) => (g.checks.some((c) => c.difference) ? 0 : 1)
  return out.sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || gap(a) - gap(b) || serial(a.id) - serial(b.id),
  )
}

interface Props {
  situation: Situation
  show: (of: OriginOf) => void
}

export function Checks({ situation, show }: Props) {
  const w = useWords()
  const openTerm = (term: Term) => {
    const { metric, area_code, bulletin_id } = term
    const notice = situation.curve.points.find((p) => p.bulletin_id === bulletin_id)
    if (area_code) show({ metric, division: { code: area_code }, cell: null, asOf: notice?.as_of })
  }
  return (
    <section className="card checks" aria-labelledby="checks-title">
      <header>
        <h2 id="checks-title">{w.t('checks.title')}</h2>
        <Tally checks={situation.checks} />
        <p className="muted">{situation.checks.length ? w.t('checks.intro') : w.t('checks.none')}</p>
      </header>
      <CheckStrip checks={situation.checks} titles={situation.titles} openTerm={openTerm} />
    </section>
  )
}

/** How many hold, warn, fail. */
export function Tally({ checks }: { checks: readonly Check[] }) {
  const w = useWords()
  return (
    <ul className="tally">
      {ORDER.map((state) => {
        const n = checks.filter((c) => shownAs(c) === state).length
        return (
          n > 0 && (
            <li key={state} className={state}>
              <span aria-hidden="true">{SIGN[state]}</span> {w.n(n)} {w.t(`tally.${state}`)}
            </li>
          )
        )
      })}
    </ul>
  )
}

interface StripProps {
  checks: readonly Check[]
  titles: Record<string, MetricTitle>
  openTerm?: (term: Term) => void
}

/** One button an identity; the one that is open shows its arithmetic below. */
export function CheckStrip({ checks, titles, openTerm }: StripProps) {
  const w = useWords()
  const all = useMemo(() => groups(checks), [checks])
  const worst = all.find((g) => g.state === 'fails' || g.state === 'warns')
  const [chosen, setChosen] = useState<string | null | undefined>(undefined)
  const [idle, setIdle] = useState(false)
  const title = (c?: Check) => (c ? w.name({ zh: c.title_zh, en: c.title_en }) : '')
  const key = (g: CheckGroup) => `${g.id}|${g.state}`
  const open = chosen === undefined ? worst && key(worst) : chosen
  const shown = all.filter((g) => idle || g.state !== 'not_applicable')
  const hidden = all.length - all.filter((g) => g.state !== 'not_applicable').length
  const current = shown.find((g) => key(g) === open)
  return (
    <>
      <ul className="chips">
        {shown.map((g) => (
          <li key={key(g)}>
            <button
              type="button"
              className={`chip ${g.state}`}
              aria-expanded={key(g) === open}
              onClick={() => setChosen(key(g) === open ? null : key(g))}
            >
              <span className="sign" aria-hidden="true">
                {SIGN[g.state]}
              </span>
              <span className="id">{g.id}</span>
              <span className="name">{title(g.checks[0])}</span>
              {g.checks.length > 1 && <span className="times">×{g.checks.length}</span>}
              <span className="word">{w.t(`checks.${g.state}`)}</span>
            </button>
          </li>
        ))}
        {hidden > 0 && (
          <li>
            <button type="button" className="plain" aria-pressed={idle} onClick={() => setIdle(!idle)}>
              {idle ? w.t('checks.hide_na') : w.t('checks.show_na', { n: hidden })}
            </button>
          </li>
        )}
      </ul>
      {current && (
        <section className={`arithmetic ${current.state}`} aria-label={`${current.id} ${title(current.checks[0])}`}>
          {current.checks.map((check, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the checks of one answer have no other name
            <Arithmetic key={i} check={check} titles={titles} openTerm={openTerm} />
          ))}
        </section>
      )}
    </>
  )
}

/** The identity with its numbers in it: 1 + 1 − 1 − 1 = 0, against 2, unexplained +2. */
function Arithmetic({ check, titles, openTerm }: { check: Check } & Omit<StripProps, 'checks'>) {
  const w = useWords()
  return (
    <div className="identity">
      <Equation check={check} openTerm={openTerm} />
      <p className="sentence">{w.name(check)}</p>
      {check.numbers.length > 0 && <Terms check={check} titles={titles} openTerm={openTerm} />}
    </div>
  )
}

/** The sum, for the identities that are sums: there the difference is what the sum leaves of the stated number. */
function sumOf(check: Check): number | null {
  const left = check.numbers.filter((t) => t.sign !== 0)
  const asked = check.numbers.find((t) => t.sign === 0)
  const sum = left.reduce((s, t) => s + t.sign * t.value, 0)
  return asked && left.length > 0 && check.difference === asked.value - sum ? sum : null
}

function Equation({ check, openTerm }: { check: Check; openTerm?: (term: Term) => void }) {
  const w = useWords()
  const left = check.numbers.filter((t) => t.sign !== 0)
  const asked = check.numbers.find((t) => t.sign === 0)
  const sum = sumOf(check)
  if (!asked || sum === null) return null
  const term = (t: Term) => <TermValue term={t} openTerm={openTerm} />
  return (
    <p className="sum">
      {left.map((t, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: terms have no other name
        <span key={i}>
          {(i > 0 || t.sign < 0) && <span className="op">{t.sign < 0 ? '− ' : '+ '}</span>}
          {term(t)}{' '}
        </span>
      ))}
      <span className="op">= </span>
      {check.difference === 0 ? term(asked) : <span>{w.n(sum)} </span>}
      {check.difference !== 0 && (
        <>
          <span className="op">≠ </span>
          {term(asked)} <strong className="gap">{w.t('checks.unexplained', { n: w.signed(asked.value - sum) })}</strong>
        </>
      )}
    </p>
  )
}

function TermValue({ term, openTerm }: { term: Term; openTerm?: (term: Term) => void }) {
  const w = useWords()
  const label = w.lang === 'zh' ? term.label_zh : term.label_en
  if (!openTerm || !term.metric || !term.area_code) return <span title={label}>{w.n(term.value)}</span>
  return (
    <button
      type="button"
      className="figure stated"
      title={label}
      aria-label={w.t('figures.open', { label, value: w.n(term.value) })}
      onClick={() => openTerm(term)}
    >
      {w.n(term.value)}
    </button>
  )
}

function Terms({ check, titles, openTerm }: { check: Check } & Omit<StripProps, 'checks'>) {
  const w = useWords()
  const sum = sumOf(check)
  const sign = (t: Term) => (t.sign > 0 ? '+' : t.sign < 0 ? '−' : '=')
  return (
    <table className="terms">
      <caption className="sr">{w.t('checks.terms')}</caption>
      <thead className="sr">
        <tr>
          <th scope="col">{w.t('checks.term')}</th>
          <th scope="col">{w.t('checks.value')}</th>
        </tr>
      </thead>
      <tbody>
        {check.numbers.map((t, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: terms have no other name
          <tr key={i}>
            <th scope="row">
              {sum !== null && <span className="op">{sign(t)}</span>}
              {(w.lang === 'zh' ? t.label_zh : t.label_en) || (t.metric ? w.metric(t.metric, titles) : '')}
            </th>
            <td>
              <TermValue term={t} openTerm={openTerm} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
