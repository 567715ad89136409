import { useWords } from '../../i18n'
import type { Range } from '../../store/form'
import { Choice, TextField } from '../parts'

interface Props {
  value: string
  limits: Range
  onChange: (value: string) => void
}

/** Whole degrees that thermometers at gates show; any other within the limits is typed. */
const DEGREES = [35, 36, 37, 38, 39, 40]
const TENTHS = Array.from({ length: 10 }, (_, at) => at)

/** A temperature in two taps. It can be typed as well. */
export function Temperature({ value, limits, onChange }: Props) {
  const w = useWords()
  const [whole = '', tenth] = value.split('.')
  return (
    <div className="temperature">
      <Choice
        legend={w.t('gate.temp')}
        options={DEGREES.filter((one) => one >= limits.least && one <= limits.most).map((one) => ({
          value: String(one),
          label: String(one),
        }))}
        value={whole || null}
        onChange={(one) => onChange(tenth === undefined ? `${one}.` : `${one}.${tenth}`)}
      />
      <Choice
        hidden
        legend={w.t('gate.temp.tenth')}
        options={TENTHS.map((one) => ({ value: String(one), label: `.${one}` }))}
        value={tenth || null}
        onChange={(one) => onChange(`${whole}.${one}`)}
      />
      <TextField label={w.t('gate.temp.typed')} mode="decimal" most={6} value={value} onChange={onChange} />
    </div>
  )
}
