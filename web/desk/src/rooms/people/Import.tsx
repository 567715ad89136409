import { Alert, Button, Form, Progress } from 'antd'
import { useState } from 'react'
import { type Entered, sendFile, template, type Terms } from '../../api/people'
import { useAct } from '../../forms/act'
import { FilePick, isOf, SHEETS } from '../../forms/FilePick'
import { Grid } from '../../forms/Grid'
import { save } from '../../forms/save'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { HeldFields } from './Hold'
import { useSpoken } from './words'

const SHOWN = 100

interface Values {
  area: string
  data_class?: string
  basis?: string
}

/** A spreadsheet of people: what is wrong is told row by row, what is right is entered. */
export function Import({ terms }: { terms: Terms }) {
  const w = useSpoken()
  const { session } = useSession()
  const { busy, error, run, clear } = useAct()
  const [file, setFile] = useState<File | null>(null)
  const [share, setShare] = useState(0)
  const [answer, setAnswer] = useState<Entered | null>(null)
  const choose = (chosen: File | null) => {
    setFile(chosen)
    setAnswer(null)
    clear()
  }
  const submit = (values: Values) =>
    run(async () => {
      if (!file) return
      setAnswer(null)
      setShare(0)
      setAnswer(await sendFile(file, values, setShare))
    })
  return (
    <section className="card" aria-labelledby="import-title">
      <header>
        <h2 id="import-title">{w.t('import.title')}</h2>
        <Button onClick={() => run(async () => save(w.t('import.template.file'), await template()))}>
          {w.t('import.template')}
        </Button>
      </header>
      <p className="muted">{w.t('import.text')}</p>
      <Form layout="vertical" requiredMark={false} onFinish={submit} initialValues={{ area: session?.area }}>
        <FilePick file={file} choose={choose} />
        <p className="muted small">{w.t('import.defaults')}</p>
        <div className="fields">
          <HeldFields terms={terms} file />
        </div>
        <Told error={error} />
        <Button type="primary" htmlType="submit" loading={busy} disabled={!file || !isOf(file, SHEETS)}>
          {w.t('import.go')}
        </Button>
      </Form>
      {busy && (
        <div className="sending" role="status">
          <p>{share < 1 ? w.t('import.sending', { percent: Math.floor(share * 100) }) : w.t('import.reading')}</p>
          <Progress percent={Math.floor(share * 100)} showInfo={false} status="active" aria-hidden />
        </div>
      )}
      {answer && <Result answer={answer} />}
    </section>
  )
}

function Result({ answer }: { answer: Entered }) {
  const w = useSpoken()
  const { entered, skipped, errors } = answer
  const list = () =>
    save(
      w.t('import.save.file'),
      `\ufeff${[
        [w.t('import.row'), w.t('import.field'), w.t('import.reason')],
        ...errors.map((e) => [String(e.row), e.field, w.name(e)]),
      ]
        .map((row) => row.map(csvCell).join(','))
        .join('\r\n')}\r\n`,
      'text/csv;charset=utf-8',
    )
  return (
    <div className="imported">
      <Alert
        type={errors.length ? 'warning' : 'success'}
        showIcon
        role="status"
        title={w.t('import.done', { entered: w.n(entered), skipped: w.n(skipped), errors: w.n(errors.length) })}
      />
      {errors.length > 0 && (
        <>
          <h3>{w.t('import.errors')}</h3>
          <Grid
            label={w.t('import.errors')}
            rows={errors.slice(0, SHOWN)}
            keyOf={(e) => `${e.row}.${e.field}.${e.reason}`}
            columns={[
              { key: 'row', title: w.t('import.row'), cell: (e) => w.n(e.row), head: true },
              { key: 'field', title: w.t('import.field'), cell: (e) => e.field },
              { key: 'reason', title: w.t('import.reason'), cell: (e) => w.name(e) },
            ]}
          />
          {errors.length > SHOWN && <p className="muted">{w.t('import.more', { n: w.n(errors.length - SHOWN) })}</p>}
          <div className="actions">
            <Button onClick={list}>{w.t('import.save')}</Button>
          </div>
        </>
      )}
    </div>
  )
}

/** A cell that no spreadsheet takes for a formula. */
function csvCell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${plain.replace(/"/g, '""')}"`
}
