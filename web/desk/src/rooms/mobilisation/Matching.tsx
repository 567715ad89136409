import { Button, Checkbox, Select } from 'antd'
import { useState } from 'react'
import { type Call, type Matches, mobilisation, type Team } from '../../api/mobilisation'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'

/** Who fits a call, the best first with the reason; a person changes the choice and sends them. */
export function Matching({ of, done }: { of: Call; done: () => void }) {
  const teams = useResource(`teams|${of.area}`, (signal) => mobilisation.teams(of.area, 0, signal))
  const found = useResource(`matches|${of.id}`, (signal) => mobilisation.matches(of.id, signal))
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  return <Choose key={of.coming} of={of} found={found.data} teams={teams.data?.teams ?? []} done={done} />
}

interface ChooseProps {
  of: Call
  found: Matches
  teams: Team[]
  done: () => void
}

function Choose({ of, found, teams, done }: ChooseProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const open = Math.max(0, of.heads - of.coming)
  const proposed = found.matches.slice(0, open).map((one) => one.person)
  const [chosen, setChosen] = useState<readonly string[]>(proposed)
  const [fact] = useState(newId)
  const left = found.left_out
  const whole = teams.filter((one) => one.members.length && !one.dissolved)
  const listed = found.matches.slice(0, open + 20)
  const others = chosen.filter((one) => listed.every((match) => match.person !== one))
  // Members of a team who do not fit are shown without a reason: the server says what keeps them from it.
  const shown = [...listed, ...others.map((person) => ({ person, zh: '', en: '' }))]
  const turn = (person: string, on: boolean) =>
    setChosen((before) => (on ? [...before, person] : before.filter((one) => one !== person)))
  const send = () =>
    run(async () => {
      await mobilisation.send(of.id, { proposed, people: [...chosen], fact })
      done()
    })
  return (
    <fieldset className="matches">
      <legend>{w.t('match.title', { n: w.n(proposed.length), of: w.n(open) })}</legend>
      {whole.length > 0 && (
        <Select
          size="small"
          aria-label={w.t('match.team')}
          placeholder={w.t('match.team')}
          value={null}
          popupMatchSelectWidth={false}
          onChange={(team: string | null) =>
            setChosen(whole.find((one) => one.id === team)?.members.slice(0, open) ?? [])
          }
          options={whole.map((one) => ({
            value: one.id,
            label: w.t('team.of', { what: w.lang === 'en' && one.en ? one.en : one.zh, n: w.n(one.members.length) }),
          }))}
        />
      )}
      {shown.map((one) => (
        <div key={one.person}>
          <Checkbox checked={chosen.includes(one.person)} onChange={(e) => turn(one.person, e.target.checked)}>
            {w.t('mob.person', { id: one.person.slice(-6) })} <span className="muted small">{w.name(one)}</span>
          </Checkbox>
        </div>
      ))}
      <p className="muted small">
        {w.t('match.left_out', {
          able: w.n(left.not_able ?? 0),
          free: w.n(left.not_free ?? 0),
          near: w.n(left.too_near ?? 0),
        })}
      </p>
      <Told error={error} />
      <Button type="primary" size="small" disabled={!chosen.length} loading={busy} onClick={send}>
        {w.t('match.send', { n: w.n(chosen.length) })}
      </Button>
    </fieldset>
  )
}
