import { Button, Form, Select } from 'antd'
import { DISPOSITIONS, type Disposition, screening } from '../../api/screening'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

interface Props {
  household: string
  area: string
  person: string
  /** Whom it is about, for those who hear the page. */
  who: string
  done: () => void
}

/** What was arranged for one person with symptoms. */
export function Dispose({ household, area, person, who, done }: Props) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const submit = ({ to }: { to: Disposition }) =>
    run(async () => {
      await screening.dispose(household, area, person, to)
      done()
    })
  return (
    <Form name={`dispose_${person.slice(-6)}`} layout="inline" className="dispose" onFinish={submit}>
      <Form.Item
        name="to"
        rules={[{ required: true, message: w.t('round.required') }]}
        {...told('disposition')}
        className="dispose-to"
      >
        <Select
          aria-label={w.t('dispose.label', { who })}
          placeholder={w.t('dispose.pick')}
          popupMatchSelectWidth={false}
          options={DISPOSITIONS.map((value) => ({ value, label: w.t(`dispose.${value}`) }))}
        />
      </Form.Item>
      <Button htmlType="submit" loading={busy}>
        {w.t('dispose.go')}
      </Button>
      <Told error={error} />
    </Form>
  )
}
