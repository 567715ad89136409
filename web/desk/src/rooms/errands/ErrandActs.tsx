import { Button, Select } from 'antd'
import { useState } from 'react'
import { type Door, type Errand, errands, type Step, type Terms } from '../../api/errands'
import { newId } from '../../api/people'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { Undo } from '../../parts/Undo'
import { useSession } from '../../session'
import { Purpose } from '../people/Purpose'
import { useSpoken } from './words'

interface Props {
  of: Errand
  terms: Terms | null
  done: () => void
}

/** What can be done about an order where it stands, by whom. */
export function ErrandActs({ of, terms, done }: Props) {
  const w = useSpoken()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [failing, setFailing] = useState(false)
  const [last, setLast] = useState<string | null>(null)
  const act = (send: (fact: string) => Promise<unknown>) =>
    run(async () => {
      const fact = newId()
      await send(fact)
      setLast(fact)
      setFailing(false)
      done()
    })
  const step = (name: Step, reason: string | null = null) => act((fact) => errands.carry(of.id, fact, name, reason))
  const carries = may('errands.carry')
  const closes = may('errands.close')
  const held = of.stage === 'accepted' || of.stage === 'picked_up'
  const can: [string, boolean, () => void][] = [
    [w.t('do.accept'), carries && of.stage === 'placed', () => act((fact) => errands.accept(of.id, fact, null))],
    [w.t('do.picked_up'), of.mine && of.goods && of.stage === 'accepted', () => step('picked_up')],
    [w.t('do.delivered'), of.mine && of.stage === (of.goods ? 'picked_up' : 'accepted'), () => step('delivered')],
    [w.t('do.failed'), of.mine && held && !failing, () => setFailing(true)],
    [w.t('do.given_back'), of.stage === 'accepted' && (of.mine || may('errands.give')), () => step('given_back')],
    [
      w.t('do.confirmed'),
      closes && of.stage === 'delivered',
      () => act((fact) => errands.close(of.id, fact, 'confirmed')),
    ],
    [
      w.t('do.cancelled'),
      closes && (of.stage === 'placed' || of.stage === 'accepted'),
      () => act((fact) => errands.close(of.id, fact, 'cancelled')),
    ],
  ]
  return (
    <div className="row-acts">
      {can.map(
        ([title, open, go]) =>
          open && (
            <Button key={title} size="small" loading={busy} onClick={go}>
              {title}
            </Button>
          ),
      )}
      {failing && (
        <Select
          size="small"
          autoFocus
          defaultOpen
          aria-label={w.t('do.failed')}
          popupMatchSelectWidth={false}
          onChange={(reason: string) => step('failed', reason)}
          options={(terms?.failures ?? []).map((one) => ({ value: one.code, label: w.name(one) }))}
        />
      )}
      {of.stage === 'placed' && may('errands.give') && (
        <Give of={of} give={(to) => act((fact) => errands.accept(of.id, fact, to))} />
      )}
      {(of.mine || of.has_words) && may('errands.carry') && <See id={of.id} />}
      {last && carries && (
        <Undo
          take={() => errands.takeBack(of.id, last)}
          done={() => {
            setLast(null)
            done()
          }}
        />
      )}
      <Told error={error} />
    </div>
  )
}

/** Whom it may be given to, the best first with the reason, once that is asked. */
function Give({ of, give }: { of: Errand; give: (carrier: string) => void }) {
  const w = useSpoken()
  const [open, setOpen] = useState(false)
  const found = useResource(open ? `matches|${of.id}` : null, (signal) => errands.matches(of.id, signal))
  if (!open)
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        {w.t('do.give')}
      </Button>
    )
  return (
    <Select
      size="small"
      autoFocus
      defaultOpen
      loading={found.loading}
      aria-label={w.t('do.give')}
      popupMatchSelectWidth={false}
      onChange={give}
      classNames={{ popup: { root: 'reasons' } }}
      notFoundContent={found.error ? <Told error={found.error} /> : undefined}
      options={(found.data?.matches ?? []).map((one) => ({
        value: one.carrier,
        label: w.t('give.who', { who: one.name || one.carrier, why: w.name(one) }),
      }))}
    />
  )
}

/** What to bring and where to, for a purpose. */
function See({ id }: { id: string }) {
  const w = useSpoken()
  const { session } = useSession()
  const { error, run } = useAct()
  const [open, setOpen] = useState(false)
  const titles = useResource(open ? 'permissions' : null, permissions)
  const [purpose, setPurpose] = useState<string | null>(null)
  const [door, setDoor] = useState<Door | null>(null)
  if (!open)
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        {w.t('do.door')}
      </Button>
    )
  if (door) return <Shown of={door} />
  const look = (chosen: string) => {
    setPurpose(chosen)
    return run(async () => setDoor(await errands.door(id, chosen)))
  }
  return (
    <>
      {titles.data && (
        <Purpose purposes={session?.purposes ?? []} titles={titles.data.purposes} value={purpose} choose={look} />
      )}
      <Told error={error} />
    </>
  )
}

function Shown({ of }: { of: Door }) {
  const w = useSpoken()
  const lines: [string, string | null][] = [
    [w.t('see.words'), of.words || w.t('see.nothing')],
    [w.t('see.where'), of.address],
    [w.t('see.phone'), of.phones.join(' ')],
    [w.t('see.name'), of.name],
  ]
  return (
    <dl className="facts">
      {lines.map(
        ([title, text]) =>
          text && (
            <div key={title}>
              <dt>{title}</dt>
              <dd className="lines">{text}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
