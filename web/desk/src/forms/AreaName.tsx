import { useResource } from '../api/resource'
import { useWords } from '../i18n'
import { place } from './AreaField'

/** The name of an area; its code until the name is there, or where there is none. */
export function AreaName({ code }: { code: string }) {
  const w = useWords()
  const found = useResource(`name|${code}`, () => place(code))
  return <>{found.data ? w.name(found.data) : code}</>
}
