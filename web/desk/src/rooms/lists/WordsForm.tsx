import { Select } from 'antd'
import { useId } from 'react'
import { type ListField, lists, type Mapping, type Preview } from '../../api/lists'
import { useResource } from '../../api/resource'
import { Failure } from '../../parts/States'
import { useSpoken } from './words'

interface Props {
  id: string
  seen: Preview
  mapping: Mapping
  change: (mapping: Mapping) => void
}

/** What the words of the sheet mean, as far as they stand for terms. */
export function WordsForm({ id, seen, mapping, change }: Props) {
  const w = useSpoken()
  const columns = JSON.stringify(mapping.columns)
  const found = useResource(`words|${id}|${columns}`, (signal) => lists.words(id, mapping, signal), 'keep')
  const words = found.data?.words ?? seen.words
  const fields = Object.entries(words).filter(([, its]) => its.length)
  const set = (field: string, said: string, meaning: string | null) => {
    const { [said]: _, ...rest } = mapping.values[field] ?? {}
    const its = meaning === null ? rest : { ...rest, [said]: meaning }
    change({ ...mapping, values: { ...mapping.values, [field]: its } })
  }
  return (
    <section className="card" aria-label={w.t('step.words')}>
      <h2>{w.t('step.words')}</h2>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!fields.length && <p className="muted">{w.t('words.none')}</p>}
      {fields.length > 0 && <p className="muted">{w.t('words.text')}</p>}
      {fields.map(([field, its]) => (
        <OfField
          key={field}
          field={seen.fields.find((f) => f.field === field)}
          name={field}
          words={its}
          values={mapping.values[field] ?? {}}
          set={(said, meaning) => set(field, said, meaning)}
        />
      ))}
    </section>
  )
}

interface FieldProps {
  field: ListField | undefined
  name: string
  words: Preview['words'][string]
  values: Record<string, string>
  set: (said: string, meaning: string | null) => void
}

function OfField({ field, name, words, values, set }: FieldProps) {
  const w = useSpoken()
  const id = useId()
  const open = words.filter((one) => (values[one.said] ?? one.meaning) === null)
  const title = field ? w.name(field) : name
  return (
    <details className="fold" open={open.length > 0 || undefined}>
      <summary>
        {title} {open.length > 0 && <span className="tag warns">{w.t('words.open', { n: w.n(open.length) })}</span>}
      </summary>
      <ul className="words-list">
        {words.map((one, at) => (
          <li key={one.said}>
            <label htmlFor={`${id}-${at}`}>
              {one.said} <span className="muted small">{w.t('words.rows', { n: w.n(one.rows) })}</span>
            </label>
            <Select
              id={`${id}-${at}`}
              allowClear
              value={values[one.said] ?? one.meaning}
              status={(values[one.said] ?? one.meaning) === null ? 'warning' : undefined}
              placeholder={w.t('words.choose')}
              popupMatchSelectWidth={false}
              showSearch={{ optionFilterProp: 'label' }}
              onChange={(code: string | undefined) => set(one.said, code ?? null)}
              options={[
                ...(field?.terms ?? []).map((t) => ({ value: t.code, label: w.name(t) })),
                ...(field?.form === 'flag'
                  ? [
                      { value: 'yes', label: w.t('yes') },
                      { value: 'no', label: w.t('no') },
                    ]
                  : []),
                { value: '', label: w.t('words.nothing') },
              ]}
            />
          </li>
        ))}
      </ul>
    </details>
  )
}
