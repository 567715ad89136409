import { Alert, Button, Input } from 'antd'
import { useId, useState } from 'react'
import { gates, type PostsImported } from '../../api/gates'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { save } from '../../forms/save'
import { Told } from '../../forms/Told'
import { COLUMNS, rowsOf } from './sheet'
import { useSpoken } from './words'

/** Many posts at once, from a table: good rows are kept though others are wrong. */
export function Import() {
  const w = useSpoken()
  const id = useId()
  const { busy, error, run } = useAct()
  const [text, setText] = useState('')
  const [done, setDone] = useState<PostsImported | null>(null)
  const { rows, missing } = rowsOf(text)
  const go = () =>
    run(async () => {
      setDone(await gates.take(rows))
    })
  return (
    <section className="card">
      <p className="muted">{w.t('import.text')}</p>
      <p className="muted">{w.t('import.columns', { columns: COLUMNS.join(', ') })}</p>
      <div className="actions">
        <Button onClick={() => save('posts.csv', `\uFEFF${COLUMNS.join(',')}\n`, 'text/csv;charset=utf-8')}>
          {w.t('import.template')}
        </Button>
        <label className="file-label" htmlFor={`${id}-file`}>
          {w.t('import.file')}
          <input
            id={`${id}-file`}
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={async (e) => {
              const file = e.target.files?.[0]
              if (file) setText(await file.text())
              setDone(null)
            }}
          />
        </label>
      </div>
      <label htmlFor={`${id}-text`}>{w.t('import.paste')}</label>
      <Input.TextArea
        id={`${id}-text`}
        className="mono"
        rows={8}
        spellCheck={false}
        value={text}
        onChange={(e) => {
          setText(e.target.value)
          setDone(null)
        }}
      />
      {missing.length > 0 && text.trim() && (
        <p className="late" role="alert">
          {w.t('import.missing', { columns: missing.join(', ') })}
        </p>
      )}
      <Told error={error} />
      <div className="actions">
        <Button type="primary" loading={busy} disabled={!rows.length || missing.length > 0} onClick={go}>
          {rows.length ? w.t('import.go', { n: w.n(rows.length) }) : w.t('import.none')}
        </Button>
      </div>
      {done && <Outcome of={done} />}
    </section>
  )
}

function Outcome({ of }: { of: PostsImported }) {
  const w = useSpoken()
  const wrong = of.errors
  const numbers = { opened: w.n(of.opened), changed: w.n(of.changed), unchanged: w.n(of.unchanged) }
  return (
    <div className="imported" role="status">
      <Alert
        type={wrong.length ? 'warning' : 'success'}
        showIcon
        title={w.t('import.done', { ...numbers, errors: w.n(new Set(wrong.map((one) => one.row)).size) })}
      />
      {wrong.length > 0 && (
        <Grid
          label={w.t('import.errors')}
          rows={wrong}
          keyOf={(one) => `${one.row}${one.field}${one.reason}`}
          columns={[
            {
              key: 'row',
              title: w.t('import.row'),
              head: true,
              cell: (one) => (one.row === null ? '' : one.row + 1),
            },
            { key: 'field', title: w.t('import.field'), cell: (one) => one.field },
            { key: 'reason', title: w.t('import.reason'), cell: (one) => w.name(one) },
          ]}
        />
      )}
    </div>
  )
}
