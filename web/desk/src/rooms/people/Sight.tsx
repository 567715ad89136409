import type { FieldClass, Person, Terms } from '../../api/people'
import { useSession, worn } from '../../session'
import { useSpoken } from './words'

interface Props {
  of: readonly Person[]
  purpose: string
  terms: Terms
}

/** What is masked or hidden of these people, and why. */
export function Sight({ of, purpose, terms }: Props) {
  const w = useSpoken()
  const { session } = useSession()
  const classes = (pick: 'masked' | 'hidden') => [...new Set(of.flatMap((p) => p[pick]))]
  const [masked, hidden] = [classes('masked'), classes('hidden')]
  if (!masked.length && !hidden.length) return null
  const hat = worn(session)
  const titles = (list: FieldClass[]) => list.map((c) => title(terms.fields[c], c)).join(w.t('list.comma'))
  const title = (of: { zh: string; en: string } | undefined, id: string) => (of ? w.name(of) : id)
  const role = hat ? (w.lang === 'zh' ? hat.role_zh : hat.role_en) : (session?.role ?? '')
  const said = [
    masked.length > 0 && w.t('sight.masked', { fields: titles(masked) }),
    hidden.length > 0 && w.t('sight.hidden', { fields: titles(hidden) }),
    w.t('sight.why', { role, purpose: title(terms.purposes[purpose], purpose) }),
  ].filter(Boolean)
  return <p className="sight">{said.join(w.lang === 'zh' ? '' : ' ')}</p>
}
