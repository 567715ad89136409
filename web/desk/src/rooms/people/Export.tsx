import { Alert, Button } from 'antd'
import { ApiError } from '../../api/client'
import { exported, type people } from '../../api/people'
import { useAct } from '../../forms/act'
import { save } from '../../forms/save'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { useSpoken } from './words'

type Asked = Parameters<typeof people.list>[0]

/** The list as a file, with names or without. */
export function Export({ asked: { area, data_class, purpose } }: { asked: Asked }) {
  const w = useSpoken()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  if (!may('people.export')) return null
  const fetchFile = (form: 'named' | 'pseudonymised') =>
    run(async () => save(w.t('export.file'), await exported({ form, area, data_class, purpose })))
  return (
    <div className="export">
      <h3>{w.t('export.title')}</h3>
      <p className="muted small">{w.t('export.text')}</p>
      <div className="actions">
        {(['named', 'pseudonymised'] as const).map((form) => (
          <Button key={form} onClick={() => fetchFile(form)} disabled={busy}>
            {w.t(`export.${form}`)}
          </Button>
        ))}
      </div>
      <Told error={error} />
      <TooFew error={error} />
    </div>
  )
}

/** Which combinations would be told by too few people. */
function TooFew({ error }: { error: unknown }) {
  const w = useSpoken()
  const found = error instanceof ApiError ? (error.problem?.errors ?? []) : []
  const cells = found.map((one) => one.cell).filter(Boolean)
  if (!cells.length) return null
  return <Alert type="info" title={w.t('export.few', { cells: cells.map(cellText).join(w.t('list.comma')) })} />
}

function cellText(cell: unknown): string {
  return typeof cell === 'object' && cell !== null ? Object.values(cell).join(' · ') : String(cell)
}
