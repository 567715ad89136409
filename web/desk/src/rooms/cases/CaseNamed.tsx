import { cases } from '../../api/cases'
import { useResource } from '../../api/resource'
import { useSession } from '../../session'
import { CaseLink } from './cells'

/** A case by its number, which leads to it, for who may see it; else the end of its id. */
export function CaseNamed({ id }: { id: string }) {
  const { may } = useSession()
  const sees = may('cases.read')
  const found = useResource(sees ? `case-named|${id}` : null, (signal) =>
    cases.list({ where: { subject: { any_of: [id] } }, columns: ['number'], limit: 1 }, signal),
  )
  if (!sees) return <>{id.slice(-6)}</>
  return <CaseLink id={id} number={found.data?.cases[0]?.number} />
}
