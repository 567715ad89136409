import { Alert, App, Button } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { type Holding, type Person, people, type Terms } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { done } from '../../icons'
import { AreaName } from '../../forms/AreaName'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { Amend } from './Amend'
import { Erase } from './Erase'
import { EndHolding, Hold } from './Hold'
import { GlassForm } from './Glass'
import { OwnCode } from './OwnCode'
import { Sight } from './Sight'
import { bornOf, nameOf, papersOf, spanOf, termOf } from './show'
import { useSpoken } from './words'
import { Write } from './Write'

interface Props {
  id: string
  purpose: string
  terms: Terms
  gone: () => void
}

/** Everything that the role may see of one person. */
export function Card({ id, purpose, terms, gone }: Props) {
  const w = useSpoken()
  const { may } = useSession()
  const shown = useResource(`card|${id}`, (signal) => people.card(id, { purpose }, signal), 'keep')
  const [beyond, setBeyond] = useState<Person | null>(null)
  const { busy, error, run } = useAct()
  const look = (reason: string) =>
    run(async () => setBeyond(await people.card(id, { purpose, break_glass: { reason } })))
  const glass = may('people.break_glass') && !beyond
  const person = beyond ?? shown.data
  if (shown.loading && !person) return <Loading />
  return (
    <>
      {shown.error && !beyond && <Failure error={shown.error} retry={shown.retry} told />}
      {person && (
        <>
          {beyond && <Alert type="warning" showIcon role="status" title={w.t('glass.shown')} />}
          <Details person={person} purpose={purpose} terms={terms} again={shown.retry} />
          <Holdings person={person} terms={terms} again={shown.retry} />
          <Texts person={person} again={shown.retry} />
        </>
      )}
      <Told error={error} />
      {glass && (!person || person.masked.length + person.hidden.length > 0) && (
        <div className="card">
          <GlassForm busy={busy} look={look} />
        </div>
      )}
      {person && <Foot person={person} terms={terms} gone={gone} />}
    </>
  )
}

/** A part that says so itself once what it did is saved. */
export function useSaved(): (text: string) => void {
  const { message } = App.useApp()
  return (text) => {
    message.open({ type: 'success', content: text, icon: done })
  }
}

interface PartProps {
  person: Person
  again: () => void
}

function Details({ person, purpose, terms, again }: PartProps & { purpose: string; terms: Terms }) {
  const w = useSpoken()
  const { may } = useSession()
  const [open, setOpen] = useState(false)
  const name = nameOf(person, w)
  useEffect(() => {
    // Titles go into the browser's history: never a name.
    document.title = `${w.t('card.title')} · ${w.t('app.name')}`
  }, [w])
  const fact = (its: Person['masked'][number], label: string, text: string | null | undefined) => (
    <Fact key={its} label={label} masked={person.masked.includes(its)} hidden={person.hidden.includes(its)}>
      {text}
    </Fact>
  )
  return (
    <section className="card" aria-labelledby="card-title">
      <header>
        <h2 id="card-title">{w.t(person.kind === 'encounter' ? 'card.title.encounter' : 'card.title')}</h2>
        {may('people.amend') && !open && <Button onClick={() => setOpen(true)}>{w.t('card.amend')}</Button>}
      </header>
      <dl className="facts">
        {fact('name', w.t('enter.name'), person.fields.name && name)}
        {fact('document', w.t('enter.document'), papersOf(person, terms, w).join('\n'))}
        {fact('phone', w.t('enter.phone'), (person.fields.phones ?? []).join('\n'))}
        {fact('birth_date', w.t('field.birth_date'), bornOf(person, w))}
        {fact('address', w.t('enter.address'), person.fields.address)}
      </dl>
      <Sight of={[person]} purpose={purpose} terms={terms} />
      {open && (
        <Amend
          person={person}
          purpose={purpose}
          terms={terms}
          close={(changed) => {
            setOpen(false)
            if (changed) again()
          }}
        />
      )}
    </section>
  )
}

interface FactProps {
  label: string
  masked: boolean
  hidden: boolean
  children: ReactNode
}

function Fact({ label, masked, hidden, children }: FactProps) {
  const w = useSpoken()
  return (
    <div>
      <dt>{label}</dt>
      <dd className={hidden || !children ? 'null' : 'lines'}>
        {hidden ? w.t('card.hidden') : children || w.t('card.none')}
        {masked && !hidden && children && <span className="tag">{w.t('sight.mask')}</span>}
      </dd>
    </div>
  )
}

function Holdings({ person, terms, again }: PartProps & { terms: Terms }) {
  const w = useSpoken()
  const { may } = useSession()
  return (
    <section className="card" aria-labelledby="holdings-title">
      <header>
        <h2 id="holdings-title">{w.t('card.holdings')}</h2>
      </header>
      {!person.holdings.length && <p className="muted">{w.t('card.holdings.none')}</p>}
      <ul className="entries">
        {person.holdings.map((h) => (
          <HoldingEntry key={h.id} person={person.id} holding={h} terms={terms} again={again} />
        ))}
      </ul>
      {may('people.hold') && <Hold person={person.id} terms={terms} again={again} />}
    </section>
  )
}

function HoldingEntry({
  person,
  holding,
  terms,
  again,
}: {
  person: string
  holding: Holding
  terms: Terms
  again: () => void
}) {
  const w = useSpoken()
  const { may } = useSession()
  return (
    <li>
      <p>
        <strong>{termOf(terms.classes, holding.data_class, w)}</strong> <AreaName code={holding.area} />
      </p>
      <p className="muted">{spanOf(holding, w)}</p>
      <p className="muted small">
        {w.t('card.basis')}
        {w.lang === 'zh' ? '：' : ': '}
        {termOf(terms.bases, holding.basis, w)}
      </p>
      {may('people.hold') && !holding.ends && <EndHolding person={person} holding={holding} again={again} />}
    </li>
  )
}

function Texts({ person, again }: PartProps) {
  const w = useSpoken()
  const { may } = useSession()
  const writes = may('people.write')
  if (!person.texts.length && !writes) return null
  return (
    <section className="card" aria-labelledby="texts-title">
      <header>
        <h2 id="texts-title">{w.t('card.texts')}</h2>
      </header>
      {!person.texts.length && <p className="muted">{w.t('card.texts.none')}</p>}
      <ul className="entries">
        {person.texts.map((t) => (
          <li key={t.id}>
            <p className="muted small">
              {w.t(`text.${t.text_class}`)} · {w.stamp(t.at)}
            </p>
            <p className="lines">{t.text}</p>
          </li>
        ))}
      </ul>
      {writes && <Write person={person.id} again={again} />}
    </section>
  )
}

function Foot({ person, terms, gone }: { person: Person; terms: Terms; gone: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  return (
    <div className="card foot">
      <p className="mono">
        {w.t('card.id')} {person.id}
      </p>
      <div className="actions">
        {may('looks.read') && (
          <Button href={pathOf({ room: 'person-looks', id: person.id })}>{w.t('card.looks')}</Button>
        )}
        {may('people.invite') && person.kind === 'person' && <OwnCode person={person.id} />}
        {may('people.erase') && <Erase person={person.id} terms={terms} gone={gone} />}
      </div>
    </div>
  )
}
