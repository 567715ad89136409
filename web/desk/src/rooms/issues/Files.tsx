import { Button } from 'antd'
import { FORMATS, type Issue, issues } from '../../api/issues'
import { useAct } from '../../forms/act'
import { save } from '../../forms/save'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

/** The notice as a file, in each format and language. */
export function Files({ of }: { of: Issue }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const name = `${of.area}-${of.as_of.slice(0, 16).replace(/\D/g, '')}-${of.number ?? 'draft'}`
  const keep = (format: string, lang: string) =>
    run(async () => save(`${name}-${lang}.${format}`, await issues.file(of.draft, format, lang)))
  return (
    <section className="card" aria-label={w.t('is.files')}>
      <h2>{w.t('is.files')}</h2>
      {(['zh', 'en'] as const).map((lang) => (
        <div key={lang} className="actions wrap">
          <span>{w.t(`is.words.${lang}`)}</span>
          {FORMATS.map((format) => (
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
