import { useEffect, useState } from 'react'
import { useField } from '../field'
import type { Fact } from '../store/facts'
import { listed } from '../store/outbox'

/** The facts that lie on this phone. */
export function useFacts(): Fact[] {
  const { phone, counts } = useField()
  const [facts, setFacts] = useState<Fact[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when anything was saved or sent
  useEffect(() => {
    listed(phone, ['waiting', 'sent', 'behind', 'handed']).then((items) => setFacts(items.map((one) => one.fact)))
  }, [phone, counts])
  return facts
}
