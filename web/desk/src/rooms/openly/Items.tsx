import { Button, Form, Input, Select } from 'antd'
import { type Item, library } from '../../api/library'
import { newId } from '../../api/once'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { DayField } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { languageName } from '../../moments'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSpoken } from './words'
import { Withdraw } from './Withdraw'

interface Fields {
  subject: string
  lang: string
  title: string
  text: string
  source: string
  link?: string
  edition: string
  day: string
}

/** Health education: published in versions, one in force in each language. */
export function Items({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(`library|${area}`, (signal) => library.items(area, signal), 'keep', ['bulletins'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const state = (one: Item) => {
    if (one.in_force) return w.t('op.in_force')
    return one.withdrawn ? w.t('op.withdrawn', { reason: one.reason }) : w.t('op.replaced')
  }
  return (
    <section className="card" aria-labelledby="items-title">
      <h2 id="items-title">{w.t('op.items')}</h2>
      <Publish area={area} items={found.data} done={found.retry} />
      {found.data.length === 0 ? (
        <Empty title={w.t('op.none')} text={w.t('op.none.text')} />
      ) : (
        <Grid
          label={w.t('op.items')}
          rows={found.data}
          keyOf={(one: Item) => one.fact}
          columns={[
            {
              key: 'title',
              title: w.t('op.item.title'),
              head: true,
              cell: (one: Item) => w.t('op.item.in', { title: one.title, lang: languageName(one.lang, w.lang) }),
            },
            { key: 'source', title: w.t('op.source'), cell: (one: Item) => `${one.source} · ${one.edition}` },
            { key: 'day', title: w.t('op.day'), cell: (one: Item) => w.day(one.day) },
            {
              key: 'state',
              title: w.t('op.state'),
              cell: (one: Item) => (
                <>
                  <span className="tag">{state(one)}</span>
                  <div className="actions">
                    {one.in_force && (
                      <Withdraw
                        withdraw={(reason) => library.endItem(one.subject, { lang: one.lang, reason })}
                        done={found.retry}
                      />
                    )}
                    {one.own && (one.in_force || one.withdrawn) && (
                      <Undo
                        what={one.title}
                        take={() => library.takeItemBack(one.subject, one.fact)}
                        done={found.retry}
                      />
                    )}
                  </div>
                </>
              ),
            },
          ]}
        />
      )}
    </section>
  )
}

function Publish({ area, items, done }: { area: string; items: Item[]; done: () => void }) {
  const w = useSpoken()
  const [form] = Form.useForm<Fields>()
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const known = new Map(items.map((one) => [one.subject, one.title]))
  /** A new version begins with the one before it. */
  const begin = (subject: string) => {
    const last = items.find((one) => one.subject === subject && one.in_force)
    if (last) form.setFieldsValue({ ...last, subject })
  }
  const submit = ({ subject, link = '', ...rest }: Fields) =>
    run(async () => {
      await library.publish({ ...rest, link, area, subject: subject || newId() })
      form.resetFields()
      done()
    })
  const text = (name: keyof Fields, label: string, most: number, needed = true) => (
    <Form.Item
      name={name}
      label={label}
      rules={needed ? [{ required: true, whitespace: true, message: w.t('op.needed') }] : []}
      {...told(name)}
    >
      {name === 'text' ? (
        <Input.TextArea maxLength={most} autoSize={{ minRows: 4 }} />
      ) : name === 'day' ? (
        <DayField />
      ) : (
        <Input maxLength={most} />
      )}
    </Form.Item>
  )
  return (
    <details>
      <summary>{w.t('op.item.new')}</summary>
      <Form
        form={form}
        name="item"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ subject: '' }}
      >
        <div className="fields">
          <Form.Item name="subject" label={w.t('op.item')}>
            <Select
              onChange={begin}
              options={[
                { value: '', label: w.t('op.item.first') },
                ...[...known].map(([value, label]) => ({ value, label })),
              ]}
            />
          </Form.Item>
          {text('lang', w.t('op.lang'), 24)}
          {text('title', w.t('op.item.title'), 200)}
          {text('source', w.t('op.source'), 200)}
          {text('link', w.t('op.link'), 500, false)}
          {text('edition', w.t('op.edition'), 32)}
          {text('day', w.t('op.day'), 10)}
        </div>
        {text('text', w.t('op.item.text'), 20_000)}
        <Told error={error} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('op.publish')}
        </Button>
      </Form>
    </details>
  )
}
