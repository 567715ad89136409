import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { beds, type HospitalCard } from '../../api/beds'
import { newId } from '../../api/once'
import { ActBar } from '../../forms/ActBar'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Undo } from '../../parts/Undo'
import { go } from '../../route'
import { AddBeds } from './AddBeds'
import { useBeds } from './beds'
import { HospitalForm } from './HospitalForm'
import { Sheet } from './Sheet'

const OPEN = ['beds', 'ward', 'change', 'close'] as const

/** What whoever runs a hospital records of it, and takes back. */
export function HospitalActs({ card, again }: { card: HospitalCard; again: () => void }) {
  const w = useBeds()
  const acts: readonly (typeof OPEN)[number][] = card.closed ? ['change'] : OPEN
  return (
    <ActBar
      title={w.t('bd.manage')}
      acts={acts}
      label={(act) => w.t(card.closed ? 'bd.act.reopen' : `bd.act.${act}`)}
      said={() => w.t('bd.said')}
      more={card.undo && <TakeBack id={card.id} fact={card.undo} again={again} />}
      form={(act, recorded, close) => {
        const done = () => {
          recorded()
          again()
        }
        if (act === 'beds') return <AddBeds id={card.id} done={done} close={close} />
        if (act === 'ward') return <WardForm id={card.id} done={done} close={close} />
        if (act === 'close') return <CloseForm id={card.id} done={done} close={close} />
        return <HospitalForm area={card.area} known={card.known_specialties} of={card} done={done} close={close} />
      }}
    />
  )
}

/** Takes back what one has recorded last; of a registration nothing is left, and the board is where one came from. */
function TakeBack({ id, fact, again }: { id: string; fact: string; again: () => void }) {
  const w = useBeds()
  const after = () => void beds.hospital(id).then(again, () => go({ room: 'beds' }))
  return <Undo label={w.t('bd.undo')} take={() => beds.takeBackHospital(id, fact)} done={after} />
}

interface FormProps {
  id: string
  done: () => void
  close: () => void
}

interface Ward {
  ward: string
  zh: string
  en?: string
}

function WardForm({ id, done, close }: FormProps) {
  const w = useBeds()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const told = refusals(error)
  const needed = [{ required: true, whitespace: true, message: w.t('bd.required') }]
  const submit = (values: Ward) =>
    run(async () => {
      await beds.ward(id, { ...values, en: values.en ?? '', fact })
      done()
    })
  return (
    <Sheet<Ward> name="ward" busy={busy} error={error} submit={submit} close={close}>
      <Form.Item name="ward" label={w.t('bd.ward')} extra={w.t('bd.code.help')} rules={needed} {...told('ward')}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="zh" label={w.t('bd.name.zh')} rules={needed} {...told('zh')}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="en" label={w.t('bd.name.en')} {...told('en')}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
    </Sheet>
  )
}

function CloseForm({ id, done, close }: FormProps) {
  const w = useBeds()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  return (
    <div className="sub-form">
      <p>{w.t('bd.close.text')}</p>
      <Told error={error} />
      <div className="actions">
        <Button danger type="primary" loading={busy} onClick={() => run(() => beds.close(id, fact).then(done))}>
          {w.t('bd.act.close')}
        </Button>
        <Button onClick={close}>{w.t('bd.cancel')}</Button>
      </div>
    </div>
  )
}
