import { useField } from '../field'
import { useWords } from '../i18n'
import { type Known, standing } from '../store/form'

/** Told where the server's form is another than the app's: what is entered is kept and sent either way. */
export function FormVersion({ of }: { of: Known }) {
  const w = useWords()
  const { bundle } = useField()
  const stands = bundle ? standing(bundle, of) : 'same'
  if (!bundle || stands === 'same') return null
  return (
    <p className="notice" role="status">
      {w.t(`form.${stands}`, { own: of.version, server: bundle.forms[of.kind]?.version ?? 0 })}
    </p>
  )
}
