import { stations } from '../../api/isolation'
import { SheetImport, wrongRows } from '../../forms/SheetImport'
import { STATIONS } from './sheet'
import { useSpoken } from './words'

/** Many stations at once. */
export function Import() {
  const w = useSpoken()
  return (
    <section className="card">
      <p className="muted">{w.t('import.text')}</p>
      <SheetImport
        of="stations"
        columns={STATIONS}
        take={stations.take}
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
