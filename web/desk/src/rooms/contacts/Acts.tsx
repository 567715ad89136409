import { Button, Form, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { type ContactCard, contacts } from '../../api/contacts'
import { ActBar } from '../../forms/ActBar'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { DayField, dayRule } from '../../forms/DayField'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { useSpoken } from './words'

type Act = 'trace' | 'inform' | 'judge' | 'refer' | 'convert' | 'release' | 'shorten' | 'hand-over'

const ACTS: [Act, string, (card: ContactCard) => boolean][] = [
  ['trace', 'contacts.trace', (c) => c.contact.status === 'to_trace'],
  ['inform', 'contacts.trace', (c) => open(c) && !c.contact.informed_at],
  ['refer', 'contacts.refer', (c) => open(c)],
  ['convert', 'contacts.trace', (c) => open(c)],
  ['judge', 'contacts.trace', (c) => open(c)],
  ['release', 'contacts.release', (c) => open(c)],
  ['shorten', 'contacts.release', (c) => open(c) && c.proposals.some((p) => p.what === 'shorten')],
  ['hand-over', 'contacts.trace', (c) => open(c)],
]

function open(card: ContactCard): boolean {
  return card.contact.status === 'observing' || card.contact.status === 'to_trace'
}

/** What can be recorded of a contact now, each as a form of its own. */
export function Acts({ card, done }: { card: ContactCard; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  return (
    <ActBar
      title={w.t('card.acts')}
      acts={ACTS.filter(([, action, fits]) => may(action) && fits(card)).map(([name]) => name)}
      label={(act) => w.t(`act.${act}`)}
      said={(act) => w.t('act.done', { act: w.t(`act.${act}`) })}
      more={
        may('isolation.order') &&
        open(card) && <Button href={`#isolation?show=new&of=${card.contact.contact}`}>{w.t('act.order')}</Button>
      }
      form={(act, finish, close) => (
        <ActForm
          key={act}
          act={act}
          card={card}
          close={close}
          done={() => {
            finish()
            done()
          }}
        />
      )}
    />
  )
}

interface Props {
  act: Act
  card: ContactCard
  done: () => void
  close: () => void
}

function ActForm({ act, card, done, close }: Props) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const submit = (values: Record<string, unknown>) =>
    run(async () => {
      const filled = Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined && v !== ''))
      await contacts.act(card.contact.contact, act, filled)
      done()
    })
  return (
    <Form name={`contact_${act}`} layout="vertical" className="sub-form" requiredMark={false} onFinish={submit}>
      <h3>{w.t(`act.${act}`)}</h3>
      <Fields act={act} card={card} />
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('act.go')}
        </Button>
        <Button onClick={close}>{w.t('act.cancel')}</Button>
      </div>
    </Form>
  )
}

const REASONS = ['completed', 'source_excluded', 'transferred_out', 'lost', 'died', 'not_close'] as const

function Fields({ act, card }: { act: Act; card: ContactCard }): ReactNode {
  const w = useSpoken()
  const { session } = useSession()
  const needed = [{ required: true, message: w.t('new.required') }]
  const basis = (
    <Form.Item name="basis" label={w.t('act.basis')} rules={needed} initialValue="investigation">
      <Select
        options={(['investigation', 'expert'] as const).map((value) => ({ value, label: w.t(`basis.${value}`) }))}
      />
    </Form.Item>
  )
  switch (act) {
    case 'trace':
      return (
        <Form.Item name="person" label={w.t('act.person')} extra={w.t('act.person.help')} rules={needed}>
          <Input className="mono" spellCheck={false} autoComplete="off" />
        </Form.Item>
      )
    case 'judge':
      return (
        <>
          <Form.Item name="close" label={w.t('act.judge')} rules={needed} initialValue="close">
            <Select
              options={(['close', 'general', 'none'] as const).map((value) => ({
                value,
                label: w.t(`close.${value}`),
              }))}
            />
          </Form.Item>
          {basis}
        </>
      )
    case 'refer':
      return (
        <Form.Item name="to" label={w.t('act.to')}>
          <Input maxLength={64} pattern="[A-Za-z0-9_.\-]*" />
        </Form.Item>
      )
    case 'convert':
      return (
        <Form.Item name="as_class" label={w.t('act.as_class')} rules={needed} initialValue="suspected">
          <Select
            options={(['suspected', 'confirmed', 'asymptomatic'] as const).map((value) => ({
              value,
              label: w.t(`class.${value}`),
            }))}
          />
        </Form.Item>
      )
    case 'release':
      return (
        <Form.Item name="reason" label={w.t('act.reason')} rules={needed} initialValue="completed">
          <Select options={REASONS.map((value) => ({ value, label: w.t(`reason.${value}`) }))} />
        </Form.Item>
      )
    case 'shorten':
      return (
        <>
          <Form.Item
            name="due"
            label={w.t('act.due')}
            rules={[...needed, dayRule(w.t('new.day'))]}
            initialValue={card.proposals.find((p) => p.what === 'shorten')?.due ?? undefined}
          >
            <DayField />
          </Form.Item>
          {basis}
        </>
      )
    case 'hand-over':
      return (
        <Form.Item name="to" label={w.t('act.area')} rules={needed}>
          <AreaField top={session?.area ?? ''} label={w.t('act.area')} />
        </Form.Item>
      )
    default:
      return null
  }
}
