import { Button } from 'antd'
import { save } from '../../forms/save'
import { useSpoken } from './words'

/** Recovery codes, shown once: to print or to keep in a file. */
export function Codes({ codes }: { codes: string[] }) {
  const w = useSpoken()
  return (
    <div className="recovery">
      <p className="muted">{w.t('factor.recovery.text')}</p>
      <ol className="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="actions">
        <Button onClick={() => print()}>{w.t('factor.recovery.print')}</Button>
        <Button onClick={() => save(w.t('factor.recovery.file'), `${codes.join('\r\n')}\r\n`)}>
          {w.t('factor.recovery.download')}
        </Button>
      </div>
    </div>
  )
}
