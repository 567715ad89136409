import { Button } from 'antd'
import { useState } from 'react'
import { type Asked, type FieldForm, forms, type Sheet } from '../../api/forms'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { save } from '../../forms/save'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useWords } from '../../i18n'
import { useSpoken } from './words'

/** A form, filled in. */
export function Filled({ form, asked }: { form: FieldForm; asked: Asked }) {
  const { lang } = useWords()
  const key = `form|${form.form}|${lang}|${JSON.stringify(asked)}`
  const found = useResource(key, (signal) => forms.sheet(form.form, asked, '', signal))
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  return <Pages key={key} form={form} asked={asked} first={found.data} />
}

function Pages({ form, asked, first }: { form: FieldForm; asked: Asked; first: Sheet }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [more, setMore] = useState<Sheet[]>([])
  const sheets = [first, ...more]
  const after = sheets[sheets.length - 1]?.after ?? null
  const workbook = () => run(async () => save(`${first.title}.xlsx`, await forms.file(form.form, asked, 'xlsx')))
  const load = () =>
    run(async () => {
      const next = await forms.sheet(form.form, asked, after ?? '')
      setMore((before) => [...before, next])
    })
  return (
    <>
      <div className="actions form-actions">
        <Button type="primary" onClick={() => print()}>
          {w.t('forms.print')}
        </Button>
        <Button onClick={workbook} loading={busy}>
          {w.t('forms.workbook')}
        </Button>
      </div>
      <Told error={error} />
      <article className="card sheet" aria-label={first.title}>
        <h2>{first.title}</h2>
        <dl className="sheet-cells">
          {first.cells.map((cell) => (
            <div key={cell.label}>
              <dt>{cell.label}</dt>
              <dd>{cell.text || <span className="blank" role="img" aria-label={w.t('forms.blank')} />}</dd>
            </div>
          ))}
        </dl>
        {first.tables.map((table, at) => (
          <SheetTable
            key={table.title}
            title={table.title}
            columns={table.columns}
            rows={sheets.flatMap((sheet) => sheet.tables[at]?.rows ?? [])}
          />
        ))}
        {first.note && <p className="muted small sheet-note">{first.note}</p>}
        {after && (
          <div className="actions">
            <Button onClick={load} loading={busy}>
              {w.t('forms.more')}
            </Button>
          </div>
        )}
      </article>
    </>
  )
}

function SheetTable({ title, columns, rows }: { title: string; columns: string[]; rows: string[][] }) {
  const w = useSpoken()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard
    <section className="sheet-scroll" aria-label={title} tabIndex={0}>
      <table className="sheet-table">
        <caption>{title}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a printed form have no other name
            <tr key={at}>
              {row.map((text, column) => (
                <td key={columns[column]}>{text}</td>
              ))}
            </tr>
          ))}
          {!rows.length && (
            <tr>
              <td colSpan={columns.length} className="muted">
                {w.t('forms.no_rows')}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}
