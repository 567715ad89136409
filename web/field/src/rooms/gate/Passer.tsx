import Button from 'antd-mobile/es/components/button'
import { useEffect, useRef, useState } from 'react'
import { useField } from '../../field'
import { useWords } from '../../i18n'
import { go } from '../../route'
import { draftOf, keepDraft } from '../../store/drafts'
import { Full } from '../../store/full'
import {
  heldFor,
  nextPasser,
  PASSER_DRAFT,
  type Passer as Answers,
  passerMissing,
  savePasser,
  SCREENED,
  type Stop,
  stopDraft,
} from '../../store/gate'
import { chosenLately, remember } from '../../store/places'
import { FormVersion } from '../FormVersion'
import { Choice, Choices, Screen, TextField, Wrong } from '../parts'
import { Place } from './Place'
import { Temperature } from './Temperature'
import { type AtPost, usePost } from './usePost'

/** Somebody who passes: three questions and a temperature. `of` is the vehicle that he or she is in; empty: on foot. */
export default function Passer({ of }: { of: string }) {
  const w = useWords()
  const at = usePost()
  const { phone } = useField()
  const [stop, setStop] = useState<Stop | null>()
  useEffect(() => {
    if (!of) setStop(null)
    else draftOf<Stop>(phone, stopDraft(of)).then((found) => setStop(found ?? null))
  }, [phone, of])
  if (!at || stop === undefined) return null
  return (
    <Screen title={stop ? w.t('gate.in', { plate: stop.plate }) : w.t('gate.passer')}>
      <FormVersion of={SCREENED} />
      <Form at={at} stop={stop} />
    </Screen>
  )
}

/** The answers so far: those of a form that was broken off, or of a new one. */
function useAnswers(at: AtPost, stop: Stop | null) {
  const { phone } = useField()
  const [answers, setAnswers] = useState<Answers | null>(null)
  const [unsaved, setUnsaved] = useState(false)
  const fresh = () => nextPasser(at.post.id, stop)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; the next one begins anew
  useEffect(() => {
    draftOf<Answers>(phone, PASSER_DRAFT).then((kept) =>
      setAnswers(kept && kept.vehicle === (stop?.vehicle ?? null) && kept.post === at.post.id ? kept : fresh()),
    )
  }, [])
  const change = (part: Partial<Answers>) => {
    if (!answers) return
    const next = { ...answers, ...part, begun: answers.begun ?? Date.now() }
    setAnswers(next)
    keepDraft(phone, PASSER_DRAFT, next).then(
      () => setUnsaved(false),
      () => setUnsaved(true),
    )
  }
  return { answers, change, unsaved, renew: () => setAnswers(fresh()) }
}

/** The places that this phone chose last, then those that its post hears most. */
function useFirst(at: AtPost, field: 'came_from' | 'going_to', again: unknown): string[] {
  const { phone } = useField()
  const [own, setOwn] = useState<string[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew for the next one
  useEffect(() => {
    chosenLately(phone.db, field).then(setOwn)
  }, [phone, field, again])
  const area = at.post.area
  return [...new Set([...own, ...at.post[field], area.slice(0, 6), `${area.slice(0, 4)}00`, `${area.slice(0, 2)}0000`])]
}

function Form({ at, stop }: { at: AtPost; stop: Stop | null }) {
  const w = useWords()
  const { bundle } = useField()
  const { answers, change, unsaved, renew } = useAnswers(at, stop)
  const from = useFirst(at, 'came_from', answers?.encounter)
  const to = useFirst(at, 'going_to', answers?.encounter)
  if (!answers) return null
  const { gate, limits } = at
  return (
    <div key={answers.encounter} className="passer">
      <Place
        legend={w.t('gate.from')}
        places={gate.places}
        first={from}
        value={answers.came_from}
        onChange={(came_from) => change({ came_from })}
      />
      <Place
        legend={w.t('gate.to')}
        places={gate.places}
        first={to}
        value={answers.going_to}
        onChange={(going_to) => change({ going_to })}
      />
      <Choice
        legend={w.t('gate.fever')}
        options={[
          { value: 'no', label: w.t('gate.fever.no') },
          { value: 'yes', label: w.t('gate.fever.yes') },
        ]}
        value={answers.fever === null ? null : answers.fever ? 'yes' : 'no'}
        onChange={(said) => change(said === 'yes' ? { fever: true } : { fever: false, symptoms: [] })}
      />
      {answers.fever && (
        <Choices
          legend={w.t('visit.symptoms')}
          options={(bundle?.symptoms ?? []).map((one) => ({ value: one.code, label: w.name(one) }))}
          values={answers.symptoms}
          onChange={(symptoms) => change({ symptoms })}
        />
      )}
      {!answers.refused && (
        <Temperature value={answers.temp_c} limits={limits} onChange={(temp_c) => change({ temp_c })} />
      )}
      <Notice at={at} answers={answers} change={change} />
      <details className="more-of">
        <summary>{w.t('gate.more')}</summary>
        <Choices
          legend={w.t('gate.special')}
          options={[
            { value: 'refused', label: w.t('gate.refused') },
            { value: 'judged', label: w.t('gate.judged') },
          ]}
          values={[...(answers.refused ? ['refused'] : []), ...(answers.judged ? ['judged'] : [])]}
          onChange={(said) => {
            const refused = said.includes('refused')
            change({ refused, judged: said.includes('judged'), ...(refused ? { temp_c: '' } : {}) })
          }}
        />
        <TextField
          label={w.t('gate.phone')}
          mode="tel"
          most={20}
          value={answers.phone}
          onChange={(phone) => change({ phone })}
        />
        <p className="muted">{w.t('gate.vault', { day: gate.policy.erase_on ?? '' })}</p>
      </details>
      {unsaved && <Wrong text={w.t('visit.unsaved')} />}
      <Save at={at} stop={stop} answers={answers} renew={renew} />
    </div>
  )
}

interface PartProps {
  at: AtPost
  answers: Answers
  change: (part: Partial<Answers>) => void
}

/** What he or she was told of the rules, and in which language: the text in force, to be read out. */
function Notice({ at: { gate }, answers, change }: PartProps) {
  const w = useWords()
  const text = gate.notices.at(-1)
  if (!text) return null
  return (
    <>
      <Choice
        legend={w.t('gate.notice')}
        options={[
          { value: '', label: w.t('gate.notice.no') },
          ...(gate.words.languages ?? []).map((one) => ({ value: one.code, label: w.name(one) })),
        ]}
        value={answers.notice?.language ?? ''}
        onChange={(language) => change({ notice: language ? { version: text.code, language } : null })}
      />
      <details className="more-of">
        <summary>{w.t('gate.notice.text', { version: text.code })}</summary>
        <p lang="zh-CN">{text.zh}</p>
        <p lang="en">{text.en}</p>
      </details>
    </>
  )
}

interface SaveProps {
  at: AtPost
  stop: Stop | null
  answers: Answers
  renew: () => void
}

/** Saves, and begins with the next one. Where there is a reason to hold, the same press holds. */
function Save({ at, stop, answers, renew }: SaveProps) {
  const w = useWords()
  const { phone, say, refresh, syncNow } = useField()
  const [wrong, setWrong] = useState<string[]>([])
  const running = useRef(false)
  const hold = heldFor(answers, at.gate.policy, at.limits)
  const save = async () => {
    const left = passerMissing(answers, at.limits)
    setWrong(left.map((one) => w.t(`gate.missing.${one}`, { ...at.limits })))
    if (left.length || running.current) return
    running.current = true
    try {
      const label = stop?.plate || w.t('gate.passer')
      const held = await savePasser({ phone, ...at }, answers, stop, label)
      for (const field of ['came_from', 'going_to'] as const)
        if (answers[field]) await remember(phone.db, field, answers[field]).catch(() => undefined)
      const told = answers.refused ? w.t('gate.refused') : `${answers.temp_c} ℃`
      await refresh()
      if (held) syncNow()
      if (stop) go('stop', stop.vehicle)
      else if (held) go('')
      else {
        renew()
        scrollTo(0, 0)
      }
      say(held ? w.t('gate.held.done', { reason: w.t(`gate.reason.${held}`) }) : w.t('gate.saved', { told }))
    } catch (error) {
      setWrong([error instanceof Full ? w.t('visit.full') : w.t('visit.unsaved')])
    }
    running.current = false
  }
  return (
    <div className="save">
      {wrong.map((text) => (
        <Wrong key={text} text={text} />
      ))}
      {hold && <Wrong text={w.t('gate.hold.text', { reason: w.t(`gate.reason.${hold}`) })} />}
      <Button block color={hold ? 'danger' : 'primary'} size="large" onClick={save}>
        {w.t(hold ? 'gate.hold' : 'gate.save')}
      </Button>
      <Said />
    </div>
  )
}

/** What was just saved, beside the button that did it. */
function Said() {
  const { said } = useField()
  return (
    <p className={said ? 'saved' : 'unseen'} role="status">
      {said}
    </p>
  )
}
