import { Form, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { type HouseholdCard, screening, VACANCIES, type Vacancy } from '../../api/screening'
import { ActBar } from '../../forms/ActBar'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Buttons } from './GridActs'
import { HouseholdForm } from './HouseholdForm'
import { useSpoken } from './words'

interface Props {
  card: HouseholdCard
  /** The household that it is now: of one that was not on the register, another where the door is another's. */
  done: (household: string) => void
}

/** What can be recorded of one household: where it is, and that nobody lives there. */
export function HouseholdActs({ card, done }: Props) {
  const w = useSpoken()
  const { may } = useSession()
  const acts = card.registered_at ? (['correct', 'vacant'] as const) : (['correct'] as const)
  return (
    <ActBar<'correct' | 'vacant'>
      title={w.t('home.acts')}
      acts={may('screening.visit') ? acts : []}
      label={(act) => (act === 'correct' && !card.registered_at ? w.t('home.add') : w.t(`home.act.${act}`))}
      said={() => w.t('ref.said')}
      form={(act, finish, close) => {
        const recorded = (household: string) => {
          finish()
          done(household)
        }
        if (act === 'correct') return <HouseholdForm card={card} done={recorded} close={close} />
        return <Vacant card={card} done={() => recorded(card.id)} close={close} />
      }}
    />
  )
}

/** Nobody lives there: said of a round, by who has verified it, and of no home where somebody is on the register. */
function Vacant({ card, done, close }: { card: HouseholdCard; done: () => void; close: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const found = useResource(`rounds|${card.area}`, (signal) => screening.rounds(card.area, signal))
  if (!found.data) return <Loading />
  const around = found.data.rounds.filter((one) => !one.closed_at)
  const round = around.sort((a, b) => b.area.length - a.area.length || b.number - a.number)[0]
  if (!round) return <p className="late pad">{w.t('vacant.no_round')}</p>
  if (card.members > 0) return <p className="late pad">{w.t('vacant.lived_in', { n: w.n(card.members) })}</p>
  const submit = ({ how }: { how: Vacancy }) =>
    run(async () => {
      await screening.vacant(card, round.id, how, fact)
      done()
    })
  return (
    <Form name="vacant" layout="vertical" className="sub-form" requiredMark={false} onFinish={submit}>
      <p className="muted">{w.t('vacant.text', { round: round.number })}</p>
      <div className="fields">
        <Form.Item name="how" label={w.t('vacant.how')} rules={[{ required: true, message: w.t('round.required') }]}>
          <Select options={VACANCIES.map((value) => ({ value, label: w.t(`vacant.${value}`) }))} />
        </Form.Item>
      </div>
      <Told error={error} />
      <Buttons go={w.t('home.act.vacant')} busy={busy} close={close} />
    </Form>
  )
}
