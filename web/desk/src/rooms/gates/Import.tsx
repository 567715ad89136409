import { gates } from '../../api/gates'
import { SheetImport, wrongRows } from '../../forms/SheetImport'
import { POSTS } from './sheet'
import { useSpoken } from './words'

/** Many posts at once. */
export function Import() {
  const w = useSpoken()
  return (
    <section className="card">
      <p className="muted">{w.t('import.text')}</p>
      <SheetImport
        of="posts"
        columns={POSTS}
        take={gates.take}
        said={(of) =>
          w.t('import.done', {
            opened: w.n(of.opened),
            changed: w.n(of.changed),
            unchanged: w.n(of.unchanged),
            errors: w.n(wrongRows(of.errors)),
          })
        }
      />
    </section>
  )
}
