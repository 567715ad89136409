import { Alert } from 'antd'
import type { Mine } from '../../api/mine'
import { type Spoken, useSpoken } from './words'

type Holding = Mine['holdings'][number]

export function Facts({ of }: { of: Mine }) {
  const w = useSpoken()
  const held = of.fields
  return (
    <section className="card" aria-labelledby="mine-facts">
      <header>
        <h2 id="mine-facts">{w.t('mine.facts')}</h2>
      </header>
      {!held && <Alert type="warning" showIcon title={w.t('mine.facts.unreadable')} />}
      {held && (
        <dl className="facts">
          <Fact label={w.t('mine.name')} text={held.name} />
          <Fact label={w.t('mine.born')} text={born(held.birth_date, held.sex, w)} />
          <Fact
            label={w.t('mine.documents')}
            text={held.documents.map((d) => `${titled(`document.${d.kind}`, d.kind, w)} ${d.number}`).join('\n')}
          />
          <Fact label={w.t('mine.phones')} text={held.phones.join('\n')} />
          <Fact label={w.t('mine.address')} text={held.address} />
        </dl>
      )}
    </section>
  )
}

function born(date: string | null, sex: string, w: Spoken): string {
  const told = [date && w.day(date), sex !== 'unknown' && titled(`sex.${sex}`, sex, w)]
  return told.filter(Boolean).join(' · ')
}

/** The title of a code, or the code itself where the page has none. */
function titled(key: string, code: string, w: Spoken): string {
  return w.t(key as Parameters<Spoken['t']>[0]) ?? code
}

function Fact({ label, text }: { label: string; text: string }) {
  const w = useSpoken()
  return (
    <div>
      <dt>{label}</dt>
      <dd className={text ? 'lines' : 'null'}>{text || w.t('mine.none')}</dd>
    </div>
  )
}

export function Holdings({ of }: { of: Holding[] }) {
  const w = useSpoken()
  return (
    <section className="card" aria-labelledby="mine-why">
      <header>
        <h2 id="mine-why">{w.t('mine.why')}</h2>
      </header>
      {!of.length && <p className="muted">{w.t('mine.why.none')}</p>}
      <ul className="entries">
        {of.map((h) => (
          <li key={`${h.data_class.id}.${h.area.id}.${h.since}`}>
            <p>
              <strong>{w.name(h.data_class)}</strong> {w.name(h.area)}
            </p>
            <p className="muted">{span(h, w)}</p>
            <p className="muted small">
              {w.t('mine.basis')}
              {w.lang === 'zh' ? '：' : ': '}
              {w.name(h.basis)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function span(h: Holding, w: Spoken): string {
  const parts = [w.t('mine.since', { date: w.day(h.since) })]
  if (h.ends) parts.push(w.t('mine.ended', { date: w.day(h.ends) }))
  parts.push(h.due ? w.t('mine.due', { date: w.day(h.due) }) : w.t(`mine.due.${h.counts_from}`, { n: w.n(h.days) }))
  return parts.join(w.lang === 'zh' ? '，' : ', ')
}

export function Restrictions({ of }: { of: Mine['restrictions'] }) {
  const w = useSpoken()
  return (
    <section className="card" aria-labelledby="mine-restrictions">
      <header>
        <h2 id="mine-restrictions">{w.t('mine.restrictions')}</h2>
      </header>
      {!of.length && <p className="muted">{w.t('mine.restrictions.none')}</p>}
      <ul className="entries">
        {of.map((r) => (
          <li key={`${r.kind}.${r.start}`}>
            <p>
              <strong>{w.t('mine.restriction.until', { from: w.stamp(r.start), to: w.stamp(r.end) })}</strong>{' '}
              {w.name(r.area)}
            </p>
            <p className="muted">
              {w.t('mine.basis')} <span data-source>{r.basis}</span> · {w.t('mine.restriction.approver')}{' '}
              <span data-source>{r.approver}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Texts({ of }: { of: Mine['texts'] }) {
  const w = useSpoken()
  return (
    <section className="card" aria-labelledby="mine-texts">
      <header>
        <h2 id="mine-texts">{w.t('mine.texts')}</h2>
      </header>
      {!of.length && <p className="muted">{w.t('mine.none')}</p>}
      <ul className="entries">
        {of.map((t) => (
          <li key={`${t.text_class}.${t.at}`}>
            <p className="muted small">
              {w.t(`mine.text.${t.text_class}`)} · {w.stamp(t.at)} · {w.name(t.area)}
            </p>
            <p className={t.text === null ? 'muted' : 'lines'}>{t.text ?? w.t('mine.texts.other')}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Rights, or ways to complain, each with where it comes from. */
export function WordList({ id, title, of }: { id: string; title: string; of: Mine['rights'] }) {
  const w = useSpoken()
  return (
    <section className="card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
      </header>
      <ul className="entries">
        {of.map((one) => (
          <li key={one.id}>
            <p>{w.name(one)}</p>
            <p className="muted small">{w.name({ zh: one.source_zh, en: one.source })}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
