import { Alert, Button, Input } from 'antd'
import { useId, useState } from 'react'
import { vocabulary } from '../i18n'
import { useAct } from './act'
import { FilePick, isOf } from './FilePick'
import { Grid } from './Grid'
import { save } from './save'
import { type Columns, listed, sheet, titleOf } from './sheet'
import { Told } from './Told'

const zh = {
  'sheet.columns': '第一行是列名：{columns}。',
  'sheet.template': '下载模板',
  'sheet.paste': '从表格粘贴，或选择 CSV 文件',
  'sheet.file': '导入文件 {name}',
  'sheet.missing': '缺少列：{columns}',
  'sheet.unknown': '没有读取的列：{columns}',
  'sheet.go': '导入{n}行',
  'sheet.none': '没有可导入的行',
  'sheet.errors': '有误的行',
  'sheet.row': '行',
  'sheet.field': '列',
  'sheet.reason': '原因',
  'sheet.get': '下载错误清单',
}
const en: typeof zh = {
  'sheet.columns': 'The first row names the columns: {columns}.',
  'sheet.template': 'Download the template',
  'sheet.paste': 'Paste from a spreadsheet, or choose a CSV file',
  'sheet.file': 'Import the file {name}',
  'sheet.missing': 'Columns are missing: {columns}',
  'sheet.unknown': 'Columns that are not read: {columns}',
  'sheet.go': 'Import {n} rows',
  'sheet.none': 'There is no row to import',
  'sheet.errors': 'Rows that are wrong',
  'sheet.row': 'Row',
  'sheet.field': 'Column',
  'sheet.reason': 'Reason',
  'sheet.get': 'Download the errors',
}
const useSpoken = vocabulary({ zh, en })
const PLAIN = ['.csv', '.txt']
const BOOK = ['.xlsx']
const CSV = 'text/csv;charset=utf-8'

interface Wrong {
  row: number | null
  field: string
  reason: string
  zh: string
  en: string
}

interface Props<Taken> {
  /** The list's name, of which its files are called. */
  of: string
  columns: Columns
  take: (rows: Record<string, unknown>[]) => Promise<Taken>
  /** Takes a workbook as it is; without it only text is taken. */
  takeFile?: (file: File) => Promise<Taken>
  /** What became of the list, in a sentence. */
  said: (taken: Taken) => string
}

/** Many things at once, from a table: good rows are kept though others are wrong. */
export function SheetImport<Taken extends { errors: readonly Wrong[] }>({
  of,
  columns,
  take,
  takeFile,
  said,
}: Props<Taken>) {
  const w = useSpoken()
  const id = useId()
  const { busy, error, run } = useAct()
  const [file, setFile] = useState<File | null>(null)
  const [text, setText] = useState('')
  const [taken, setTaken] = useState<Taken | null>(null)
  const { rows, missing, unknown } = listed(columns, text)
  const book = takeFile && file && isOf(file, BOOK) ? file : null
  const named = (names: readonly string[]) => names.map((one) => titleOf(columns, one, w.lang))
  const between = w.lang === 'zh' ? '、' : ', '
  const say = (to: string) => {
    setText(to)
    setTaken(null)
  }
  return (
    <>
      <p className="muted">{w.t('sheet.columns', { columns: named(columns.names).join(between) })}</p>
      <div className="actions">
        <Button onClick={() => save(`${of}.csv`, `\uFEFF${named(columns.names).join(',')}\n`, CSV)}>
          {w.t('sheet.template')}
        </Button>
      </div>
      <FilePick
        file={file}
        types={takeFile ? [...PLAIN, ...BOOK] : PLAIN}
        choose={async (chosen) => {
          setFile(chosen)
          setTaken(null)
          if (chosen && isOf(chosen, PLAIN)) say(await chosen.text())
        }}
      />
      <label htmlFor={`${id}-text`}>{w.t('sheet.paste')}</label>
      <Input.TextArea
        id={`${id}-text`}
        className="mono"
        rows={8}
        spellCheck={false}
        value={text}
        onChange={(e) => say(e.target.value)}
      />
      {missing.length > 0 && text.trim() && (
        <p className="late" role="alert">
          {w.t('sheet.missing', { columns: named(missing).join(between) })}
        </p>
      )}
      {unknown.length > 0 && <p role="status">{w.t('sheet.unknown', { columns: unknown.join(between) })}</p>}
      <Told error={error} />
      <div className="actions">
        {book && takeFile ? (
          <Button type="primary" loading={busy} onClick={() => run(async () => setTaken(await takeFile(book)))}>
            {w.t('sheet.file', { name: book.name })}
          </Button>
        ) : (
          <Button
            type="primary"
            loading={busy}
            disabled={!rows.length || missing.length > 0}
            onClick={() => run(async () => setTaken(await take(rows)))}
          >
            {rows.length ? w.t('sheet.go', { n: w.n(rows.length) }) : w.t('sheet.none')}
          </Button>
        )}
      </div>
      {taken && (
        <div className="imported" role="status">
          <Alert type={taken.errors.length ? 'warning' : 'success'} showIcon title={said(taken)} />
          {taken.errors.length > 0 && <Errors of={of} columns={columns} errors={taken.errors} />}
        </div>
      )}
    </>
  )
}

function Errors({ of, columns, errors }: { of: string; columns: Columns; errors: readonly Wrong[] }) {
  const w = useSpoken()
  const field = (one: Wrong) => titleOf(columns, one.field, w.lang)
  const row = (one: Wrong) => (one.row === null ? '' : String(one.row + 1))
  const told = errors.map((one) => [row(one), field(one), w.name(one)])
  return (
    <>
      <Grid
        label={w.t('sheet.errors')}
        rows={errors}
        keyOf={(one) => `${one.row}${one.field}${one.reason}`}
        columns={[
          { key: 'row', title: w.t('sheet.row'), head: true, cell: row },
          { key: 'field', title: w.t('sheet.field'), cell: field },
          { key: 'reason', title: w.t('sheet.reason'), cell: (one) => w.name(one) },
        ]}
      />
      <div className="actions">
        <Button onClick={() => save(`${of}-errors.csv`, sheet([['row', 'field', 'reason'], ...told]), CSV)}>
          {w.t('sheet.get')}
        </Button>
      </div>
    </>
  )
}

/** How many rows are wrong, whatever is wrong with each. */
export function wrongRows(errors: readonly { row: number | null }[]): number {
  return new Set(errors.map((one) => one.row)).size
}
