import { Button } from 'antd'
import { PAPERS } from '../../api/press'
import { useAct } from '../../forms/act'
import { save } from '../../forms/save'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

/** A file in each format and language. */
export function Papers({
  formats = PAPERS,
  name,
  file,
}: {
  formats?: readonly string[]
  name: string
  file: (format: string, lang: string) => Promise<Blob>
}) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const keep = (format: string, lang: string) =>
    run(async () => save(`${name}-${lang}.${format}`, await file(format, lang)))
  return (
    <section className="card" aria-label={w.t('is.files')}>
      <h2>{w.t('is.files')}</h2>
      {(['zh', 'en'] as const).map((lang) => (
        <div key={lang} className="actions wrap">
          <span>{w.t(`is.words.${lang}`)}</span>
          {formats.map((format) => (
            <Button
              key={format}
              size="small"
              loading={busy}
              aria-label={`${w.t(`is.words.${lang}`)} ${format.toUpperCase()}`}
              onClick={() => keep(format, lang)}
            >
              {format.toUpperCase()}
            </Button>
          ))}
        </div>
      ))}
      <Told error={error} />
    </section>
  )
}
