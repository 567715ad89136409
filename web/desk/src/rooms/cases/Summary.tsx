import type { ReactNode } from 'react'
import { useId } from 'react'
import type { CaseCard } from '../../api/cases'
import { AreaName } from '../../forms/AreaName'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { ABOUT } from './acts/fields'
import { listed, Value } from './acts/Value'
import { CaseLink, shortStamp, Unknown } from './cells'
import { HospitalName } from './Hospital'
import { useTerms } from './terms'
import { useSpoken } from './words'

/** What a case is: what it counts as and why, from where, where it is. */
export function Summary({ card }: { card: CaseCard }) {
  const w = useSpoken()
  const id = useId()
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{w.t('summary.title')}</h2>
      <Decision card={card} />
      <About card={card} />
      <Stays card={card} />
      {card.others.length > 0 && (
        <p>
          {w.t('summary.others')}{' '}
          {card.others.map((o) => (
            <span key={o.subject as string} className="of-list">
              <CaseLink id={o.subject as string} number={o.number} />
            </span>
          ))}
        </p>
      )}
    </section>
  )
}

/** Which class, by whom decided on which basis, and what the rules say of it. */
function Decision({ card }: { card: CaseCard }) {
  const w = useSpoken()
  const { term, disease } = useTerms()
  const last = card.decided[card.decided.length - 1]
  const edition = disease(card.disease)?.editions.find((e) => e.code === card.edition)
  const met = (codes: string[], of: { code: string; zh: string; en: string }[] | undefined) =>
    listed(
      codes.map((c) =>
        of?.find((i) => i.code === c) ? w.name(of.find((i) => i.code === c) as { zh: string; en: string }) : c,
      ),
      w,
    )
  return (
    <div className="decision">
      <p>
        {w.t('summary.counts_as')} <strong>{term('case_class', card.to)}</strong>
        {last && (
          <>
            {' '}
            <span className="muted">
              {w.t('summary.decided', {
                at: shortStamp(last.at, w),
                basis: term('basis', last.basis),
                edition: card.edition_title ? w.name(card.edition_title) : card.edition,
              })}
            </span>
          </>
        )}
      </p>
      {card.proposal && (
        <p className="muted">
          {w.t('summary.rules', {
            edition: card.edition_title ? w.name(card.edition_title) : card.edition,
            says: w.name(card.proposal),
            history: met(card.proposal.history, edition?.history),
            clinical: met(card.proposal.clinical, edition?.clinical),
          })}
        </p>
      )}
      {card.would_be && (
        <p>
          {w.t('summary.review', {
            edition: disease(card.disease)?.editions.find((e) => e.code === card.review_edition)
              ? w.name(
                  disease(card.disease)?.editions.find((e) => e.code === card.review_edition) as {
                    zh: string
                    en: string
                  },
                )
              : (card.review_edition ?? ''),
            would: term('case_class', card.would_be),
          })}
        </p>
      )}
    </div>
  )
}

function About({ card }: { card: CaseCard }) {
  const w = useSpoken()
  const { may } = useSession()
  const { term, disease } = useTerms()
  const edition = disease(card.disease)?.editions.find((e) => e.code === card.edition)
  const about = card.about as Record<string, unknown>
  const hospital = card.hospital_stays[card.hospital_stays.length - 1]
  const row = (title: string, value: ReactNode) => (
    <div key={title}>
      <dt>{title}</dt>
      <dd>{value ?? <Unknown />}</dd>
    </div>
  )
  return (
    <dl className="facts">
      {row(w.t('summary.area'), <AreaName code={card.area} />)}
      {may('people.see') &&
        row(
          w.t('summary.person'),
          <a href={pathOf({ room: 'person', id: card.person })}>{w.t('summary.person.open')}</a>,
        )}
      {row(w.t('summary.reported'), shortStamp(card.reported_at, w))}
      {row(
        w.t('field.source'),
        card.source && (
          <>
            {term('source', card.source)}
            {card.came_from && (
              <>
                {' · '}
                <AreaName code={card.came_from} />
              </>
            )}
          </>
        ),
      )}
      {row(
        w.t('summary.isolated'),
        card.isolated_at && `${term('isolated_where', card.isolated_where)} · ${shortStamp(card.isolated_at, w)}`,
      )}
      {row(
        w.t('summary.hospital'),
        hospital && (
          <>
            <HospitalName code={hospital.hospital} />
            {[
              '',
              hospital.designated && w.t('summary.designated'),
              shortStamp(hospital.admitted, w),
              hospital.left && w.t('summary.left', { at: shortStamp(hospital.left, w) }),
            ]
              .filter((part) => part !== false && part !== null)
              .join(' · ')}
          </>
        ),
      )}
      {card.outcome &&
        row(
          w.t('field.outcome'),
          `${term('outcome', card.outcome)} · ${card.ended_at ? shortStamp(card.ended_at, w) : ''}`,
        )}
      {row(w.t('field.contacts'), card.contacts === null ? null : w.n(card.contacts))}
      {ABOUT.filter((f) => about[f.name] !== null && about[f.name] !== undefined).map((f) =>
        row(w.t(`field.${f.name}` as 'field.onset'), <Value field={f} value={about[f.name]} edition={edition} />),
      )}
      {(about.onset === null || about.onset === undefined) && !about.no_symptoms && row(w.t('field.onset'), null)}
    </dl>
  )
}

/** Where the patient was, and whether that area had the disease then. */
function Stays({ card }: { card: CaseCard }) {
  const w = useSpoken()
  if (!card.stays.length) return null
  return (
    <>
      <h3>{w.t('summary.stays')}</h3>
      <ul className="entries">
        {card.stays.map((s) => (
          <li key={`${s.area}|${s.first}`}>
            <AreaName code={s.area} /> {w.t('days.between', { from: w.day(s.first), to: w.day(s.last) })}{' '}
            <span className={s.listed ? 'tag warns' : 'muted'}>
              {w.t(s.listed ? 'summary.listed' : 'summary.unlisted')}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
