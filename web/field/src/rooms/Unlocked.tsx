import { FieldProvider } from '../field'
import type { Lang } from '../i18n'
import type { Phone } from '../store/phone'
import { Screens } from './Screens'

interface Props {
  phone: Phone
  lock: () => void
  revoked: () => void
  change: (lang: Lang) => void
}

/** All that is behind the PIN: not fetched before it is needed. */
export default function Unlocked({ phone, lock, revoked, change }: Props) {
  return (
    <FieldProvider phone={phone} lock={lock} revoked={revoked}>
      <Screens change={change} />
    </FieldProvider>
  )
}
