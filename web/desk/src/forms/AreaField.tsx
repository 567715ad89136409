import { Select } from 'antd'
import { useId } from 'react'
import { useResource } from '../api/resource'
import { useWords } from '../i18n'
import { place } from './place'

interface Props {
  /** The code of one's own area: the choice begins there and cannot leave it. */
  top: string
  value?: string
  onChange?: (code: string) => void
  label: string
}

/** An area, chosen step by step downwards from one's own. */
export function AreaField({ top, value, onChange, label }: Props) {
  const steps = useSteps(top, value || top)
  return (
    <fieldset className="area-field">
      <legend className="sr">{label}</legend>
      {steps.map((code, at) => (
        <Step key={code} of={code} next={steps[at + 1] ?? null} choose={(to) => onChange?.(to)} label={label} />
      ))}
    </fieldset>
  )
}

/** The codes from the top down to the one chosen. */
function useSteps(top: string, chosen: string): string[] {
  const found = useResource(
    `steps|${top}|${chosen}`,
    async (signal) => {
      const way = [chosen]
      while (way[0] !== top && way.length < 8) {
        const parent = (await place(way[0] as string, signal)).parent
        if (!parent) break
        way.unshift(parent)
      }
      return way
    },
    'keep',
  )
  return found.data ?? [top]
}

function Step({
  of,
  next,
  choose,
  label,
}: {
  of: string
  next: string | null
  choose: (code: string) => void
  label: string
}) {
  const w = useWords()
  const id = useId()
  const here = useResource(`place|${of}`, () => place(of))
  if (here.data && !here.data.children.length) return <span className="area-leaf">{w.name(here.data)}</span>
  const children = here.data?.children ?? []
  return (
    <Select
      id={id}
      aria-label={here.data ? `${label}: ${w.name(here.data)}` : label}
      loading={here.loading}
      status={here.error ? 'error' : undefined}
      value={next ?? of}
      onChange={choose}
      popupMatchSelectWidth={false}
      showSearch={{ filterOption: (input, o) => o?.find.includes(input.trim().toLowerCase()) ?? false }}
      options={[
        { value: of, label: here.data ? w.t('area.all', { area: w.name(here.data) }) : of, find: '' },
        ...children.map((c) => ({
          value: c.code,
          label: w.name(c),
          find: [c.zh, c.en, c.code].join('\n').toLowerCase(),
        })),
      ]}
    />
  )
}
