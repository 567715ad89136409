import Button from 'antd-mobile/es/components/button'
import { useEffect, useRef, useState } from 'react'
import { newId } from '../../../../desk/src/api/people'
import { useField } from '../../field'
import { useWords } from '../../i18n'
import { go } from '../../route'
import { draftOf } from '../../store/drafts'
import { at as fieldOf } from '../../store/form'
import { Full } from '../../store/full'
import { letOn, saveStop, type Stop as Stopped, STOPPED, stopDraft, unmet } from '../../store/gate'
import { chosenLately, remember } from '../../store/places'
import { FormVersion } from '../FormVersion'
import { Choice, Count, Screen, TextField, Wrong } from '../parts'
import { Place } from './Place'
import { type AtPost, usePost } from './usePost'

/** A vehicle: stopped, its occupants met one by one, let on. `of` is the vehicle; empty: a new one. */
export default function Stop({ of }: { of: string }) {
  const w = useWords()
  const at = usePost()
  if (!at) return null
  return (
    <Screen title={w.t('gate.vehicle')}>
      <FormVersion of={STOPPED} />
      {of ? <Occupants key={of} at={at} of={of} /> : <NewStop at={at} />}
    </Screen>
  )
}

function NewStop({ at }: { at: AtPost }) {
  const w = useWords()
  const { phone, bundle, refresh } = useField()
  const [stop, setStop] = useState<Stopped>(() => ({
    vehicle: newId(),
    post: at.post.id,
    vehicle_type: '',
    occupants: 1,
    came_from: null,
    going_to: null,
    plate: '',
    met: [],
  }))
  const [telephone, setTelephone] = useState('')
  const [lately, setLately] = useState({ came_from: [] as string[], going_to: [] as string[] })
  const [wrong, setWrong] = useState<string | null>(null)
  useEffect(() => {
    Promise.all([chosenLately(phone.db, 'came_from'), chosenLately(phone.db, 'going_to')]).then(
      ([came_from, going_to]) => setLately({ came_from, going_to }),
    )
  }, [phone])
  const put = (part: Partial<Stopped>) => setStop((before) => ({ ...before, ...part }))
  const limits = fieldOf(bundle?.forms[STOPPED.kind], 'occupants')
  const save = async () => {
    if (!stop.vehicle_type) return setWrong(w.t('gate.missing.type'))
    if (!stop.plate.trim()) return setWrong(w.t('gate.missing.plate'))
    if (stop.occupants < (limits?.minimum ?? 1) || stop.occupants > (limits?.maximum ?? stop.occupants))
      return setWrong(w.t('gate.missing.occupants', { least: limits?.minimum ?? 1, most: limits?.maximum ?? '' }))
    try {
      await saveStop(phone, at.post, { ...stop, plate: stop.plate.trim() }, telephone, stop.plate.trim())
      for (const field of ['came_from', 'going_to'] as const)
        if (stop[field]) await remember(phone.db, field, stop[field]).catch(() => undefined)
      await refresh()
      location.replace(`#/stop/${stop.vehicle}`)
    } catch (error) {
      setWrong(w.t(error instanceof Full ? 'visit.full' : 'visit.unsaved'))
    }
  }
  const area = at.post.area
  const near = [area.slice(0, 6), `${area.slice(0, 4)}00`, `${area.slice(0, 2)}0000`]
  return (
    <>
      <Choice
        legend={w.t('gate.type')}
        options={(at.gate.words.vehicle_types ?? []).map((one) => ({ value: one.code, label: w.name(one) }))}
        value={stop.vehicle_type || null}
        onChange={(vehicle_type) => put({ vehicle_type })}
      />
      <Count label={w.t('gate.occupants')} value={stop.occupants} onChange={(n) => put({ occupants: n ?? 0 })} />
      <TextField label={w.t('gate.plate')} value={stop.plate} most={20} onChange={(plate) => put({ plate })} />
      <TextField label={w.t('gate.phone')} mode="tel" value={telephone} most={20} onChange={setTelephone} />
      <p className="muted">{w.t('gate.vault', { day: at.gate.policy.erase_on ?? '' })}</p>
      {(['came_from', 'going_to'] as const).map((field) => (
        <Place
          key={field}
          legend={w.t(field === 'came_from' ? 'gate.from' : 'gate.to')}
          places={at.gate.places}
          first={[...new Set([...lately[field], ...at.post[field], ...near])]}
          value={stop[field]}
          onChange={(code) => put({ [field]: code })}
        />
      ))}
      <div className="save">
        <Wrong text={wrong} />
        <Button block color="primary" size="large" onClick={save}>
          {w.t('gate.stop')}
        </Button>
      </div>
    </>
  )
}

/** How many were met, and the way on once none is missing. */
function Occupants({ at, of }: { at: AtPost; of: string }) {
  const w = useWords()
  const { phone, counts, said, say, refresh } = useField()
  const [stop, setStop] = useState<Stopped | null>()
  const [wrong, setWrong] = useState<string | null>(null)
  const running = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew after each one who was met
  useEffect(() => {
    draftOf<Stopped>(phone, stopDraft(of)).then((found) => setStop(found ?? null))
  }, [phone, of, counts])
  if (stop === undefined) return null
  if (!stop) return <p className="empty">{w.t('gate.gone')}</p>
  const left = unmet(stop)
  const on = async () => {
    if (running.current) return
    running.current = true
    try {
      await letOn(phone, at.post, stop, stop.plate)
      await refresh()
      go('')
      say(w.t('gate.passed', { plate: stop.plate, n: stop.occupants }))
    } catch (error) {
      setWrong(w.t(error instanceof Full ? 'visit.full' : 'visit.unsaved'))
    }
    running.current = false
  }
  return (
    <>
      {said && (
        <p className="saved" role="status">
          {said}
        </p>
      )}
      <h2>{stop.plate}</h2>
      <p className="progress-text">{w.t('gate.met', { met: stop.occupants - left, all: stop.occupants })}</p>
      <ol className="met">
        {stop.met.map((one) => (
          <li key={one.encounter}>
            {one.temp_c === null ? w.t('gate.refused') : `${one.temp_c.toFixed(1)} ℃`}
            {one.held && <em className="tag refused">{w.t('gate.held')}</em>}
          </li>
        ))}
      </ol>
      <div className="save">
        <Wrong text={wrong} />
        {left > 0 ? (
          <Button block color="primary" size="large" onClick={() => go('pass', stop.vehicle)}>
            {w.t('gate.next', { n: stop.occupants - left + 1 })}
          </Button>
        ) : (
          <Button block color="success" size="large" onClick={on}>
            {w.t('gate.on')}
          </Button>
        )}
      </div>
    </>
  )
}
