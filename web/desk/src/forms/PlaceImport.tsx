import { vocabulary } from '../i18n'
import { SheetImport, wrongRows } from './SheetImport'
import type { Columns } from './sheet'

const zh = {
  'places.text': '一次导入多处；同一名单再次导入不会重复，有误的行不影响其他行。',
  'places.done': '新增{opened}处，更改{changed}处，未变{unchanged}处；{errors}行有误。',
}
const en: typeof zh = {
  'places.text': 'Sets up many at once. The same list again changes nothing; a wrong row hinders no other.',
  'places.done': '{opened} new, {changed} changed, {unchanged} as they were; rows with errors: {errors}.',
}
const useSpoken = vocabulary({ zh, en })

interface Taken {
  opened: number
  changed: number
  unchanged: number
  errors: readonly { row: number | null; field: string; reason: string; zh: string; en: string }[]
}

interface Props {
  /** The list's name, of which its files are called. */
  of: string
  columns: Columns
  take: (rows: Record<string, unknown>[]) => Promise<Taken>
}

/** Many places at once. */
export function PlaceImport({ of, columns, take }: Props) {
  const w = useSpoken()
  return (
    <section className="card">
      <p className="muted">{w.t('places.text')}</p>
      <SheetImport
        of={of}
        columns={columns}
        take={take}
        said={(taken) =>
          w.t('places.done', {
            opened: w.n(taken.opened),
            changed: w.n(taken.changed),
            unchanged: w.n(taken.unchanged),
            errors: w.n(wrongRows(taken.errors)),
          })
        }
      />
    </section>
  )
}
