import { Button, Form, Select } from 'antd'
import { mobilisation, type Team } from '../../api/mobilisation'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { type OfArea, wordOf } from './terms'
import { useSpoken } from './words'

interface Props {
  of: Team
  terms: OfArea['terms']
  done: () => void
}

/** Who is in a team: volunteers of its area join and leave. */
export function Members({ of, terms, done }: Props) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [form] = Form.useForm<{ person: string }>()
  const known = useResource(`volunteers|${of.area}|`, () => mobilisation.volunteers(of.area, ''))
  const named = (id: string) => w.t('mob.person', { id: id.slice(-6) })
  const act = (what: 'join' | 'leave', person: string) =>
    run(async () => {
      await mobilisation.actOfTeam(of.id, { act: what, person })
      form.resetFields()
      done()
    })
  const skills = (codes: string[]) => codes.map((code) => w.name(wordOf(terms.skills, code))).join(' ')
  const others = (known.data?.volunteers ?? []).filter((one) => !of.members.includes(one.id))
  return (
    <>
      <Form
        form={form}
        name={`members-${of.id}`}
        layout="vertical"
        size="small"
        requiredMark={false}
        aria-label={w.t('team.inside')}
        onFinish={({ person }) => act('join', person)}
      >
        <Form.Item name="person" label={w.t('vol.who')} rules={[{ required: true, message: w.t('required') }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            loading={known.loading}
            popupMatchSelectWidth={false}
            options={others.map((one) => ({ value: one.id, label: `${named(one.id)} ${skills(one.skills)}`.trim() }))}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('team.join')}
        </Button>
      </Form>
      {of.members.length > 0 && (
        <ul>
          {of.members.map((one) => (
            <li key={one}>
              {named(one)}{' '}
              <Button size="small" type="link" onClick={() => act('leave', one)}>
                {w.t('team.leave')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Told error={known.error ?? error} />
    </>
  )
}
