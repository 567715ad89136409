import Button from 'antd-mobile/es/components/button'
import { useEffect, useRef, useState } from 'react'
import { newId } from '../../../desk/src/api/people'
import { useField } from '../field'
import { PhotoField } from '../forms/PhotoField'
import { useWords } from '../i18n'
import { back } from '../route'
import { type Household, labelOf, type Round, roundOf } from '../store/bundle'
import { draftOf, dropDraft, keepDraft } from '../store/drafts'
import { Full } from '../store/full'
import { choices } from '../store/form'
import { allWell, missing, newVisit, saveVisit, temperatures, VISIT, type VisitDraft } from '../store/visit'
import { scanned } from '../scan/scanned'
import { Members } from './Members'
import { Answers } from './Answers'
import { Choice, Count, outcomeKey, Screen, TextField, Wrong } from './parts'
import { FormVersion } from './FormVersion'

/** One household: its form for the open round. */
export default function Visit({ id }: { id: string }) {
  const w = useWords()
  const { bundle } = useField()
  const of = bundle?.households.find((one) => one.id === id)
  const round = bundle && of ? roundOf(bundle, of) : null
  if (!bundle) return null
  if (!of)
    return (
      <Screen title={w.t('tab.list')}>
        <p className="empty">{w.t('scan.unknown')}</p>
      </Screen>
    )
  return (
    <Screen title={labelOf(of)}>
      {round ? <Form of={of} round={round} /> : <p className="empty">{w.t('list.noround')}</p>}
    </Screen>
  )
}

/** The draft of a household, read from the phone and written back at each field. */
function useDraft(of: Household, round: Round) {
  const { phone } = useField()
  const [draft, setDraft] = useState<VisitDraft | null>(null)
  const [restored, setRestored] = useState(false)
  const [unsaved, setUnsaved] = useState(false)
  const begin = () => newVisit(newId(), round.id, Date.now(), scanned.take(of.id) ? 'qr' : 'none')
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a household; the screen is made anew for the next
  useEffect(() => {
    draftOf<VisitDraft>(phone, of.id).then((kept) => {
      const usable = kept?.round === round.id
      setRestored(usable)
      setDraft(usable ? kept : begin())
    })
  }, [])
  const change = (part: Partial<VisitDraft>) => {
    if (!draft) return
    const next = { ...draft, ...part }
    setDraft(next)
    keepDraft(phone, of.id, next).then(
      () => setUnsaved(false),
      () => setUnsaved(true),
    )
  }
  const restart = async () => {
    await dropDraft(phone, of.id)
    setRestored(false)
    setDraft(begin())
  }
  return { draft, change, restored, restart, unsaved }
}

function Form({ of, round }: { of: Household; round: Round }) {
  const w = useWords()
  const { marks, bundle } = useField()
  const { draft, change, restored, restart, unsaved } = useDraft(of, round)
  if (!draft || !bundle) return null
  const form = bundle.forms[VISIT.kind]
  const before = marks.get(`${of.id}|${round.id}`)?.outcome ?? of.seen[round.id]?.outcome
  return (
    <>
      <FormVersion of={VISIT} />
      {restored && (
        <p className="notice" role="status">
          {w.t('visit.draft')}{' '}
          <button type="button" className="link" onClick={restart}>
            {w.t('visit.draft.drop')}
          </button>
        </p>
      )}
      {before && !restored && <p className="muted">{w.t('visit.before', { outcome: w.t(outcomeKey(before)) })}</p>}
      {draft.evidence === 'qr' && <p className="muted">{w.t('visit.qr')}</p>}
      <Outcomes of={of} draft={draft} change={change} />
      {draft.outcome === 'met' && (
        <>
          {of.members.length === 0 && <p className="muted">{w.t('visit.nobody')}</p>}
          <Answers of={of} draft={draft} change={change} bundle={bundle} />
          <Count
            label={w.t('visit.outsiders')}
            value={draft.outsiders}
            onChange={(outsiders) => change({ outsiders })}
          />
        </>
      )}
      {draft.outcome === 'vacant' && (
        <Choice
          legend={w.t('visit.vacancy')}
          options={choices(form, ['neighbour', 'landlord', 'property', 'meter'] as const, 'vacancy').map((value) => ({
            value,
            label: w.t(`visit.vacancy.${value}`),
          }))}
          value={draft.vacancy}
          onChange={(vacancy) => change({ vacancy })}
        />
      )}
      {draft.outcome === 'vacant' && <PhotoField about={of.id} area={of.area} label={labelOf(of)} />}
      {draft.outcome === 'not_met' && (
        <Choice
          legend={w.t('visit.follows')}
          options={[
            { value: 'yes', label: w.t('yes') },
            { value: 'no', label: w.t('no') },
          ]}
          value={draft.follows ? 'yes' : 'no'}
          onChange={(follows) => change({ follows: follows === 'yes' })}
        />
      )}
      {draft.outcome === 'refused' && (
        <TextField
          label={w.t('visit.escalated')}
          value={draft.escalated}
          most={64}
          onChange={(escalated) => change({ escalated })}
        />
      )}
      <Members of={of} />
      {unsaved && <Wrong text={w.t('visit.unsaved')} />}
      <Save of={of} draft={draft} />
    </>
  )
}

interface PartProps {
  of: Household
  draft: VisitDraft
  change: (part: Partial<VisitDraft>) => void
}

/** What came of it. All well is one press. */
function Outcomes({ of, draft, change }: PartProps) {
  const w = useWords()
  const clear = { members: {}, outsiders: null, vacancy: null }
  return (
    <div className="outcomes">
      {of.members.length > 0 && (
        <Button block color="success" size="large" onClick={() => change(allWell(draft, of.members))}>
          {w.t('visit.allwell')}
          <small>{w.t('visit.allwell.text')}</small>
        </Button>
      )}
      <Choice
        hidden
        legend={labelOf(of)}
        options={[
          { value: 'met', label: w.t('visit.each') },
          { value: 'not_met', label: w.t('visit.not_met') },
          { value: 'refused', label: w.t('visit.refused') },
          { value: 'vacant', label: w.t('visit.vacant') },
          { value: 'follow_up', label: w.t('visit.follow_up') },
        ]}
        value={draft.outcome}
        onChange={(outcome) => change(outcome === 'met' ? { outcome, vacancy: null } : { outcome, ...clear })}
      />
    </div>
  )
}

/** Saves, and goes back to the list; what is missing is told at the button. */
function Save({ of, draft }: { of: Household; draft: VisitDraft }) {
  const w = useWords()
  const { phone, bundle, refresh, say, counts } = useField()
  const [wrong, setWrong] = useState<string[]>([])
  const running = useRef(false)
  const save = async () => {
    const left = missing(draft, of.members, temperatures(bundle?.forms[VISIT.kind]))
    setWrong(left.map((one) => w.t(`visit.missing.${one}`, { ...temperatures(bundle?.forms[VISIT.kind]) })))
    if (left.length || running.current) return
    running.current = true
    try {
      await saveVisit(phone, of, draft)
      await refresh()
      back()
      say(`${w.t('visit.saved', { label: labelOf(of) })} ${w.t('out.safe', { n: counts.waiting + 1 })}`)
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
      <Button block color="primary" size="large" onClick={save}>
        {w.t('visit.save')}
      </Button>
    </div>
  )
}
