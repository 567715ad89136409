import Button from 'antd-mobile/es/components/button'
import { useState } from 'react'
import { newId } from '../../../desk/src/api/people'
import { useField } from '../field'
import { useWords } from '../i18n'
import { type Bundle, type Household, keepBundle, labelOf } from '../store/bundle'
import { made } from '../store/facts'
import { save } from '../store/outbox'
import { keepPeople, newPeople } from '../store/people'
import { TextField, Wrong } from './parts'
import { Sure } from './Sure'

const LONGEST_NAME = 64

/** Who lives there: somebody more, somebody less. Each is a fact of its own. */
export function Members({ of }: { of: Household }) {
  const w = useWords()
  const { phone, bundle, setBundle, refresh } = useField()
  const [name, setName] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  if (!bundle) return null
  const act = async (kind: string, person: string, members: Household['members']) => {
    try {
      const fact = await made(phone, { id: newId(), kind, version: 1, subject: of.id, area: of.area, data: { person } })
      await save(phone, [{ fact, label: labelOf(of) }])
      const next = withMembers(bundle, of, members)
      await keepBundle(phone, next)
      setBundle(next)
      await refresh()
      setWrong(null)
    } catch {
      setWrong(w.t('visit.unsaved'))
    }
  }
  const join = async () => {
    const person = { id: newId(), name: name.trim(), area: of.area }
    await keepPeople(phone, [...(await newPeople(phone)), person])
    await act('household.member_joined', person.id, [...of.members, { person: person.id, name: person.name }])
    setName('')
  }
  return (
    <details className="members">
      <summary>
        {w.t('member.joined')} / {w.t('member.left')}
      </summary>
      {of.expected !== null && <p className="muted">{w.t('visit.expected', { n: of.expected })}</p>}
      <TextField label={w.t('member.name')} value={name} onChange={setName} most={LONGEST_NAME} />
      <Button block fill="outline" disabled={!name.trim()} onClick={join}>
        {w.t('member.add')}
      </Button>
      {of.members.map((one, at) => {
        const called = one.name ?? w.t('visit.member', { n: at + 1 })
        return (
          <Sure
            key={one.person}
            button={`${called} · ${w.t('member.left')}`}
            asked={w.t('member.left.sure', { name: called })}
            yes={w.t('yes')}
            act={() =>
              act(
                'household.member_left',
                one.person,
                of.members.filter((m) => m.person !== one.person),
              )
            }
          />
        )
      })}
      <Wrong text={wrong} />
    </details>
  )
}

function withMembers(bundle: Bundle, of: Household, members: Household['members']): Bundle {
  return { ...bundle, households: bundle.households.map((one) => (one.id === of.id ? { ...one, members } : one)) }
}
