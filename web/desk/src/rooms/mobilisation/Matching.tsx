import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { type Call, type Matches, mobilisation } from '../../api/mobilisation'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'

/** Who fits a call, the best first with the reason; a person changes the choice and sends them. */
export function Matching({ of, done }: { of: Call; done: () => void }) {
  const found = useResource(`matches|${of.id}`, (signal) => mobilisation.matches(of.id, signal))
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  return <Choose key={of.coming} of={of} found={found.data} done={done} />
}

function Choose({ of, found, done }: { of: Call; found: Matches; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const open = Math.max(0, of.heads - of.coming)
  const proposed = found.matches.slice(0, open).map((one) => one.person)
  const [chosen, setChosen] = useState<readonly string[]>(proposed)
  const [fact] = useState(newId)
  const left = found.left_out
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
      {found.matches.slice(0, open + 20).map((one) => (
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
